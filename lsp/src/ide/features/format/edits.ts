import type { Edit } from "@agentpolicy/language";
import { hunksOf } from "./lines.ts";

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edits that make one text of another: only what differs is replaced, so that cursors and marks stay in place. */
export function editsBetween(file: string, before: string, after: string, at = 0): readonly Edit[] {
  if (before === after) return [];
  const [old, now] = [linesOf(before), linesOf(after)];
  const [oldStarts, nowStarts] = [startsOf(old), startsOf(now)];
  return hunksOf(old, now).flatMap(([from, to, nowFrom, nowTo]) => {
    const start = oldStarts[from] as number;
    const removed = before.slice(start, oldStarts[to]);
    const written = after.slice(nowStarts[nowFrom], nowStarts[nowTo]);
    const parts = blanksBetween(removed, written) ?? [trimmed(removed, written)];
    return parts.map((part) => ({
      file,
      start: part.start + start + at,
      end: part.end + start + at,
      text: part.text,
    }));
  });
}

/** Each with its line break. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const startsOf = (lines: readonly string[]): readonly number[] => {
  let at = 0;
  return [0, ...lines.map(({ length }) => (at += length))];
};

const BLANKS = /\s*/y;

const blanksAt = (text: string, at: number): string => {
  BLANKS.lastIndex = at;
  return BLANKS.exec(text)?.[0] ?? "";
};

/** Where two texts differ in their blanks alone: those that differ. Null where they differ in more. */
function blanksBetween(before: string, after: string): readonly Replacement[] | null {
  const found: Replacement[] = [];
  let [at, now] = [0, 0];
  while (at < before.length || now < after.length) {
    const [old, text] = [blanksAt(before, at), blanksAt(after, now)];
    if (old !== text) {
      const { start, end, text: added } = trimmed(old, text);
      found.push({ start: at + start, end: at + end, text: added });
    }
    [at, now] = [at + old.length, now + text.length];
    if (before[at] !== after[now]) return null;
    [at, now] = [at + 1, now + 1];
  }
  return found;
}

/** Without what both begin and end with. */
function trimmed(before: string, after: string): Replacement {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  // A character of two units is replaced as a whole.
  if (head > 0 && /[\uD800-\uDBFF]/.test(before[head - 1] ?? "")) head -= 1;
  if (tail > 0 && /[\uDC00-\uDFFF]/.test(before[before.length - tail] ?? "")) tail -= 1;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}
