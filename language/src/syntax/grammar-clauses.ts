import type { IToken } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { ClauseNode, ExprNode, NumberNode, StringNode, TemplateNode } from "./ast.ts";
import { ToolGrammar } from "./grammar-tools.ts";
import * as t from "./tokens.ts";

/** The clauses of a rule. */
export class ClauseGrammar extends ToolGrammar {
  protected readonly paths = this.RULE("paths", (): ExprNode[] => {
    const paths = [this.SUBRULE1(this.operand)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      paths.push(this.SUBRULE2(this.operand));
    });
    return paths;
  });

  protected readonly clause = this.RULE("clause", (): ClauseNode | undefined => {
    const start = this.LA(1).startOffset;
    const parts = this.OR([
      { ALT: () => this.SUBRULE(this.conditionClause) },
      { ALT: () => this.SUBRULE(this.textClause) },
      { ALT: () => this.SUBRULE(this.namesClause) },
      { ALT: () => this.SUBRULE(this.figureClause) },
      {
        ALT: (): ClauseParts => {
          this.CONSUME(t.KEYWORDS.needs);
          return { kind: "needs", paths: this.SUBRULE(this.paths) };
        },
      },
    ]);
    return this.ACTION(() => parts && { ...parts, ...this.since(start) });
  });

  private readonly conditionClause = this.RULE("conditionClause", (): ClauseParts => {
    const word = this.OR([
      { ALT: () => this.CONSUME(t.KEYWORDS.when) },
      { ALT: () => this.CONSUME(t.KEYWORDS.unless) },
    ]);
    const kind = word.tokenType === t.KEYWORDS.unless ? "unless" : "when";
    const open = this.OPTION({ GATE: () => this.atBracedCondition(), DEF: () => this.CONSUME(t.OpenBrace) });
    const condition = this.SUBRULE(this.expression);
    if (open !== undefined && !this.RECORDING_PHASE) this.bracedCondition(kind, open);
    return { kind, condition };
  });

  /** `when { … }` as in Cedar, which is no record. */
  private atBracedCondition(): boolean {
    return this.isAt(t.OpenBrace) && !this.isAt(t.Colon, 3) && !this.isAt(t.CloseBrace, 2);
  }

  private bracedCondition(kind: string, open: IToken): void {
    const span = this.spanOf(open);
    const closed = this.isAt(t.CloseBrace) ? this.LA(1) : undefined;
    if (closed === undefined) {
      this.close(1, open, t.CloseBrace);
      return;
    }
    this.note(
      problems.FOREIGN_SYNTAX,
      { found: `\`${kind} { … }\``, advice: "a condition has no braces" },
      span,
      {
        fix: ["remove the braces", { ...span, text: "" }, { ...this.spanOf(closed), text: "" }],
      },
    );
    this.SKIP_TOKEN();
  }

  private readonly textClause = this.RULE("textClause", (): ClauseParts => {
    const word = this.OR([
      { ALT: () => this.CONSUME(t.KEYWORDS.because) },
      { ALT: () => this.CONSUME(t.KEYWORDS.ask) },
    ]);
    const kind = word.tokenType === t.KEYWORDS.ask ? "ask" : "because";
    const token = this.take(1, t.StringLiteral, "a text in quotes", `write \`${kind} "…"\``);
    return { kind, template: this.templateOf(token) };
  });

  private templateOf(token: IToken | undefined): TemplateNode {
    const parts: (StringNode | ExprNode)[] = [];
    if (token === undefined) return { kind: "template", parts, ...this.here() };
    const span = this.spanOf(token);
    if (!this.RECORDING_PHASE) this.templates.push({ parts, ...span });
    return { kind: "template", parts, ...span };
  }

  private readonly namesClause = this.RULE("namesClause", (): ClauseParts => {
    const word = this.OR([
      { ALT: () => this.CONSUME(t.KEYWORDS.requires) },
      { ALT: () => this.CONSUME(t.KEYWORDS.from) },
    ]);
    const kind = word.tokenType === t.KEYWORDS.from ? "from" : "requires";
    const values: StringNode[] = [];
    const what =
      kind === "from"
        ? 'who may approve, as in `from "finance-lead"`'
        : 'what is required, as in `requires "preview"`';
    const first = this.takeString(1, what);
    if (first !== undefined) values.push(first);
    this.MANY({
      GATE: () => this.isAt(t.Comma) || this.isAt(t.StringLiteral),
      DEF: () => {
        this.separated(1, () => this.isAt(t.StringLiteral));
        const value =
          this.isAt(t.StringLiteral) || this.RECORDING_PHASE ? this.takeString(2, what) : undefined;
        if (value !== undefined) values.push(value);
      },
    });
    return { kind, values };
  });

  private readonly figureClause = this.RULE("figureClause", (): ClauseParts | undefined =>
    this.OR([
      {
        ALT: (): ClauseParts | undefined => {
          this.CONSUME(t.KEYWORDS.approvals);
          const token = this.take(1, t.NumberLiteral, "how many must approve, as in `approvals 2`");
          return token && { kind: "approvals", count: this.numberNode(token) };
        },
      },
      {
        ALT: (): ClauseParts | undefined => {
          this.CONSUME(t.KEYWORDS.risk);
          const level = this.takeWord(1, "`low`, `medium`, `high` or `critical`");
          return level && { kind: "risk", level };
        },
      },
      {
        ALT: (): ClauseParts | undefined => {
          this.CONSUME(t.KEYWORDS.within);
          const token = this.take(
            1,
            t.DurationLiteral,
            "a duration such as `30m`",
            "durations are written `30s`, `15m`, `24h`, `7d`",
          );
          return token && { kind: "within", duration: this.durationOf(token) };
        },
      },
    ]),
  );

  protected numberNode(token: IToken): NumberNode {
    return { kind: "number", value: Number.parseFloat(token.image), ...this.spanOf(token) };
  }
}

/** A clause before its span is known. */
type ClauseParts = ClauseNode extends infer Clause
  ? Clause extends ClauseNode
    ? Omit<Clause, "start" | "end">
    : never
  : never;
