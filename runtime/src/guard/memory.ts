import { isOverdue } from "./checkpoint.ts";
import type { CheckpointRecord, KeyedTrack, Store, TrackEntry } from "./store.ts";

/** What one call, or for tracks without a window every call, added under a key; taken back: the same, negative. */
interface Amount {
  readonly at: number;
  readonly amount: number;
}

/** How many checkpoints are kept; the oldest goes first, whatever its state. */
const KEPT = 10_000;

/** A store in this process's memory, for one process and its lifetime. */
export function memory(): Store {
  const records = new Map<string, CheckpointRecord>();
  const amounts = new Map<string, Amount[]>();

  const add = (entries: readonly TrackEntry[], sign: 1 | -1) => {
    for (const { key, at, amount } of entries) {
      amounts.set(key, [...(amounts.get(key) ?? []), { at, amount: amount * sign }]);
    }
  };
  /** What a track is at a time; what no longer counts is forgotten. */
  const figureOf = ({ id, figure, key, within }: KeyedTrack, now: number) => {
    const kept = (amounts.get(key) ?? []).filter(({ at }) => within === null || !(at <= now - within));
    let amount = 0;
    for (const added of kept) amount += added.amount;
    amounts.set(key, within === null ? [{ at: now, amount }] : kept);
    return [id, figure === "seen" ? amount > 0 : amount];
  };

  return {
    read: async (id) => records.get(id),
    put: async (record) => {
      const { id, revision } = record;
      const fits = (records.get(id)?.revision ?? -1) === revision - 1;
      if (fits) records.set(id, record);
      // Without a bound memory would fill up. A call whose checkpoint is forgotten does not run.
      const [oldest] = records.keys();
      if (records.size > KEPT) records.delete(oldest as string);
      return fits;
    },
    list: async ({ state, actor, overdue, after, limit = 100 }) =>
      [...records.values()]
        .slice([...records.keys()].indexOf(after as string) + 1)
        .filter(
          (record) =>
            (state ?? record.state) === record.state &&
            (actor ?? record.request.actor.id) === record.request.actor.id &&
            (!overdue || isOverdue(record, overdue)),
        )
        .slice(0, limit),
    track: async (tracks, now, decide) =>
      add(decide(Object.fromEntries(tracks.map((track) => figureOf(track, now)))), 1),
    release: async (entries) => add(entries, -1),
  };
}
