import type { Span } from "../text/span.ts";
import type { StringNode } from "./ast.ts";
import type { DecodedText } from "./literals.ts";

/** A piece of a text with `{…}`: words, or the source of an expression by its place in the decoded text. */
export type TemplatePiece =
  | StringNode
  | { readonly kind: "expression"; readonly from: number; readonly to: number }
  | ({ readonly kind: "mistake"; readonly found: "open" | "close" | "empty" } & Span);

/** Where in the file the unit of the decoded text was written. */
export const placeIn = (text: DecodedText, unit: number): number =>
  text.offsets === undefined
    ? text.contentStart + unit
    : (text.offsets[unit] ?? text.offsets.at(-1) ?? text.contentStart);

/** Where the `{` at `open` is closed: braces and texts inside count. -1 where it is not. */
const closingBrace = (value: string, open: number): number => {
  let depth = 0;
  for (let at = open; at < value.length; at++) {
    const unit = value.charAt(at);
    if (unit === '"') {
      const end = /^"[^"\\]*(?:\\.[^"\\]*)*"/s.exec(value.slice(at));
      if (end) at += end[0].length - 1;
    } else if (unit === "{") depth++;
    else if (unit === "}" && --depth === 0) return at;
  }
  return -1;
};

/** Splits a text at its braces; `{{` and `}}` are the braces themselves. */
export const splitTemplate = (text: DecodedText): readonly TemplatePiece[] => {
  const { value } = text;
  const pieces: TemplatePiece[] = [];
  let words = "";
  let wordsFrom = 0;
  const flush = (to: number): void => {
    const span = { start: placeIn(text, wordsFrom), end: placeIn(text, to) };
    if (to > wordsFrom) pieces.push({ kind: "string", value: words, raw: false, ...span });
    words = "";
  };
  const mistake = (found: "open" | "close" | "empty", from: number, to: number): void => {
    pieces.push({ kind: "mistake", found, start: placeIn(text, from), end: placeIn(text, to) });
  };
  let at = 0;
  while (at < value.length) {
    const next = /[{}]/.exec(value.slice(at));
    if (next === null) break;
    words += value.slice(at, at + next.index);
    at += next.index;
    const brace = next[0];
    if (value.charAt(at + 1) === brace) {
      words += brace;
      at += 2;
      continue;
    }
    const close = brace === "{" ? closingBrace(value, at) : -1;
    if (close < 0) {
      mistake(brace === "{" ? "open" : "close", at, at + 1);
      words += brace;
      at += 1;
      continue;
    }
    flush(at);
    if (value.slice(at + 1, close).trim() === "") mistake("empty", at, close + 1);
    else pieces.push({ kind: "expression", from: at + 1, to: close });
    at = close + 1;
    wordsFrom = at;
  }
  words += value.slice(at);
  flush(value.length);
  return pieces;
};
