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
      const all = amounts.get(key) ?? [];
      all.push({ at, amount: sign * amount });
      amounts.set(key, all);
    }
  };
  /** What counts at a time; what no longer does is forgotten. */
  const total = ({ key, within }: KeyedTrack, now: number): number => {
    const kept = (amounts.get(key) ?? []).filter(({ at }) => within === null || !(at <= now - within));
    const amount = kept.reduce((sum, { amount }) => sum + amount, 0);
    amounts.set(key, within === null ? [{ at: now, amount }] : kept);
    return amount;
  };

  return {
    async read(id) {
      return records.get(id);
    },
    async put(record) {
      const { id, revision } = record;
      const fits = (records.get(id)?.revision ?? -1) === revision - 1;
      if (fits) records.set(id, record);
      // Without a bound memory would fill up. A call whose checkpoint is forgotten does not run.
      if (records.size > KEPT) records.delete(records.keys().next().value as string);
      return fits;
    },
    async list({ state, actor, overdue, limit = 100 }) {
      return [...records.values()]
        .filter(
          (record) =>
            (state ?? record.state) === record.state &&
            (actor ?? record.request.actor.id) === record.request.actor.id &&
            (!overdue || isOverdue(record, overdue)),
        )
        .slice(0, limit);
    },
    async track(tracks, now, decide) {
      const figures = tracks.map((track) => {
        const amount = total(track, now);
        return [track.id, track.figure === "seen" ? amount > 0 : amount];
      });
      add(decide(Object.fromEntries(figures)), 1);
    },
    async release(entries) {
      add(entries, -1);
    },
  };
}
