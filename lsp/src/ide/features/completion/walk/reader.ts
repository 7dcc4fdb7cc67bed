import { roleOf, type Token } from "@agentpolicy/language";
import type { Place } from "../places.ts";

/**
 * The words before the place asked about, from the start of its item. Whoever reads one part of the grammar either takes
 * it to its end and gives null, or comes to the end of the words and gives the places where it stands then.
 */
export interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Where what is typed now begins. */
  readonly end: number;
  at: number;
  /** How many types are open. */
  depth: number;
}

/** What is nested deeper is not looked at; the language reads no deeper either. */
export const DEEPEST = 100;

export const readerOf = (text: string, tokens: readonly Token[], end: number): Reader => ({
  text,
  tokens,
  end,
  at: 0,
  depth: 0,
});

export type Walked = readonly Place[] | null;

export const peek = (reader: Reader, ahead = 0): Token | undefined => reader.tokens[reader.at + ahead];

export const isDone = (reader: Reader): boolean => reader.at >= reader.tokens.length;

export const isSign = (token: Token | undefined, ...signs: readonly string[]): boolean =>
  token?.kind === "sign" && signs.includes(token.text);

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === "word" && (words.length === 0 || words.includes(token.text));

/** Takes the next token where it is the sign. */
export const takeSign = (reader: Reader, ...signs: readonly string[]): boolean => {
  if (!isSign(peek(reader), ...signs)) return false;
  reader.at += 1;
  return true;
};

export const takeWord = (reader: Reader, ...words: readonly string[]): boolean => {
  if (!isWord(peek(reader), ...words)) return false;
  reader.at += 1;
  return true;
};

/** Takes the next token where it is a text in quotes. */
export const takeString = (reader: Reader): boolean => {
  if (peek(reader)?.kind !== "string") return false;
  reader.at += 1;
  return true;
};

/** Whether a line break stands before the token `ahead`; past the last token, before the place asked about. */
export const startsLine = (reader: Reader, ahead = 0): boolean => {
  const index = reader.at + ahead;
  const from = reader.tokens[index - 1]?.end ?? 0;
  const to = reader.tokens[index]?.start ?? reader.end;
  return index === 0 || /[\n\r]/.test(reader.text.slice(from, to));
};

/** Whether the next token begins a clause, a rule or a mask on a line of its own, and so is no name. */
export const atBoundary = (reader: Reader): boolean => {
  const token = peek(reader);
  if (token?.kind !== "word" || !startsLine(reader)) return false;
  const role = roleOf(token.text);
  return role === "clause" || role === "member";
};

/** Takes a name, which may be any word that does not evidently begin the next thing. */
export const takeName = (reader: Reader): Token | null => {
  const token = peek(reader);
  if (token?.kind !== "word" || atBoundary(reader)) return null;
  reader.at += 1;
  return token;
};

/** Places where the words end, and nothing else. */
export const here = (reader: Reader, ...places: readonly Place[]): Walked => (isDone(reader) ? places : null);
