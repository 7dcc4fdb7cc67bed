import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNCLOSED_COMMENT } from "../diagnostics/messages/syntax.ts";
import type { Item, SourceFile } from "./ast.ts";
import { type Parsed, parseFile } from "./parse.ts";
import { DIAGNOSTIC_LIMIT } from "./token-checks.ts";

/** A tree of a new text. `fresh` are the items that were not in the tree before. */
export interface Reparsed {
  readonly parsed: Parsed;
  readonly fresh: readonly Item[];
}

/** How whoever keeps trees moves what stands in them. */
export interface Moving {
  /** Moves all that stands at or behind `from` in the text before: items, comments, diagnostics, and whatever was made of them. */
  readonly move: (from: number, by: number) => void;
  /** Moves what was read from a part of the text to its place in the whole. */
  readonly place: (read: unknown, by: number) => void;
}

interface Change {
  /** Where the texts begin to differ, and where they are the same again. */
  readonly start: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

/**
 * Reads a new text of a file whose text before has been read, and gives exactly what `parseFile` gives. Only the items
 * around what changed are read; it falls back to more, and at last to everything, where what is broken there reaches
 * farther. The tree before is used up: its items are moved and stand in the new one.
 */
export const reparse = (before: Parsed, text: string, moving: Moving): Reparsed => {
  const { tree } = before;
  const change = changeOf(tree.text, text);
  const clean = cleanItems(before);
  const first = firstToRead(tree, clean, change);
  const last = lastToRead(tree, clean, change);
  if (before.diagnostics.length < DIAGNOSTIC_LIMIT && !before.diagnostics.some(isOpen)) {
    const local = last === null ? null : readPart(before, text, change, [first, last], clean, moving);
    const read = local ?? readPart(before, text, change, [first, null], clean, moving);
    if (read !== null) return read;
  }
  const parsed = parseFile(text, tree.path);
  return { parsed, fresh: parsed.tree.items };
};

/** A comment that is not closed ends with its line; a `*` and `/` anywhere behind would make all between part of it. */
const isOpen = ({ code }: Diagnostic): boolean => code === UNCLOSED_COMMENT.code;

const changeOf = (before: string, after: string): Change => {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.startsWith(after.slice(start, start + STEP), start)) start += STEP;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  start = Math.min(start, most);
  const [endBefore, endAfter] = [before.length, after.length];
  let same = 0;
  const isSameStep = () =>
    before.startsWith(after.slice(endAfter - same - STEP, endAfter - same), endBefore - same - STEP);
  while (same + STEP <= most - start && isSameStep()) same += STEP;
  while (
    same < most - start &&
    before.charCodeAt(endBefore - 1 - same) === after.charCodeAt(endAfter - 1 - same)
  )
    same += 1;
  return { start, endBefore: endBefore - same, endAfter: endAfter - same };
};

/** So many units are compared at once. */
const STEP = 1024;

/** By index: whether nothing is wrong with an item, nor with what stands before it. */
const cleanItems = ({ tree, diagnostics }: Parsed): readonly boolean[] => {
  let at = 0;
  let end = 0;
  const places = diagnostics.map(({ span }) => span);
  return tree.items.map((item) => {
    const start = end;
    end = item.end;
    while (at < places.length && (places[at]?.end ?? 0) < start) at += 1;
    let isClean = item.kind !== "error-item";
    for (let i = at; i < places.length && (places[i]?.start ?? 0) <= end; i += 1)
      if ((places[i]?.end ?? 0) >= start) isClean = false;
    return isClean;
  });
};

/** Whether nothing is wrong within an item. */
const isFree = (item: Item, { diagnostics }: Parsed): boolean =>
  item.kind !== "error-item" &&
  diagnostics.every(({ span }) => span.end < item.start || span.start > item.end);

const startsLine = ({ text, items }: SourceFile, index: number): boolean => {
  const end = items[index - 1]?.end ?? 0;
  return index === 0 || /[\n\r]/.test(text.slice(end, items[index]?.start));
};

/**
 * The item at which reading can begin as if the file did: nothing is wrong around it, and it stands clear of the change,
 * as does the one behind it, since an item is read up to what surely begins the next. Zero where there is none.
 */
const firstToRead = (tree: SourceFile, clean: readonly boolean[], { start }: Change): number => {
  const { items } = tree;
  let touched = items.findIndex(({ end }) => end >= start);
  if (touched < 0) touched = items.length;
  for (let at = touched - 2; at > 0; at -= 1)
    if (clean[at] && clean[at + 1] && clean[at - 1] && startsLine(tree, at) && startsLine(tree, at + 1))
      return at;
  return 0;
};

/** The first item behind the change at which the text can be told to go on as before. */
const lastToRead = (tree: SourceFile, clean: readonly boolean[], { endBefore }: Change): number | null => {
  const { items } = tree;
  for (let at = 0; at < items.length; at += 1) {
    const start = items[at - 1]?.end ?? 0;
    if (start > endBefore && clean[at] && startsLine(tree, at)) return at;
  }
  return null;
};

/** Reads from the item `first` to the item `last`, or to the end; null where `last` did not come out as before. */
const readPart = (
  before: Parsed,
  text: string,
  change: Change,
  [first, last]: readonly [number, number | null],
  clean: readonly boolean[],
  moving: Moving,
): Reparsed | null => {
  const { tree } = before;
  const by = change.endAfter - change.endBefore;
  const start = first === 0 ? 0 : (tree.items[first - 1]?.end ?? 0);
  const marker = last === null ? undefined : tree.items[last];
  const endBefore = marker?.end ?? tree.text.length;
  const part = parseFile(text.slice(start, endBefore + by), tree.path);
  if (marker !== undefined && !isReached(part, marker, start - by)) return null;
  if (before.diagnostics.length + part.diagnostics.length >= DIAGNOSTIC_LIMIT) return null;
  const cleanAfter = part.tree.items.map((item) => isFree(item, part));
  moving.place([part.tree.items, part.tree.comments, part.diagnostics], start);
  const count = (last ?? tree.items.length - 1) + 1 - first;
  const replaced = tree.items.slice(first, first + count);
  const cleanBefore = clean.slice(first, first + count);
  const ends = sharedEnds([tree.text, replaced, cleanBefore], [text, part.tree.items, cleanAfter], by);
  const items = part.tree.items.map(
    (item, at) => ends.front[at] ?? ends.back[at - part.tree.items.length + ends.back.length] ?? item,
  );
  const keeps = marker !== undefined;
  const comments = [
    ...tree.comments.filter((comment) => comment.end <= start),
    ...part.tree.comments,
    ...tree.comments.filter((comment) => keeps && comment.start >= endBefore),
  ];
  const diagnostics = [
    ...before.diagnostics.filter(({ span }) => span.start < start),
    ...part.diagnostics,
    ...before.diagnostics.filter(({ span }) => keeps && span.start > endBefore),
  ];
  moving.move(ends.back[0]?.start ?? Number.POSITIVE_INFINITY, by);
  const all = [...tree.items.slice(0, first), ...items, ...tree.items.slice(first + count)];
  return {
    parsed: {
      tree: { path: tree.path, text, items: all, comments, start: 0, end: text.length },
      diagnostics,
    },
    fresh: items.slice(ends.front.length, items.length - ends.back.length),
  };
};

/** Whether the part ends in the item that stood there before, with nothing wrong in it. `back`: from the part to the text before. */
const isReached = ({ tree, diagnostics }: Parsed, marker: Item, back: number): boolean => {
  const found = tree.items.at(-1);
  if (found === undefined || found.kind !== marker.kind || found.doc !== marker.doc) return false;
  if (found.start + back !== marker.start || found.end + back !== marker.end) return false;
  return diagnostics.every((diagnostic) => diagnostic.span.end < found.start && !isOpen(diagnostic));
};

/** A text with some of its items, and which of these are clean. */
type Stretch = readonly [text: string, items: readonly Item[], clean: readonly boolean[]];

/** The items before that begin and end a stretch as they did, told by their texts; those at its end were moved `by`. */
const sharedEnds = (
  [before, old, cleanBefore]: Stretch,
  [after, now, cleanAfter]: Stretch,
  by: number,
): { readonly front: readonly Item[]; readonly back: readonly Item[] } => {
  const isSame = (i: number, j: number, moved: number): boolean => {
    const [a, b] = [old[i], now[j]];
    if (a === undefined || b === undefined || !cleanBefore[i] || !cleanAfter[j]) return false;
    if (a.kind !== b.kind || a.doc !== b.doc || a.start + moved !== b.start || a.end + moved !== b.end)
      return false;
    return before.slice(a.start, a.end) === after.slice(b.start, b.end);
  };
  let front = 0;
  while (isSame(front, front, 0)) front += 1;
  let back = 0;
  while (back < old.length - front && back < now.length - front) {
    const [i, j] = [old.length - 1 - back, now.length - 1 - back];
    // Clear of what stands before, so that it is plain what is moved.
    const isClear =
      (old[i]?.start ?? 0) > (old[i - 1]?.end ?? -1) && (now[j]?.start ?? 0) > (now[j - 1]?.end ?? -1);
    if (!isClear || !isSame(i, j, by)) break;
    back += 1;
  }
  return { front: old.slice(0, front), back: back === 0 ? [] : old.slice(-back) };
};
