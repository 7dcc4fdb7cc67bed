import type { Policy } from "@agentpolicy/runtime";
import { atOnce, type Contender, interleaved, oneByOne } from "../harness/rounds.ts";
import { type Rounds, ratioOf, spreadOf } from "../harness/statistics.ts";
import { callsOf } from "./calls.ts";
import { historic } from "./history.ts";
import type { Database, Place } from "./place.ts";
import { guardPolicy } from "./policy.ts";
import type { Cost, Figure, Sizes, StoreResult, Track } from "./result.ts";
import { watched } from "./watched.ts";

const WRITE = "bare write";

/** Measures one store, in this process, and ends its place. */
export async function measureStore(place: Place, sizes: Sizes): Promise<StoreResult> {
  try {
    const policy = await guardPolicy();
    const database = await place.open();
    const calls = await measureCalls(policy, database, sizes);
    const tracks = await measureTracks(policy, place, sizes);
    return { store: place.name, about: place.about, sizes, ...calls, tracks };
  } finally {
    await place.end();
  }
}

const basesOf = ({ write, read }: Database): readonly Contender[] => [
  { name: WRITE, call: write },
  ...(read ? [{ name: "bare read", call: read }] : []),
];

async function measureCalls(policy: Policy, database: Database, sizes: Sizes) {
  const bases = basesOf(database);
  // There is a row to read from the first write on.
  await database.write();
  const calls = callsOf(policy, database.store);
  const steps = await stepsOf(policy, database);
  const alone = await interleaved([...bases, ...calls], sizes.oneByOne, oneByOne(sizes.block));
  const together = await interleaved([...bases, ...calls], sizes.atOnce, atOnce(sizes.width));
  const measured = ({ name }: Contender) => ({
    name,
    oneByOne: costOf(of(alone, name), of(alone, WRITE)),
    atOnce: {
      perSecond: 1e6 / spreadOf(of(together, name)).median,
      ratio: ratioOf(of(together, name), of(together, WRITE)),
    },
  });
  const figures: readonly Figure[] = calls.map((call) => ({ ...measured(call), ...of(steps, call.name) }));
  return { bases: bases.map(measured), figures };
}

type Steps = Pick<Figure, "writes" | "reads" | "records">;

/** What one call of each kind asks of the store. */
async function stepsOf(policy: Policy, { store }: Database): Promise<ReadonlyMap<string, Steps>> {
  const { store: spy, seen } = watched(store);
  const steps = new Map<string, Steps>();
  const kept = async () => (await store.log?.head())?.seq ?? 0;
  for (const { name, prepare, call } of callsOf(policy, spy)) {
    await prepare?.(1);
    const before = await kept();
    Object.assign(seen, { writes: 0, reads: 0 });
    await call();
    const { writes, reads } = seen;
    steps.set(name, { writes, reads, records: (await kept()) - before });
  }
  return steps;
}

/** Each history is in a database of its own, so that the small ones do not live in a large one's tables. */
async function measureTracks(policy: Policy, place: Place, sizes: Sizes): Promise<readonly Track[]> {
  const { histories, tracks: plan, block } = sizes;
  const contenders = [];
  let write: Contender["call"] | undefined;
  for (const recorded of histories) {
    const database = await place.open();
    write ??= database.write;
    const contender = historic(policy, database.store, recorded);
    await contender.prepare?.(1);
    await database.settle();
    contenders.push(contender);
  }
  if (!write) return [];
  const all = await interleaved([{ name: WRITE, call: write }, ...contenders], plan, oneByOne(block));
  const tracks: Track[] = [];
  for (const { name, recorded, found } of contenders) {
    const growth = ratioOf(of(all, name), of(all, contenders[0]?.name ?? name));
    tracks.push({ recorded, found: await found(), ...costOf(of(all, name), of(all, WRITE)), growth });
  }
  return tracks;
}

const costOf = (rounds: Rounds, write: Rounds): Cost => ({
  ...spreadOf(rounds),
  ratio: ratioOf(rounds, write),
});

function of<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (one === undefined) throw new Error(`\`${name}\` was not measured`);
  return one;
}
