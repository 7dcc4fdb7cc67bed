import type { IToken } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { ExprNode, RecordFieldNode } from "./ast.ts";
import { AccessGrammar } from "./grammar-access.ts";
import { durationOf, numberOf } from "./literals.ts";
import { NESTING_LIMIT } from "./parser-base.ts";
import { retag } from "./token-checks.ts";
import * as t from "./tokens.ts";

/** Values: literals, lists, records, names, parentheses and conditionals. */
export abstract class ValueGrammar extends AccessGrammar {
  /** A value with what is asked of it: `-a.b["c"](d)`. */
  protected readonly operand = this.RULE("operand", (): ExprNode => {
    const minuses: IToken[] = [];
    this.MANY1(() => minuses.push(this.CONSUME(t.Minus)));
    let node = this.SUBRULE(this.primary);
    let links = 0;
    this.MANY2({
      GATE: () => node.kind !== "error" || !this.startsLine(),
      DEF: () => {
        const next = this.SUBRULE(this.link, { ARGS: [node] });
        this.ACTION(() => {
          if (++links === NESTING_LIMIT)
            this.note(problems.TOO_DEEP, { limit: NESTING_LIMIT }, this.spanOf(this.LA(0)));
          if (links < NESTING_LIMIT) node = next;
        });
      },
    });
    return this.ACTION(() => this.negated(minuses, node));
  });

  private negated(minuses: readonly IToken[], node: ExprNode): ExprNode {
    if (minuses.length > NESTING_LIMIT) {
      this.note(
        problems.TOO_DEEP,
        { limit: NESTING_LIMIT },
        this.since(minuses[0]?.startOffset ?? node.start),
      );
      return node;
    }
    let result = node;
    for (const { startOffset: start } of minuses.toReversed())
      result = { kind: "negate", of: result, start, end: Math.max(node.end, start) };
    return result;
  }

  private readonly primary = this.RULE("primary", (): ExprNode => {
    if (this.tooDeep()) return { kind: "error", ...this.here() };
    return this.OR([
      { ALT: () => this.stringOf(this.CONSUME(t.StringLiteral)) },
      { ALT: () => this.numberOf(this.CONSUME(t.NumberLiteral)) },
      { ALT: () => this.durationOf(this.CONSUME(t.DurationLiteral)) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.paren) },
      { GATE: () => this.isAt(t.KEYWORDS.if), ALT: () => this.SUBRULE(this.conditional) },
      { GATE: () => this.atOperandWord(), ALT: () => this.wordOf(this.CONSUME(t.Word)) },
      {
        ALT: (): ExprNode => {
          this.expected("a value");
          return { kind: "error", ...this.here() };
        },
      },
    ]);
  });

  private numberOf(token: IToken): ExprNode {
    return { kind: "number", value: numberOf(token.image), ...this.spanOf(token) };
  }

  protected durationOf(token: IToken): Extract<ExprNode, { kind: "duration" }> {
    return { kind: "duration", milliseconds: durationOf(token.image), ...this.spanOf(token) };
  }

  private wordOf(token: IToken): ExprNode {
    const span = this.spanOf(token);
    switch (token.tokenType) {
      case t.KEYWORDS.true:
        return { kind: "boolean", value: true, ...span };
      case t.KEYWORDS.false:
        return { kind: "boolean", value: false, ...span };
      case t.KEYWORDS.null:
        return { kind: "null", ...span };
    }
    const role = t.roleOfToken(token);
    if (role === "item" || role === "clause" || role === "member")
      this.note(problems.RESERVED_WORD, { word: token.image }, span);
    return { kind: "name", name: this.nameOf(token), ...span };
  }

  private readonly list = this.RULE("list", (): ExprNode => {
    const items: ExprNode[] = [];
    const open = this.CONSUME(t.OpenBracket);
    this.nesting++;
    const toItem = () =>
      this.skipJunk(
        () => this.isAt(t.CloseBracket) || this.startsOperand(),
        "a value",
        () => this.stopsList(),
      );
    toItem();
    this.MANY({
      GATE: () => this.startsOperand(),
      DEF: () => {
        items.push(this.SUBRULE(this.expression));
        this.separated(1, () => this.startsOperand(), "`,` or `]`");
        toItem();
      },
    });
    this.nesting--;
    this.close(1, open, t.CloseBracket);
    return { kind: "list", items, ...this.since(open.startOffset) };
  });

  protected readonly record = this.RULE("record", (): ExprNode => {
    const fields: RecordFieldNode[] = [];
    const open = this.CONSUME(t.OpenBrace);
    this.nesting++;
    const toField = () =>
      this.skipJunk(
        () => this.atKey(),
        "a field such as `name: value`",
        () => this.stopsList(),
      );
    toField();
    this.MANY({
      GATE: () => this.atKey(),
      DEF: () => {
        fields.push(this.SUBRULE(this.recordField));
        this.separated(1, () => this.atKey());
        toField();
      },
    });
    this.nesting--;
    this.close(1, open, t.CloseBrace);
    return { kind: "record", fields, ...this.since(open.startOffset) };
  });

  private atKey(): boolean {
    if (this.isAt(t.Colon, 2) || this.isAt(t.Assign, 2))
      return this.isAt(t.StringLiteral) || this.isAt(t.Word);
    return (this.isAt(t.StringLiteral) || this.LA(1).tokenType === t.Identifier) && !this.startsLine();
  }

  private readonly recordField = this.RULE("recordField", (): RecordFieldNode => {
    const start = this.LA(1).startOffset;
    const name = this.OR([
      { ALT: () => this.quoted(this.CONSUME(t.StringLiteral)) },
      { ALT: () => this.nameOf(this.CONSUME(t.Word)) },
    ]);
    this.mendColon();
    this.take(1, t.Colon, "`:` and a value");
    const value = this.SUBRULE(this.expression);
    return { name, value, ...this.since(start) };
  });

  private mendColon(): void {
    const token = this.LA(1);
    if (this.RECORDING_PHASE || token.tokenType !== t.Assign) return;
    this.foreignOperator(token, ":");
    retag(token, t.Colon);
  }

  private readonly paren = this.RULE("paren", (): ExprNode => {
    const open = this.CONSUME(t.OpenParen);
    this.nesting++;
    const of = this.SUBRULE(this.expression);
    this.nesting--;
    this.skipJunk(
      () => this.isAt(t.CloseParen),
      "`)`",
      () => this.stopsList(),
    );
    this.close(1, open, t.CloseParen);
    return { kind: "paren", of, ...this.since(open.startOffset) };
  });

  private readonly conditional = this.RULE("conditional", (): ExprNode => {
    const word = this.CONSUME(t.KEYWORDS.if);
    this.nesting++;
    const test = this.SUBRULE1(this.expression);
    this.take(1, t.KEYWORDS.then, "`then`");
    const then = this.SUBRULE2(this.expression);
    this.take(1, t.KEYWORDS.else, "`else`", "an `if` always has an `else`: there are no empty values");
    const otherwise = this.SUBRULE3(this.expression);
    this.nesting--;
    return { kind: "if", test, then, otherwise, ...this.since(word.startOffset) };
  });
}
