import { isEmptyRange, meetRanges, type Range } from "../../types/range.ts";

/** A set of numbers: a range, or those of `only`, less `not`. */
export interface Numbers {
  readonly range: Range;
  readonly only: ReadonlySet<number> | null;
  readonly not: ReadonlySet<number>;
}

const EVERY: Range = {
  low: Number.NEGATIVE_INFINITY,
  lowOpen: false,
  high: Number.POSITIVE_INFINITY,
  highOpen: false,
  integer: false,
};

export const rangeFrom = (bounds: Partial<Range>): Range => ({ ...EVERY, ...bounds });

export const ALL_NUMBERS: Numbers = { range: EVERY, only: null, not: new Set() };

export const numbersOf = (values: Iterable<number>): Numbers => ({ ...ALL_NUMBERS, only: new Set(values) });

export const numbersIn = (bounds: Partial<Range>): Numbers => ({ ...ALL_NUMBERS, range: rangeFrom(bounds) });

export const isInRange = (value: number, range: Range): boolean =>
  !isEmptyRange(meetRanges(range, rangeFrom({ low: value, high: value })));

/** Ranges of integers up to this many are written out, so that leaving out each of them leaves nothing. */
const WRITTEN_OUT = 200;

/** The numbers that are in both sets; null where there are none. */
export const meetNumbers = (a: Numbers, b: Numbers): Numbers | null => {
  const range = meetRanges(a.range, b.range);
  if (isEmptyRange(range)) return null;
  const not = new Set([...a.not, ...b.not]);
  let only =
    a.only === null ? b.only : b.only === null ? a.only : new Set([...a.only].filter((n) => b.only!.has(n)));
  if (only === null && range.low === range.high) only = new Set([range.low]);
  if (only === null && range.integer && range.high - range.low < WRITTEN_OUT)
    only = new Set(Array.from({ length: range.high - range.low + 1 }, (_, i) => range.low + i));
  if (only === null) return { range, only, not };
  const left = [...only].filter((n) => isInRange(n, range) && !not.has(n));
  return left.length === 0 ? null : numbersOf(left);
};

/** The smallest range that holds all of a set. */
export const hullOf = (set: Numbers): Range => {
  if (set.only === null) return set.range;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of set.only) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return rangeFrom({ low, high });
};
