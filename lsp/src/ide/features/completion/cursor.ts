import { type Item, type Span, type Token, tokensOf } from "@agentpolicy/language";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";

/** The place asked about: what is written there, and what stands before it. */
export interface Cursor {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly file: SnapshotFile;
  readonly offset: number;
  /** What is replaced: the word or the text in quotes at the place. */
  readonly replace: Span;
  /** The text in quotes that holds the place. */
  readonly quoted: Token | null;
  /** The words from the start of the item up to what is replaced. */
  readonly tokens: readonly Token[];
  /** The item, where one has begun. */
  readonly item: Item | null;
  /** Whether what is replaced is the first of its line. */
  readonly fresh: boolean;
  /** What follows on the line, without the blanks before it. */
  readonly following: string;
  /** Files that a path may lead to. */
  readonly files: readonly string[];
}

const LETTER = "\\p{L}\\p{N}\\p{M}_";
const HEAD = new RegExp(`[${LETTER}-]*$`, "u");
const TAIL = new RegExp(`^[${LETTER}]*(?:-[${LETTER}]+)*`, "u");
/** Longer names are not looked at. */
const LONGEST = 200;

/** The name that touches a place; an unfinished `spent-` counts as one. */
export const wordAt = (text: string, offset: number): Span => {
  const head = HEAD.exec(text.slice(Math.max(0, offset - LONGEST), offset))?.[0] ?? "";
  const tail = TAIL.exec(text.slice(offset, offset + LONGEST))?.[0] ?? "";
  return { start: offset - head.replace(/^-+/, "").length, end: offset + tail.length };
};

/** Null in comments, where nothing is offered. */
export const cursorAt = (
  snapshot: Snapshot,
  path: string,
  file: SnapshotFile,
  offset: number,
  files: readonly string[],
): Cursor | null => {
  const { text, tree } = file;
  if (inComment(file, offset)) return null;
  const word = wordAt(text, offset);
  const item = tree.items.findLast(({ start }) => start < word.start) ?? null;
  const from = item?.start ?? 0;
  const all = tokensOf(text, from, endOfLine(text, offset));
  const quoted = all.find((token) => isIn(token, offset)) ?? null;
  const replace = quoted === null ? word : spanOfText(quoted, text, offset);
  return {
    snapshot,
    path,
    file,
    offset,
    replace,
    quoted,
    tokens: all.filter(({ end }) => end <= replace.start),
    item,
    fresh: text.slice(startOfLine(text, replace.start), replace.start).trim() === "",
    following: text.slice(replace.end, endOfLine(text, replace.end)).trimStart(),
    files,
  };
};

const inComment = ({ tree }: SnapshotFile, offset: number): boolean =>
  tree.comments.some(
    ({ kind, start, end }) => start < offset && (offset < end || (kind !== "block" && offset === end)),
  );

const isIn = ({ kind, closed, start, end }: Token, offset: number): boolean =>
  kind === "string" && start < offset && (offset < end || (closed === false && offset === end));

/** A text that is not closed reaches to the end of the line; what is meant ends with the word. */
const spanOfText = ({ start, end, closed }: Token, text: string, offset: number): Span =>
  closed === true ? { start, end } : { start, end: wordAt(text, offset).end };

export const startOfLine = (text: string, offset: number): number => {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at -= 1;
  return at;
};

export const endOfLine = (text: string, offset: number): number => {
  let at = offset;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at += 1;
  return at;
};

const isBreak = (unit: number): boolean => unit === 10 || unit === 13;
