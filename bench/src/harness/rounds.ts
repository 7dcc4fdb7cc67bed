import type { Round, Rounds } from "./statistics.ts";

/** Something whose cost is measured. */
export interface Contender {
  readonly name: string;
  /** What so many calls need to be there, made before the clock runs. */
  readonly prepare?: (calls: number) => Promise<void>;
  /** Rejects where it did not do what it is measured for. */
  readonly call: () => Promise<void>;
}

/** Does so many calls of a contender, and says what they took: one sample or many, in microseconds per call. */
export type Clocked = (contender: Contender, calls: number) => Promise<readonly number[]>;

/** Calls one after the other. A sample is the mean of `block` calls: 1 but for what is not much longer than reading the clock. */
export const oneByOne =
  (block: number): Clocked =>
  async ({ call }, calls) => {
    const samples: number[] = [];
    for (let done = 0; done < calls; done += block) {
      const started = performance.now();
      for (let n = 0; n < block; n++) await call();
      samples.push(((performance.now() - started) * 1000) / block);
    }
    return samples;
  };

/** Calls of which `width` are always under way, as long as there are more to do. The one sample is the time of all by their number. */
export const atOnce =
  (width: number): Clocked =>
  async ({ call }, calls) => {
    const started = performance.now();
    await doAtOnce(width, calls, call);
    return [((performance.now() - started) * 1000) / calls];
  };

/** Does something `times` times, `width` of them at once. */
export async function doAtOnce(width: number, times: number, work: () => Promise<void>): Promise<void> {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: Math.min(width, times) }, worker));
}

export interface Plan {
  readonly rounds: number;
  /** Rounds before those that count. */
  readonly warmup: number;
  /** Calls of each contender in each round. */
  readonly calls: number;
}

/**
 * Measures contenders in rounds, each once a round, so that all of them meet the same weather. Each round begins with
 * another one and every second one goes backwards, so that nobody always comes after the same. Samples by name.
 */
export async function interleaved(
  contenders: readonly Contender[],
  { rounds, warmup, calls }: Plan,
  clocked: Clocked,
): Promise<ReadonlyMap<string, Rounds>> {
  const measured = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -warmup; round < rounds; round++) {
    for (const contender of orderOf(contenders, round + warmup)) {
      await contender.prepare?.(calls);
      const before = process.cpuUsage();
      const samples = await clocked(contender, calls);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) measured.get(contender.name)?.push({ samples, cpu: (user + system) / calls });
    }
  }
  return measured;
}

function orderOf<T>(all: readonly T[], round: number): readonly T[] {
  const first = round % all.length;
  const turned = [...all.slice(first), ...all.slice(0, first)];
  return round % 2 === 0 ? turned : turned.reverse();
}
