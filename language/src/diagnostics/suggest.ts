import { distance } from "fastest-levenshtein";

/**
 * The candidate that `found` was probably meant to be, or undefined where none is really close. One that differs only
 * in case, `-` and `_` wins; then the one with the fewest edits, two swapped neighbours being one edit. The order of the
 * candidates does not matter.
 */
export const suggest = (found: string, candidates: Iterable<string>): string | undefined => {
  const bare = plain(found);
  let best: string | undefined;
  let fewest = mostEdits(found) + 1;
  for (const candidate of candidates) {
    if (candidate === found || Math.abs(candidate.length - found.length) > 8) continue;
    const edits = bare !== "" && plain(candidate) === bare ? 0 : editsBetween(found, candidate, fewest);
    if (edits < fewest || (edits === fewest && best !== undefined && candidate < best)) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
};

const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");

/** Names of one or two characters are too short to guess at; long ones may differ in up to three places. */
const mostEdits = (name: string): number => {
  const { length } = name;
  if (length < 3) return 0;
  if (length < 6) return 1;
  return length < 10 ? 2 : 3;
};

const editsBetween = (found: string, candidate: string, limit: number): number => {
  if (Math.abs(found.length - candidate.length) > limit) return limit + 1;
  const a = found.toLowerCase();
  const b = candidate.toLowerCase();
  const edits = distance(a, b);
  // Every swap was counted as two edits; never less than one, since equal names were met before.
  return Math.max(1, edits - swaps(a, b));
};

/** How many pairs of neighbours stand swapped, in names that are otherwise aligned. */
const swaps = (a: string, b: string): number => {
  if (a.length !== b.length) return 0;
  let count = 0;
  for (let at = 0; at + 1 < a.length; at += 1) {
    if (a[at] !== b[at] && a[at] === b[at + 1] && a[at + 1] === b[at]) {
      count += 1;
      at += 1;
    }
  }
  return count;
};
