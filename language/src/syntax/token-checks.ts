import type { IToken, TokenType } from "chevrotain";
import { diagnose, type Problem } from "../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { Span } from "../text/span.ts";
import { decodeString, readNumber } from "./literals.ts";
import { codePointName, lookedLikeKeyword } from "./lookalikes.ts";
import * as t from "./tokens.ts";

/** After so many diagnostics a file is no policy, and more of them help nobody. */
export const DIAGNOSTIC_LIMIT = 500;

/** What reading one text has brought so far. */
export interface Reading {
  readonly text: string;
  readonly path: string;
  readonly diagnostics: Diagnostic[];
  /** Where something stands that cannot be read. */
  readonly unreadable: number[];
}

const KEYWORD_OF: ReadonlyMap<string, TokenType> = new Map(Object.entries(t.KEYWORDS));

/** Makes the token one of another type. */
export const retag = (token: IToken, type: TokenType): void => {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? -1;
};

export const endOf = (token: IToken): number =>
  (token.endOffset ?? token.startOffset + token.image.length - 1) + 1;

const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) });

const report = <Facts>(
  into: Reading,
  kind: Problem<Facts>,
  facts: Facts,
  span: Span,
  fix?: readonly [title: string, text: string],
): void => {
  if (into.diagnostics.length >= DIAGNOSTIC_LIMIT) return;
  const at = { file: into.path, ...span };
  const fixes: readonly Fix[] =
    fix === undefined ? [] : [{ title: fix[0], preferred: true, edits: [{ ...at, text: fix[1] }] }];
  into.diagnostics.push(diagnose(kind, facts, at, { fixes }));
};

/** Tells words from names and numbers from durations, and says what is wrong with a single token. */
export const checkToken = (into: Reading, token: IToken): void => {
  const type = token.tokenType;
  if (type === t.Identifier) checkWord(into, token);
  else if (type === t.NumberLike) checkNumber(into, token);
  else if (type === t.StringLiteral) checkEscapes(into, token);
  else if (type === t.UnclosedString) checkUnclosed(into, token);
  else if (type === t.ForeignString) checkForeignString(into, token);
  else if (token.image.charCodeAt(0) > 127 && type.LABEL !== undefined) {
    report(into, problems.FOREIGN_CHARACTER, looksLike(token.image, type.LABEL), spanOf(token), [
      `write \`${type.LABEL}\``,
      type.LABEL,
    ]);
  }
};

const looksLike = (character: string, meant: string) => ({
  found: `\`${character}\``,
  code: codePointName(character),
  meant: `\`${meant}\``,
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is "not ASCII"
const NOT_ASCII = /[^\u0000-\u007F]/;
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]*(?:-[\p{L}\p{N}\p{M}_]+)*$/u;

const checkWord = (into: Reading, token: IToken): void => {
  const keyword = KEYWORD_OF.get(token.image);
  if (keyword !== undefined) {
    retag(token, keyword);
    return;
  }
  const odd = NOT_ASCII.exec(token.image)?.[0];
  if (odd === undefined) return;
  const meant = lookedLikeKeyword(token.image);
  if (meant !== undefined) {
    const first = [...token.image].find((letter) => NOT_ASCII.test(letter)) ?? odd;
    report(
      into,
      problems.FOREIGN_CHARACTER,
      { ...looksLike(token.image, meant), code: `\`${first}\` is ${codePointName(first)}` },
      spanOf(token),
      [`write \`${meant}\``, meant],
    );
    retag(token, KEYWORD_OF.get(meant) ?? t.Identifier);
  } else if (!NAME.test(token.image)) stray(into, token.startOffset, token.image);
};

const checkNumber = (into: Reading, token: IToken): void => {
  const reading = readNumber(token.image);
  const duration =
    reading.kind === "duration" ||
    (reading.kind === "bad" && /^\d+[a-zA-Z]/.test(token.image) && !/^\d+[eE]\d/.test(token.image));
  retag(token, duration ? t.DurationLiteral : t.NumberLiteral);
  if (reading.kind !== "bad") return;
  const { meant } = reading;
  report(
    into,
    problems.BAD_NUMBER,
    {
      found: token.image,
      reason: reading.reason,
      help: meant === undefined ? undefined : `write \`${meant}\``,
    },
    spanOf(token),
    meant === undefined ? undefined : [`write \`${meant}\``, meant],
  );
};

const checkEscapes = (into: Reading, token: IToken): void => {
  if (!token.image.includes("\\")) return;
  for (const span of decodeString(into.text, token.startOffset, endOf(token)).badEscapes)
    report(into, problems.BAD_ESCAPE, { found: into.text.slice(span.start, span.end) }, span);
};

const checkUnclosed = (into: Reading, token: IToken): void => {
  into.unreadable.push(token.startOffset);
  const end = token.startOffset + token.image.trimEnd().length;
  report(into, problems.UNCLOSED_STRING, { quote: '"' }, { start: token.startOffset, end });
};

const checkForeignString = (into: Reading, token: IToken): void => {
  const { value } = decodeString(into.text, token.startOffset, endOf(token));
  const quote = token.image.charAt(0);
  report(
    into,
    problems.FOREIGN_CHARACTER,
    { ...looksLike(quote, '"'), found: `the quote \`${quote}\`` },
    spanOf(token),
    ['write `"`', JSON.stringify(value)],
  );
};

/** Blanks of other kinds separate as blanks do; a byte order mark at the start is none of the author's doing. */
export const checkOddBlank = (into: Reading, token: IToken): void => {
  if (token.startOffset === 0 && token.image === "\uFEFF") return;
  const { image } = token;
  report(
    into,
    problems.FOREIGN_CHARACTER,
    { ...looksLike(image, " "), found: "this invisible character", meant: "a blank" },
    spanOf(token),
    ["write a blank", " "],
  );
};

/** Characters that no token starts with. */
export const stray = (into: Reading, start: number, characters: string): void => {
  into.unreadable.push(start);
  const character = String.fromCodePoint(characters.codePointAt(0) ?? 0);
  report(
    into,
    problems.UNEXPECTED_CHARACTER,
    {
      character: /[\p{C}\p{Z}]/u.test(character) ? codePointName(character) : character,
      code: codePointName(character),
    },
    { start, end: start + characters.length },
  );
};

/** A comment of another language, or one that is never closed. */
export const checkComment = (into: Reading, token: IToken): void => {
  if (token.tokenType === t.UnclosedComment) report(into, problems.UNCLOSED_COMMENT, {}, spanOf(token));
  else if (token.tokenType === t.HashComment) {
    const sign = { start: token.startOffset, end: token.startOffset + 1 };
    report(into, problems.FOREIGN_SYNTAX, { found: "a comment with `#`", advice: "write `//`" }, sign, [
      "write `//`",
      "//",
    ]);
  }
};
