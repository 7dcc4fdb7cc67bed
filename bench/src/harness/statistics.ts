/** The value below which a share `q` of the values lies, from 0 to 1; the nearest one that is there. NaN where none is. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Samples of one contender, round by round; all of one unit. */
export type Rounds = readonly (readonly number[])[];

/** Over all rounds together. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
}

export function spreadOf(rounds: Rounds): Spread {
  const all = rounds.flat();
  return { median: median(all), p99: quantile(all, 0.99) };
}

/** How many times as much, and between which quartiles of the rounds. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * One contender as a multiple of another. The two are compared within each round, by their medians there, so that what
 * slows the machine down for a while slows both; the ratio is the median of the rounds'.
 */
export function ratioOf(of: Rounds, to: Rounds): Ratio {
  const ratios = of.map((samples, round) => median(samples) / median(to[round] ?? []));
  return { median: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}
