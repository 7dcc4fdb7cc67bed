// How stores keep tracks so that a figure costs the same however much was recorded: totals for each millisecond, for
// each 32 of them, and so on. Any sliding window is the sum of at most 31 totals a level, and nothing is approximated.

/** How many totals of one level make one of the next. */
const FAN = 32;
/** The highest level: its totals are of 32⁷ ms, about 400 days, and are kept for ever. */
const TOP = 7;
const DAY = 86_400_000;
/** The farthest time that is told apart, in epoch milliseconds; beyond every date, and exact in doubles. */
const FAR = 9e15;

/** One total of one track: of level n, the `bucket`th 32ⁿ milliseconds since the epoch. */
export interface Bucket {
  readonly level: number;
  readonly bucket: number;
}

/** Totals of one level: those after `after`, up to and including `to`. */
export interface Range {
  readonly level: number;
  readonly after: number;
  readonly to: number;
}

const LEVELS = Array.from({ length: TOP + 1 }, (_, level) => level);
const bounded = (time: number): number => Math.floor(Math.min(Math.max(time, -FAR), FAR));
const bucketOf = (time: number, level: number): number => Math.floor(time / FAN ** level);

/** The totals that something recorded at a time (whole epoch milliseconds) is part of. What has no time is never over. */
export function bucketsAt(at: number): readonly Bucket[] {
  const time = Number.isNaN(at) ? FAR : bounded(at);
  return LEVELS.map((level) => ({ level, bucket: bucketOf(time, level) }));
}

/**
 * The totals that together are a figure at `now`: everything after `now - within`, whatever lies in the future
 * included; everything there is where `within` is null or there is no time.
 */
export function rangesOf(now: number, within: number | null): readonly Range[] {
  const cut = within === null ? Number.NaN : now - within;
  if (!Number.isFinite(cut)) return [{ level: TOP, after: -FAR, to: FAR }];
  const time = bounded(cut);
  return LEVELS.map((level) => {
    const after = bucketOf(time, level);
    // Beyond the end of its parent the next level has the total.
    const to = level === TOP ? FAR : (Math.floor(after / FAN) + 1) * FAN - 1;
    return { level, after, to };
  }).filter(({ after, to }) => after < to);
}

/**
 * The totals that no figure asks for any more, as the first of each level that is still needed: those of twice the window
 * and a day are kept, for clocks that differ and windows that a policy makes longer. `now` is the earliest of the clocks; without it nothing is given up.
 */
export function firstKept(now: number, within: number | null): readonly Bucket[] {
  const time = bounded(now - 2 * (within ?? 0) - DAY);
  if (Number.isNaN(time)) return [];
  return LEVELS.slice(0, TOP).map((level) => ({ level, bucket: bucketOf(time, level) }));
}
