import { EmbeddedActionsParser, type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { diagnose, type Problem } from "../diagnostics/define.ts";
import type { Diagnostic, Edit, Fix, Related } from "../diagnostics/diagnostic.ts";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { Span } from "../text/span.ts";
import type { Name, StringNode, TemplateNode } from "./ast.ts";
import type { Lexed } from "./lex.ts";
import { decodeString } from "./literals.ts";
import { DIAGNOSTIC_LIMIT, endOf } from "./token-checks.ts";
import * as t from "./tokens.ts";

/** Nesting of brackets, `if` and the like that is read; more could exhaust the stack of whoever walks the tree. */
export const NESTING_LIMIT = 100;

/** A text whose `{…}` are still to be read, and the parts to put them in. */
export interface PendingTemplate {
  readonly parts: TemplateNode["parts"][number][];
  readonly start: number;
  readonly end: number;
}

/** How a piece of the file is called in messages. */
export const describe = (token: IToken): string => {
  if (Number.isNaN(token.startOffset) || token.image === "") return "the end of the file";
  if (tokenMatcher(token, t.StringLiteral)) return "a text in quotes";
  const image = [...token.image.slice(0, 80)];
  return `\`${image.length > 30 ? `${image.slice(0, 29).join("")}…` : image.join("")}\``;
};

/**
 * What every part of the grammar stands on: the file, places in it, complaints about it. Nothing here throws for the
 * author's mistakes. A second complaint at the same token is never made: it would be about the first mistake.
 */
export class ParserBase extends EmbeddedActionsParser {
  protected text = "";
  protected path = "";
  protected docs: ReadonlyMap<number, string> = new Map();
  protected muted: readonly Span[] = [];
  protected nesting = 0;
  protected diagnostics: Diagnostic[] = [];
  protected templates: PendingTemplate[] = [];
  private reportedAt: IToken | undefined;
  private origin = 0;
  private ending = "";

  constructor() {
    // One token of lookahead decides everywhere, with gates where words have several uses. Chevrotain's own check of the
    // grammar is left out: it does not end on rules whose separators are optional, as recovery makes them.
    super(t.PARSER_TOKENS, { recoveryEnabled: false, maxLookahead: 1, skipValidations: true });
  }

  /** Starts on a new file. */
  open(text: string, path: string, lexed: Lexed): void {
    this.text = text;
    this.path = path;
    this.docs = lexed.docs;
    this.muted = lexed.muted;
    this.diagnostics = [];
    this.templates = [];
    this.restart(lexed.tokens);
  }

  /** Goes on with other tokens of the same file, which begin after `origin` and end before `ending`. */
  restart(tokens: IToken[], origin = 0, ending = "the end of the file"): void {
    this.nesting = 0;
    this.origin = origin;
    this.ending = ending;
    this.reportedAt = undefined;
    this.input = tokens;
  }

  /** The diagnostics found since `open`, and the templates whose expressions are still to be read. */
  results(): { readonly diagnostics: readonly Diagnostic[]; readonly templates: readonly PendingTemplate[] } {
    return { diagnostics: this.diagnostics, templates: this.templates };
  }

  // Places

  /** Where the text read so far ends. */
  protected lastEnd(): number {
    const last = this.LA(0);
    return Number.isNaN(last.startOffset) || last.startOffset === undefined ? this.origin : endOf(last);
  }

  /** From a token read before to the last one read. */
  protected since(start: number): Span {
    return { start, end: Math.max(start, this.lastEnd()) };
  }

  /** The empty place after the last token. */
  protected here(): Span {
    const end = this.lastEnd();
    return { start: end, end };
  }

  protected spanOf(token: IToken): Span {
    return { start: token.startOffset, end: endOf(token) };
  }

  protected isAt(type: TokenType, ahead = 1): boolean {
    return tokenMatcher(this.LA(ahead), type);
  }

  protected atEnd(): boolean {
    return Number.isNaN(this.LA(1).startOffset);
  }

  /** Whether the token `ahead` is the first of its line. */
  protected startsLine(ahead = 1): boolean {
    const before = this.LA(ahead - 1);
    const from = Number.isNaN(before.startOffset) ? 0 : endOf(before);
    if (from === 0) return true;
    for (let at = this.LA(ahead).startOffset - 1; at >= from; at--) {
      const unit = this.text.charCodeAt(at);
      if (unit === 10 || unit === 13) return true;
    }
    return false;
  }

  protected touches(): boolean {
    return this.LA(1).startOffset === this.lastEnd();
  }

  // Complaints

  protected isFull(): boolean {
    return this.diagnostics.length >= DIAGNOSTIC_LIMIT;
  }

  /** Reports a mistake after which reading goes on as if it had not been made. */
  protected note<Facts>(
    kind: Problem<Facts>,
    facts: Facts,
    span: Span,
    more: {
      readonly related?: readonly Related[];
      readonly fix?: readonly [title: string, ...edits: (Span & { text: string })[]];
    } = {},
  ): void {
    if (this.isFull()) return;
    const fixes: Fix[] = [];
    if (more.fix !== undefined) {
      const [title, ...edits] = more.fix;
      fixes.push({
        title,
        preferred: true,
        edits: edits.map(
          (edit): Edit => ({ file: this.path, start: edit.start, end: edit.end, text: edit.text }),
        ),
      });
    }
    this.diagnostics.push(
      diagnose(kind, facts, { file: this.path, ...span }, { related: more.related ?? [], fixes }),
    );
  }

  /** Whether something may be said about the next token; from then on nothing more is. */
  protected mayComplain(): boolean {
    const token = this.LA(1);
    if (this.reportedAt === token) return false;
    this.reportedAt = token;
    const at = Number.isNaN(token.startOffset) ? this.text.length : token.startOffset;
    return !this.muted.some(({ start, end }) => start <= at && at < end);
  }

  /** Says nothing more about the next token. */
  protected hush(): void {
    this.reportedAt = this.LA(1);
  }

  /** The place of what is missing: the token found instead, or the end of the line before it. */
  protected missingAt(): Span {
    return this.atEnd() || this.startsLine() ? this.here() : this.spanOf(this.LA(1));
  }

  protected expected(what: string, help?: string): void {
    this.complain(what, help, () => this.missingAt());
  }

  /** How the next token is called in messages. */
  protected foundNext(): string {
    return this.atEnd() ? this.ending : describe(this.LA(1));
  }

  /** Says that the next token belongs to nothing. */
  protected unexpected(what: string): void {
    this.complain(what, undefined, () => this.spanOf(this.LA(1)));
  }

  private complain(expected: string, help: string | undefined, at: () => Span): void {
    if (this.RECORDING_PHASE || !this.mayComplain()) return;
    this.note(problems.UNEXPECTED_TOKEN, { expected, found: this.foundNext(), help }, at());
  }

  /** Reports a habit from another language that has been read as what it means. */
  protected strange(found: string, advice: string, token: IToken, text: string): void {
    const span = this.spanOf(token);
    this.note(problems.FOREIGN_SYNTAX, { found, advice }, span, { fix: [advice, { ...span, text }] });
  }

  /** Reports a clause that was given before. */
  protected once(clause: string, earlier: Span | undefined, word: IToken): void {
    if (earlier === undefined) return;
    const first = { file: this.path, start: earlier.start, end: earlier.end, message: "first given here" };
    this.note(problems.DUPLICATE_CLAUSE, { clause }, this.spanOf(word), { related: [first] });
  }

  // Nodes

  protected nameOf(token: IToken): Name {
    return { text: token.image, start: token.startOffset, end: endOf(token) };
  }

  protected quotedName(token: IToken): Name {
    const { text, ...span } = { text: this.decoded(token), ...this.spanOf(token) };
    return { text, quoted: true, ...span };
  }

  protected decoded(token: IToken): string {
    // What the lexer saw: in a `{…}` of a text that is the decoded text, in which quotes stand without backslashes.
    return decodeString(token.image, 0, token.image.length).value;
  }

  protected stringOf(token: IToken): StringNode {
    return {
      kind: "string",
      value: this.RECORDING_PHASE ? "" : this.decoded(token),
      raw: token.image.startsWith('r"'),
      ...this.spanOf(token),
    };
  }

  /** What the `///` lines before the token say, as a field to spread into the node. */
  protected docBefore(token: IToken): { readonly doc?: string } {
    const doc = this.docs.get(token.startOffset);
    return doc === undefined ? {} : { doc };
  }
}
