import type { IToken, TokenType } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { BinaryOperator, ExprNode, Name } from "./ast.ts";
import { HEIGHT_LIMIT, tooHigh } from "./depth.ts";
import { ValueGrammar } from "./grammar-values.ts";
import { describe, NESTING_LIMIT } from "./parser-base.ts";
import { arrange, type Piece } from "./precedence.ts";
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
export class ExpressionGrammar extends ValueGrammar {
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
    if (of === "") return; // `has` stands where a value is expected, which has been said
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
}
