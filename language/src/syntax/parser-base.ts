import { EmbeddedActionsParser, type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { diagnose, type Problem } from "../diagnostics/define.ts";
import type { Diagnostic, Edit, Fix, Related } from "../diagnostics/diagnostic.ts";
import * as problems from "../diagnostics/messages/syntax.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Span } from "../text/span.ts";
import type { Name, StringNode, TemplateNode } from "./ast.ts";
import type { Lexed } from "./lex.ts";
import { decodeString } from "./literals.ts";
import { DIAGNOSTIC_LIMIT, endOf, retag } from "./token-checks.ts";
import * as t from "./tokens.ts";
import { FOREIGN_EFFECTS, isReserved, roleOf, type WordRole } from "./words.ts";

/** Nesting of brackets, `if` and the like that is read; more could exhaust the stack of whoever walks the tree. */
export const NESTING_LIMIT = 100;

/** A text whose `{…}` are still to be read, and the parts to put them in. */
export interface PendingTemplate {
  readonly parts: TemplateNode["parts"][number][];
  readonly start: number;
  readonly end: number;
}

const OPENERS: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.OpenBrace, t.CloseBrace],
  [t.OpenParen, t.CloseParen],
  [t.OpenBracket, t.CloseBracket],
]);
const CLOSERS: ReadonlySet<TokenType> = new Set(OPENERS.values());

/** How a piece of the file is called in messages. */
export const describe = (token: IToken): string => {
  if (Number.isNaN(token.startOffset) || token.image === "") return "the end of the file";
  if (tokenMatcher(token, t.StringLiteral)) return "a text in quotes";
  const image = [...token.image.slice(0, 80)];
  return `\`${image.length > 30 ? `${image.slice(0, 29).join("")}…` : image.join("")}\``;
};

/**
 * What every part of the grammar stands on. Nothing here throws for the author's mistakes: what is missing is
 * reported and left out (`take`), what is too much is reported and skipped (`skipJunk`), misspelt words are read
 * as what was meant (`mend`). A second complaint at the same token is never made: it would be about the first mistake.
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

  constructor(validate: boolean) {
    super(t.PARSER_TOKENS, { recoveryEnabled: false, maxLookahead: 1, skipValidations: !validate });
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

  private isFull(): boolean {
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

  /** A parameter's name may be no reserved word: its uses could not be told from the word. */
  protected checkParameterNames(parameters: readonly { readonly name: Name }[]): void {
    for (const { name } of parameters)
      if (isReserved(name.text)) this.note(problems.RESERVED_WORD, { word: name.text }, name);
  }

  // Reading

  /** Reads a token of the type, or reports that it is missing. */
  protected take(idx: number, type: TokenType, what: string, help?: string): IToken | undefined {
    if (this.RECORDING_PHASE || this.isAt(type)) return this.consume(idx, type);
    this.expected(what, help);
    return undefined;
  }

  /** Reads any word, unless it evidently begins the next thing. */
  protected takeWord(idx: number, what: string, help?: string): Name | undefined {
    if (this.RECORDING_PHASE || (this.isAt(t.Word) && !this.atBoundary()))
      return this.nameOf(this.consume(idx, t.Word));
    this.expected(what, help);
    return undefined;
  }

  /** Reads the name of something that is declared, which may be no reserved word. */
  protected takeNewName(idx: number, what: string, example: string, reserved = true): Name | undefined {
    if (this.RECORDING_PHASE || (this.isAt(t.Word) && !this.atBoundary())) {
      const name = this.nameOf(this.consume(idx, t.Word));
      if (reserved && !this.RECORDING_PHASE && isReserved(name.text))
        this.note(problems.RESERVED_WORD, { word: name.text }, name);
      return name;
    }
    if (this.mayComplain())
      this.note(problems.MISSING_NAME, { what, example, found: this.foundNext() }, this.missingAt());
    return undefined;
  }

  protected takeString(idx: number, what: string, help?: string): StringNode | undefined {
    const token = this.take(idx, t.StringLiteral, what, help);
    return token && this.stringOf(token);
  }

  /** Reads a closing bracket, or reports that the one opened is never closed. */
  protected close(idx: number, open: IToken | undefined, type: TokenType): void {
    if (this.RECORDING_PHASE || this.isAt(type)) {
      this.consume(idx, type);
      return;
    }
    if (open === undefined) this.hush();
    if (open === undefined || !this.mayComplain()) return;
    const close = String(type.LABEL);
    const end = this.lastEnd();
    this.note(
      problems.UNCLOSED_BRACKET,
      { open: open.image, close, found: this.foundNext() },
      this.spanOf(open),
      {
        related: [{ file: this.path, start: end, end, message: `\`${close}\` is expected here` }],
        fix: [`insert \`${close}\``, { start: end, end, text: close === "}" ? "\n}" : close }],
      },
    );
  }

  /** Reads the `{` of a construct; where it is missing, looks for it on the rest of the line. */
  protected openBrace(idx: number, what: string): IToken | undefined {
    if (this.RECORDING_PHASE || this.isAt(t.OpenBrace)) return this.consume(idx, t.OpenBrace);
    this.expected(what);
    let ahead = 1;
    while (!Number.isNaN(this.LA(ahead).startOffset) && !this.startsLine(ahead)) {
      if (this.isAt(t.OpenBrace, ahead)) {
        for (; ahead > 1; ahead--) this.SKIP_TOKEN();
        return this.consume(idx, t.OpenBrace);
      }
      ahead++;
    }
    return undefined;
  }

  /** Reads the comma between two entries; a missing one is reported if another entry follows. */
  protected separated(idx: number, more: () => boolean, what = "`,`"): boolean {
    if (this.RECORDING_PHASE) this.option(idx, () => this.consume(idx, t.Comma));
    if (this.isAt(t.Comma)) {
      this.consume(idx, t.Comma);
      return true;
    }
    if (this.isAt(t.Semicolon)) {
      this.semicolon("write `,` between entries", ",");
      return true;
    }
    if (!more()) return false;
    this.expected(what);
    return true;
  }

  /** Skips a semicolon, which other languages put where we have nothing or a comma. */
  protected semicolon(advice: string, replacement = ""): void {
    const span = this.spanOf(this.LA(1));
    if (this.mayComplain())
      this.note(problems.FOREIGN_SYNTAX, { found: "`;`", advice }, span, {
        fix: [advice, { ...span, text: replacement }],
      });
    this.SKIP_TOKEN();
  }

  // Recovery

  /** Whether the next word starts an item: it must look like one, since its word may be a name too. */
  protected atItem(ahead = 1): boolean {
    const token = this.LA(ahead);
    const role = t.roleOfToken(token);
    if (role !== "item" && role !== "shape") return false;
    const next = (type: TokenType) => this.isAt(type, ahead + 1);
    switch (token.tokenType) {
      case t.KEYWORDS.import:
        return next(t.StringLiteral);
      case t.KEYWORDS.test:
      case t.KEYWORDS.prove:
        return next(t.StringLiteral) || next(t.OpenBrace);
      case t.KEYWORDS.on:
        return next(t.PatternStart) || next(t.StringLiteral) || next(t.OpenBrace);
      case t.KEYWORDS.tools:
        return next(t.Word) || next(t.OpenBrace);
      case t.KEYWORDS.actor:
      case t.KEYWORDS.context:
      case t.KEYWORDS.resource:
        return next(t.OpenBrace);
      default:
        return next(t.Word) || next(t.Assign);
    }
  }

  /** Whether the next word begins the next item, rule or clause, and so is no name here. */
  protected atBoundary(): boolean {
    const role = t.roleOfToken(this.LA(1));
    if (role === undefined || role === "literal") return false;
    if (role === "soft") return this.startsLine() && this.atSoftStart();
    return role === "item" || role === "shape" ? this.startsLine() && this.atItem() : this.startsLine();
  }

  /** Whether a word that is a name elsewhere evidently starts the next line of a test or a proof. */
  private atSoftStart(): boolean {
    const effect = () => t.roleOfToken(this.LA(2)) === "member" && !this.startsLine(2);
    switch (this.LA(1).tokenType) {
      case t.KEYWORDS.call:
        return this.isAt(t.Word, 2) || this.isAt(t.StringLiteral, 2);
      case t.KEYWORDS.after:
        return this.isAt(t.DurationLiteral, 2);
      case t.KEYWORDS.expect:
      case t.KEYWORDS.never:
      case t.KEYWORDS.always:
        return effect();
      default:
        return false;
    }
  }

  /** Reports the next token if it is neither a beginning of what is to come nor a stop, and skips to one of them. */
  protected skipJunk(goesOn: () => boolean, what: string, stops: () => boolean = () => false): void {
    if (this.RECORDING_PHASE) return;
    while (!this.atEnd() && !goesOn()) {
      if (this.isAt(t.Semicolon)) {
        this.semicolon("nothing stands here");
        continue;
      }
      if (this.isAt(t.CloseBrace) || stops() || this.atItem()) return;
      this.unexpected(what);
      this.skipBalanced();
      while (!this.atEnd() && !goesOn() && !this.isAt(t.CloseBrace) && !stops() && !this.atItem())
        this.skipBalanced();
      this.hush();
    }
  }

  /** Skips one token, or a whole bracketed group; a group that is not closed before the next item is skipped up to it. */
  protected skipBalanced(): void {
    let depth = 0;
    do {
      const type = this.LA(1).tokenType;
      if (OPENERS.has(type)) depth++;
      else if (CLOSERS.has(type)) depth--;
      this.SKIP_TOKEN();
    } while (depth > 0 && !this.atEnd() && !(this.startsLine() && this.atItem()));
  }

  /** Skips to where the brackets around close or the next clause, rule or item begins. */
  protected skipToClosing(): void {
    while (!this.atEnd() && !CLOSERS.has(this.LA(1).tokenType) && !this.atBoundary()) this.skipBalanced();
  }

  /** Reads a misspelt or foreign word as the word that was meant. */
  protected mend(roles: readonly WordRole[], candidates: readonly string[], where: string): void {
    const token = this.LA(1);
    if (this.RECORDING_PHASE || token.tokenType !== t.Identifier || this.isFull()) return;
    const meant = suggest(token.image, candidates);
    const role = meant === undefined ? undefined : roleOf(meant);
    if (meant === undefined || role === undefined || !roles.includes(role)) return;
    if (this.mayComplain())
      this.note(problems.MISSPELT_WORD, { found: token.image, meant, where }, this.spanOf(token), {
        fix: [`write \`${meant}\``, { ...this.spanOf(token), text: meant }],
      });
    retag(token, t.KEYWORDS[meant as keyof typeof t.KEYWORDS]);
  }

  /** Reads `permit` and its like as the effect that it means. */
  protected mendEffect(): void {
    const token = this.LA(1);
    if (this.RECORDING_PHASE || token.tokenType !== t.Identifier) return;
    const meant = FOREIGN_EFFECTS.get(token.image);
    if (meant === undefined) return;
    if (this.mayComplain())
      this.note(problems.FOREIGN_EFFECT, { found: token.image, meant }, this.spanOf(token), {
        fix: [`write \`${meant}\``, { ...this.spanOf(token), text: meant }],
      });
    retag(token, meant === "require approval" ? t.Approve : t.KEYWORDS[meant]);
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
