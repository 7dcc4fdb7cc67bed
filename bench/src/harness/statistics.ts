/** The value below which a share `q` of the values lies, from 0 to 1; the nearest one that is there. NaN where none is. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** One round of one contender, in microseconds per call: samples of how long it took, and the work of this process's threads. */
export interface Round {
  readonly samples: readonly number[];
  readonly cpu: number;
}

export type Rounds = readonly Round[];

/** Over all rounds together; of the work, the median of the rounds. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly cpu: number;
}

export function spreadOf(rounds: Rounds): Spread {
  const all = rounds.flatMap(({ samples }) => samples);
  return { median: median(all), p99: quantile(all, 0.99), cpu: median(rounds.map(({ cpu }) => cpu)) };
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
  const ratios = of.map(({ samples }, round) => median(samples) / median(to[round]?.samples ?? []));
  return { median: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}
