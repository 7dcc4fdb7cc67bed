import type { Token } from "@agentpolicy/language";
import type { Place } from "../places.ts";
import { atBoundary, isDone, isSign, peek, type Reader, takeSign, type Walked } from "./reader.ts";

type Of = Extract<Place, { kind: "pattern" }>["of"];

/** A comma list of patterns. `stops` are the words that may follow. */
export const patterns = (reader: Reader, of: Of, stops: readonly string[]): Walked => {
  const written: string[] = [];
  for (;;) {
    const found = pattern(reader, of, written, stops);
    if (found !== null) return found;
    if (!takeSign(reader, ",")) return null;
  }
};

/** One pattern: pieces that touch one another. */
export const pattern = (reader: Reader, of: Of, written: string[], stops: readonly string[] = []): Walked => {
  const first = peek(reader);
  if (first === undefined) return [{ kind: "pattern", of, start: null, written }];
  if (!isPiece(first) || stops.includes(first.text) || atBoundary(reader)) return null;
  let last: Token = first;
  reader.at += 1;
  for (let next = peek(reader); next !== undefined && touches(last, next); next = peek(reader)) {
    last = next;
    reader.at += 1;
  }
  const isOpen = isSign(last, ".") || last.end === reader.end;
  if (isDone(reader) && isOpen) return [{ kind: "pattern", of, start: first.start, written }];
  written.push(reader.text.slice(first.start, last.end));
  return null;
};

const isPiece = (token: Token): boolean =>
  token.kind === "word" || token.kind === "string" || isSign(token, "*");

const touches = (last: Token, next: Token): boolean =>
  next.start === last.end && (isPiece(next) || next.kind === "number" || isSign(next, ".", "-"));
