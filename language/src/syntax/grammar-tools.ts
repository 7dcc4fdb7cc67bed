import type { IToken } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type {
  FieldNode,
  HintNode,
  Name,
  ShapeItem,
  ToolNode,
  ToolPattern,
  ToolsItem,
  ToolsPattern,
} from "./ast.ts";
import { ExpressionGrammar } from "./grammar-expr.ts";
import * as t from "./tokens.ts";

/** Tools: how they are declared, and how rules name them. */
export class ToolGrammar extends ExpressionGrammar {
  /** `bank.get_balance, bank.list_*`; `next` are the words that may follow. */
  protected readonly patterns = this.RULE("patterns", (next: readonly string[]): ToolsPattern => {
    const patterns: ToolPattern[] = [];
    const start = this.LA(1).startOffset;
    const push = (pattern: ToolPattern | undefined) => {
      if (pattern !== undefined) patterns.push(pattern);
    };
    push(this.SUBRULE1(this.pattern));
    this.mendAfterPattern(next);
    this.MANY({
      GATE: () => this.isAt(t.Comma) || (!this.startsLine() && this.startsPattern()),
      DEF: () => {
        this.separated(1, () => this.startsPattern());
        if (this.RECORDING_PHASE || this.startsPattern()) push(this.SUBRULE2(this.pattern));
        else if (!this.isAt(t.OpenBrace)) this.expected("a tool");
        this.mendAfterPattern(next);
      },
    });
    return { kind: "tools-pattern", patterns, ...(patterns.length === 0 ? this.here() : this.since(start)) };
  });

  /** After a pattern only a few words may come; one that is nearly one of them is no pattern without comma. */
  private mendAfterPattern(next: readonly string[]): void {
    this.mend(["clause"], next, "after the tools");
  }

  private startsPattern(): boolean {
    if (this.isAt(t.StringLiteral) || this.isAt(t.Star)) return true;
    if (!this.isAt(t.Word) || this.atBoundary()) return false;
    const role = t.roleOfToken(this.LA(1));
    return (
      (role !== "clause" && role !== "soft") ||
      this.isAt(t.Dot, 2) ||
      this.isAt(t.KEYWORDS.unknown) ||
      this.LA(0).tokenType === t.Comma
    );
  }

  /** `server.tool`, `tool`, `*` or `unknown`. */
  protected readonly pattern = this.RULE("pattern", (): ToolPattern | undefined => {
    const first = this.SUBRULE1(this.patternPart);
    const rest: Name[] = [];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      const part = this.SUBRULE2(this.patternPart);
      if (part !== undefined) rest.push(part);
    });
    return this.ACTION(() => this.patternOf(first, rest));
  });

  private patternOf(first: Name | undefined, [second, ...more]: readonly Name[]): ToolPattern | undefined {
    if (first === undefined) return undefined;
    const span = this.since(first.start);
    const last = more.at(-1);
    if (second === undefined) {
      if (first.text === "*" && !first.quoted) return { kind: "all", ...span };
      if (first.text === "unknown" && !first.quoted && this.LA(0).tokenType !== t.Dot)
        return { kind: "unknown", ...span };
      return { kind: "named", tool: first, ...span };
    }
    if (last === undefined) return { kind: "named", server: first, tool: second, ...span };
    const tool = {
      text: this.text.slice(second.start, last.end),
      quoted: true,
      start: second.start,
      end: last.end,
    };
    const quoted = JSON.stringify(tool.text);
    this.note(
      problems.UNEXPECTED_TOKEN,
      {
        expected: "one dot in a tool's name",
        found: `\`${tool.text}\``,
        help: `write \`${first.text}.${quoted}\` for a tool whose name has a dot`,
      },
      tool,
      { fix: [`write \`${quoted}\``, { ...tool, text: quoted }] },
    );
    return { kind: "named", server: first, tool, ...span };
  }

  private readonly patternPart = this.RULE("patternPart", (): Name | undefined =>
    this.OR([
      { ALT: () => this.quoted(this.CONSUME(t.StringLiteral)) },
      {
        GATE: () => !this.atBoundary(),
        ALT: () => {
          const start = this.CONSUME(t.PatternStart).startOffset;
          this.MANY({ GATE: () => this.touches(), DEF: () => this.CONSUME(t.PatternTail) });
          const span = this.since(start);
          return { text: this.text.slice(span.start, span.end), ...span };
        },
      },
      {
        ALT: () => {
          this.expected("a tool", "write `server.tool`, a pattern such as `server.read_*`, `*` or `unknown`");
          return undefined;
        },
      },
    ]),
  );

  /** `tools NAME from "PATH" { … }` or `tools NAME { … }`. */
  protected readonly toolsItem = this.RULE("toolsItem", (): ToolsItem => {
    const word = this.CONSUME(t.KEYWORDS.tools);
    let name: Name | undefined;
    this.OPTION1({
      GATE: () => !this.isAt(t.KEYWORDS.from) || !this.isAt(t.StringLiteral, 2),
      DEF: () => {
        name = this.takeNewName(1, "a server", "tools bank { … }", false);
      },
    });
    this.mend(["clause"], ["from"], "after the server's name");
    const from = this.OPTION2(() => {
      this.CONSUME(t.KEYWORDS.from);
      return this.takeString(1, 'the catalogue\'s path, as in `from "./tools.json"`');
    });
    const tools: ToolNode[] = [];
    if (from === undefined || this.isAt(t.OpenBrace) || this.RECORDING_PHASE) {
      const open = this.openBrace(1, from === undefined ? '`{` and the tools, or `from "PATH"`' : "`{`");
      this.toolList(tools, from !== undefined, open !== undefined);
      if (open !== undefined || tools.length > 0) this.close(1, open, t.CloseBrace);
    }
    const parts = { ...(name === undefined ? {} : { name }), ...(from === undefined ? {} : { from }) };
    return { kind: "tools", ...parts, tools, ...this.docBefore(word), ...this.since(word.startOffset) };
  });

  private toolList(into: ToolNode[], catalogue: boolean, opened: boolean): void {
    if (!opened && !this.atTool()) return;
    const toTool = () => this.skipJunk(() => this.atTool(), "a tool such as `search(query: string)`");
    toTool();
    this.MANY({
      GATE: () => this.atTool(),
      DEF: () => {
        into.push(this.SUBRULE(this.tool, { ARGS: [catalogue] }));
        this.skipCommas();
        toTool();
      },
    });
  }

  private skipCommas(): void {
    while (this.isAt(t.Comma) && !this.RECORDING_PHASE) {
      const span = this.spanOf(this.LA(1));
      if (this.mayComplain())
        this.note(problems.FOREIGN_SYNTAX, { found: "a comma between tools", advice: "remove it" }, span, {
          fix: ["remove the comma", { ...span, text: "" }],
        });
      this.SKIP_TOKEN();
    }
  }

  private atTool(): boolean {
    if (!this.isAt(t.Word) && !this.isAt(t.StringLiteral)) return false;
    return (
      this.isAt(t.OpenParen, 2) ||
      this.isAt(t.Hint, 2) ||
      this.LA(1).tokenType === t.Identifier ||
      !this.atItem()
    );
  }

  private readonly tool = this.RULE("tool", (catalogue: boolean): ToolNode => {
    const first = this.LA(1);
    const hints: HintNode[] = [];
    const name = this.OR([
      { ALT: () => this.quoted(this.CONSUME(t.StringLiteral)) },
      { ALT: () => this.nameOf(this.CONSUME(t.Word)) },
    ]);
    const parameters = this.OPTION({
      GATE: () => this.isAt(t.OpenParen),
      DEF: (): FieldNode[] => this.SUBRULE(this.fieldsInParens),
    });
    this.ACTION(() => this.checkParameters(catalogue, parameters, name));
    this.MANY(() => hints.push(this.hintOf(this.CONSUME(t.Hint))));
    const kept = parameters === undefined ? {} : { parameters };
    return { kind: "tool", name, ...kept, hints, ...this.docBefore(first), ...this.since(first.startOffset) };
  });

  private checkParameters(
    catalogue: boolean,
    parameters: readonly FieldNode[] | undefined,
    name: Name,
  ): void {
    if (catalogue && parameters !== undefined)
      this.note(
        problems.UNEXPECTED_TOKEN,
        {
          expected: "hints only",
          found: "parameters",
          help: "the catalogue says what the tool takes; remove the parentheses",
        },
        { start: name.end, end: this.lastEnd() },
      );
    if (!catalogue && parameters === undefined && this.mayComplain())
      this.note(
        problems.UNEXPECTED_TOKEN,
        {
          expected: "`(` and the parameters",
          found: this.foundNext(),
          help: `write \`${name.text}()\` for a tool that takes nothing`,
        },
        this.missingAt(),
      );
  }

  private hintOf(token: IToken): HintNode {
    const span = this.spanOf(token);
    return { name: { text: token.image.slice(1), start: span.start + 1, end: span.end }, ...span };
  }

  /** `actor { … }`, `context { … }`, `resource { … }`. */
  protected readonly shapeItem = this.RULE("shapeItem", (): ShapeItem => {
    const word = this.OR([
      { ALT: () => this.CONSUME(t.KEYWORDS.actor) },
      { ALT: () => this.CONSUME(t.KEYWORDS.context) },
      { ALT: () => this.CONSUME(t.KEYWORDS.resource) },
    ]);
    const fields = this.SUBRULE(this.fieldsInBraces);
    const root = String(word.tokenType?.LABEL) as ShapeItem["root"];
    return { kind: "shape", root, fields, ...this.docBefore(word), ...this.since(word.startOffset) };
  });
}
