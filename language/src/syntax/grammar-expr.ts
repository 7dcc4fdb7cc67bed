import type { IToken, TokenType } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { Span } from "../text/span.ts";
import type { BinaryOperator, ExprNode, Name, RecordFieldNode } from "./ast.ts";
import { HEIGHT_LIMIT, tooHigh } from "./depth.ts";
import { TypeGrammar } from "./grammar-types.ts";
import { durationOf, numberOf } from "./literals.ts";
import { describe, NESTING_LIMIT } from "./parser-base.ts";
import { arrange, type Piece } from "./precedence.ts";
import { retag } from "./token-checks.ts";
import * as t from "./tokens.ts";
import { wordsOf } from "./words.ts";

/** What each operator token means; those of other languages mean ours and are reported. */
const OPERATORS: ReadonlyMap<TokenType, BinaryOperator> = new Map<TokenType, BinaryOperator>([
  [t.KEYWORDS.or, "or"],
  [t.KEYWORDS.and, "and"],
  [t.KEYWORDS.in, "in"],
  [t.KEYWORDS.like, "like"],
  [t.Equal, "=="],
  [t.NotEqual, "!="],
  [t.Less, "<"],
  [t.LessEqual, "<="],
  [t.Greater, ">"],
  [t.GreaterEqual, ">="],
  [t.Plus, "+"],
  [t.Minus, "-"],
  [t.Star, "*"],
  [t.Slash, "/"],
  [t.Otherwise, "??"],
  [t.OrOr, "or"],
  [t.AndAnd, "and"],
  [t.And, "and"],
  [t.StrictEqual, "=="],
  [t.StrictNotEqual, "!="],
  [t.AngleNotEqual, "!="],
  [t.Assign, "=="],
]);
const FOREIGN: ReadonlySet<TokenType> = new Set([
  t.OrOr,
  t.AndAnd,
  t.And,
  t.StrictEqual,
  t.StrictNotEqual,
  t.AngleNotEqual,
  t.Assign,
]);

/** Words that may follow an operand: what a misspelt word in that place can have meant. */
const AFTER_OPERAND = wordsOf("operator", "clause", "member", "item").filter((word) => word !== "if");

/** Expressions. Operators are read as a flat row and arranged afterwards, which is quick and spares the stack. */
export class ExpressionGrammar extends TypeGrammar {
  /** A whole expression. */
  readonly expression = this.RULE("expression", (): ExprNode => {
    const pieces: Piece[] = [];
    this.SUBRULE(this.term, { ARGS: [pieces] });
    this.mendOperator();
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.binary, { ARGS: [pieces] }) },
        { ALT: () => this.SUBRULE(this.asks, { ARGS: [pieces] }) },
        { ALT: () => this.SUBRULE(this.ofType, { ARGS: [pieces] }) },
      ]);
      this.mendOperator();
    });
    return this.ACTION(() => this.finish(pieces));
  });

  private finish(pieces: readonly Piece[]): ExprNode {
    const [first] = pieces;
    const node =
      pieces.length === 1 && first?.kind === "operand"
        ? first.node
        : arrange(pieces, (operator, at) => this.note(problems.CHAINED_COMPARISON, { operator }, at));
    if (this.nesting > 0 || node.end - node.start < HEIGHT_LIMIT || !tooHigh(node)) return node;
    this.note(problems.TOO_DEEP, { limit: HEIGHT_LIMIT }, { start: node.start, end: node.end });
    return { kind: "error", start: node.start, end: node.end };
  }

  private mendOperator(): void {
    if (this.LA(1).tokenType === t.Identifier && !this.RECORDING_PHASE)
      this.mend(["operator"], AFTER_OPERAND, "between two values");
  }

  private readonly binary = this.RULE("binary", (into: Piece[]) => {
    const not = this.OPTION(() => this.CONSUME(t.KEYWORDS.not));
    const token = this.take(1, t.Operator, not === undefined ? "an operator" : "`in` or `like`");
    this.ACTION(() => {
      if (token !== undefined) into.push(this.operatorOf(token, not));
    });
    this.SUBRULE(this.term, { ARGS: [into] });
  });

  private operatorOf(token: IToken, not: IToken | undefined): Piece {
    const plain = OPERATORS.get(token.tokenType) ?? "==";
    const span = not === undefined ? this.spanOf(token) : this.since(not.startOffset);
    if (FOREIGN.has(token.tokenType)) this.foreignOperator(token, plain);
    if (not === undefined) return { kind: "binary", operator: plain, span };
    if (plain === "in") return { kind: "binary", operator: "not in", span };
    if (plain === "like") return { kind: "binary", operator: "not like", span };
    this.note(
      problems.UNEXPECTED_TOKEN,
      { expected: "`in` or `like` after `not`", found: describe(token) },
      this.spanOf(token),
    );
    return { kind: "binary", operator: plain, span };
  }

  private foreignOperator(token: IToken, meant: string): void {
    const span = this.spanOf(token);
    const text = this.spaced(span, meant);
    this.note(problems.FOREIGN_OPERATOR, { found: token.image, meant }, span, {
      fix: [`write \`${meant}\``, { ...span, text }],
    });
  }

  /** A word put in the place of a sign needs blanks where the sign had none. */
  private spaced({ start, end }: Span, text: string): string {
    if (!/^\w/.test(text)) return text;
    const before = start > 0 && /\w/.test(this.text.charAt(start - 1)) ? " " : "";
    return before + text + (/\s/.test(this.text.charAt(end)) ? "" : " ");
  }

  private readonly asks = this.RULE("asks", (into: Piece[]) => {
    const names: Name[] = [];
    const has = this.CONSUME(t.KEYWORDS.has);
    this.nameAfter(1, names, "the name to ask for, as in `input has cc`");
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.nameAfter(2, names, "a name");
    });
    this.ACTION(() => {
      if (names.length > 1) this.nestedHas(into, names);
      if (names.length === 0) names.push({ text: "", ...this.here() });
      into.push({ kind: "has", names, end: this.since(has.startOffset).end });
    });
  });

  private nameAfter(idx: number, into: Name[], what: string): void {
    if (this.RECORDING_PHASE) {
      this.or(idx, [
        { ALT: () => this.consume(idx, t.StringLiteral) },
        { ALT: () => this.consume(idx, t.Word) },
      ]);
      return;
    }
    if (this.isAt(t.StringLiteral)) into.push(this.quotedName(this.consume(idx, t.StringLiteral)));
    else {
      const name = this.takeWord(idx, what);
      if (name !== undefined) into.push(name);
    }
  }

  private nestedHas(pieces: readonly Piece[], names: readonly Name[]): void {
    const subject = pieces.at(-1);
    if (subject?.kind !== "operand") return;
    let of = this.text.slice(subject.node.start, subject.node.end);
    const parts = names.map((name) => {
      const written = name.quoted ? JSON.stringify(name.text) : name.text;
      const asked = `${of} has ${written}`;
      of += name.quoted ? `[${written}]` : `.${written}`;
      return asked;
    });
    const meant = parts.join(" and ");
    const span = { start: names[0]?.start ?? 0, end: this.lastEnd() };
    this.note(problems.NESTED_HAS, { meant }, span, {
      fix: [`write \`${meant}\``, { start: subject.node.start, end: span.end, text: meant }],
    });
  }

  private readonly ofType = this.RULE("ofType", (into: Piece[]) => {
    this.CONSUME(t.KEYWORDS.is);
    const type = this.SUBRULE(this.type);
    this.ACTION(() => into.push({ kind: "is", type, end: this.lastEnd() }));
  });

  /** `not`s and one operand. */
  private readonly term = this.RULE("term", (into: Piece[]) => {
    let nots = 0;
    this.MANY(() => {
      const token = this.OR([
        { ALT: () => this.CONSUME(t.KEYWORDS.not) },
        { ALT: () => this.CONSUME(t.Bang) },
      ]);
      this.ACTION(() => {
        if (token.tokenType === t.Bang) this.foreignOperator(token, "not");
        if (++nots === NESTING_LIMIT)
          this.note(problems.TOO_DEEP, { limit: NESTING_LIMIT }, this.spanOf(token));
        if (nots < NESTING_LIMIT) into.push({ kind: "not", token });
      });
    });
    const node = this.SUBRULE(this.operand);
    this.ACTION(() => into.push({ kind: "operand", node }));
  });

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

  /** One `.name`, `["key"]` or `(arguments)`. */
  private readonly link = this.RULE("link", (of: ExprNode): ExprNode => {
    const name = this.OR([
      { ALT: () => this.SUBRULE(this.dotted) },
      { ALT: () => this.SUBRULE(this.indexed) },
      { ALT: () => this.SUBRULE(this.args, { ARGS: [of] }) },
    ]);
    return this.ACTION((): ExprNode => {
      const span = this.since(of.start);
      return Array.isArray(name)
        ? { kind: "call", callee: of, args: name, ...span }
        : { kind: "member", of, name, ...span };
    });
  });

  private readonly dotted = this.RULE("dotted", (): Name | ExprNode[] => {
    const dot = this.OR([{ ALT: () => this.CONSUME(t.Dot) }, { ALT: () => this.CONSUME(t.OptionalDot) }]);
    this.ACTION(() => {
      if (dot.tokenType === t.OptionalDot) this.foreignOperator(dot, ".");
    });
    return this.takeWord(1, "a name after the dot") ?? { text: "", ...this.here() };
  });

  private readonly indexed = this.RULE("indexed", (): Name | ExprNode[] => {
    const open = this.CONSUME(t.OpenBracket);
    const key = this.take(1, t.StringLiteral, 'a key in quotes, as in `input["odd key"]`');
    const name = key === undefined ? { text: "", quoted: true, ...this.here() } : this.quoted(key);
    this.skipJunk(
      () => this.isAt(t.CloseBracket),
      "`]`",
      () => this.stopsList(),
    );
    this.close(1, open, t.CloseBracket);
    return name;
  });

  private readonly args = this.RULE("args", (of: ExprNode): ExprNode[] => {
    const args: ExprNode[] = [];
    const open = this.CONSUME(t.OpenParen);
    this.nesting++;
    this.MANY({
      GATE: () => !this.isAt(t.CloseParen) && this.startsOperand(),
      DEF: () => {
        args.push(this.SUBRULE(this.argument, { ARGS: [of] }));
        this.separated(1, () => this.startsOperand(), "`,` or `)`");
        this.skipJunk(
          () => this.isAt(t.CloseParen) || this.startsOperand(),
          "`)`",
          () => this.stopsList(),
        );
      },
    });
    this.nesting--;
    this.skipJunk(
      () => this.isAt(t.CloseParen),
      "a value",
      () => this.stopsList(),
    );
    this.close(1, open, t.CloseParen);
    return args;
  });

  private readonly argument = this.RULE(
    "argument",
    (of: ExprNode): ExprNode =>
      this.OR({
        MAX_LOOKAHEAD: 1,
        DEF: [
          { GATE: () => this.atLambda(of), ALT: () => this.SUBRULE(this.lambda) },
          { ALT: () => this.SUBRULE(this.expression) },
        ],
      }),
  );

  /** `x => …`, `(x) => …`, and in `any`, `all`, `count` also `x …` without the arrow. */
  private atLambda(of: ExprNode): boolean {
    const arrow = (ahead: number) =>
      [t.Arrow, t.ThinArrow, t.GreaterEqual].includes(this.LA(ahead).tokenType);
    if (this.isAt(t.OpenParen)) return this.isAt(t.Word, 2) && this.isAt(t.CloseParen, 3) && arrow(4);
    if (!this.isAt(t.Word)) return false;
    const counts = of.kind === "member" && ["any", "all", "count"].includes(of.name.text);
    if (arrow(2) && (counts || this.LA(2).tokenType !== t.GreaterEqual)) return true;
    return counts && this.LA(2).tokenType === t.Identifier && this.LA(1).tokenType === t.Identifier;
  }

  private readonly lambda = this.RULE("lambda", (): ExprNode => {
    const start = this.LA(1).startOffset;
    const paren = this.OPTION1(() => this.CONSUME(t.OpenParen));
    const parameter = this.takeNewName(1, "the element", "x => x == input.to") ?? {
      text: "",
      ...this.here(),
    };
    this.OPTION2(() => this.CONSUME(t.CloseParen));
    if (paren !== undefined && !this.RECORDING_PHASE) this.foreignParens(start, parameter);
    this.mendArrow();
    this.take(1, t.Arrow, "`=>`");
    const body = this.SUBRULE(this.expression);
    return { kind: "lambda", parameter, body, ...this.since(start) };
  });

  private foreignParens(start: number, { text }: Name): void {
    const span = this.since(start);
    this.note(
      problems.FOREIGN_SYNTAX,
      { found: "a parameter in parentheses", advice: `write \`${text}\`` },
      span,
      {
        fix: [`write \`${text}\``, { ...span, text }],
      },
    );
  }

  private mendArrow(): void {
    const token = this.LA(1);
    if (token.tokenType !== t.ThinArrow && token.tokenType !== t.GreaterEqual) return;
    this.foreignOperator(token, "=>");
    retag(token, t.Arrow);
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

  /** Whether the word is a value here: reserved words are read as one only where they can be nothing else. */
  private atOperandWord(): boolean {
    const token = this.LA(1);
    const role = t.roleOfToken(token);
    if (role === undefined || role === "literal") return true;
    if (role === "operator" || this.atBoundary()) return false;
    if (role === "soft" || role === "shape")
      return !(role === "shape" && this.isAt(t.OpenBrace, 2) && this.startsLine());
    return role === "item" || this.isAt(t.Operator, 2) || this.isAt(t.Dot, 2);
  }

  protected startsOperand(): boolean {
    const { tokenType } = this.LA(1);
    if (this.isAt(t.Word))
      return this.atOperandWord() || tokenType === t.KEYWORDS.not || tokenType === t.KEYWORDS.if;
    return (
      this.isAt(t.StringLiteral) ||
      [t.NumberLiteral, t.DurationLiteral, t.OpenParen, t.OpenBracket, t.OpenBrace, t.Minus, t.Bang].includes(
        tokenType,
      )
    );
  }

  /** Whether what comes next belongs to no list or record any more. */
  protected stopsList(): boolean {
    return this.atBoundary();
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
