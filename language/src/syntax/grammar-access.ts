import type { IToken, ParserMethod } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { Span } from "../text/span.ts";
import type { ExprNode, Name } from "./ast.ts";
import { TypeGrammar } from "./grammar-types.ts";
import { retag } from "./token-checks.ts";
import * as t from "./tokens.ts";

/** What is asked of a value: its parts, and calls with their arguments. */
export abstract class AccessGrammar extends TypeGrammar {
  /** A whole expression; what may stand in one is defined first. */
  protected abstract readonly expression: ParserMethod<[], ExprNode>;

  protected foreignOperator(token: IToken, meant: string): void {
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

  /** One `.name`, `["key"]` or `(arguments)`. */
  protected readonly link = this.RULE("link", (of: ExprNode): ExprNode => {
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

  /** Whether the word is a value here: reserved words are read as one only where they can be nothing else. */
  protected atOperandWord(): boolean {
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
}
