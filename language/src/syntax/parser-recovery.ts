import type { IToken, TokenType } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Name, StringNode } from "./ast.ts";
import { ParserBase } from "./parser-base.ts";
import { retag } from "./token-checks.ts";
import * as t from "./tokens.ts";
import { FOREIGN_EFFECTS, isReserved, roleOf, type WordRole } from "./words.ts";

const OPENERS: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.OpenBrace, t.CloseBrace],
  [t.OpenParen, t.CloseParen],
  [t.OpenBracket, t.CloseBracket],
]);
const CLOSERS: ReadonlySet<TokenType> = new Set(OPENERS.values());

/**
 * Reading and recovery. What is missing is reported and left out (`take`), what is too much is reported and skipped
 * (`skipJunk`), misspelt words are read as what was meant (`mend`).
 */
export class RecoveringParser extends ParserBase {
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
        this.semicolon("remove it");
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
}
