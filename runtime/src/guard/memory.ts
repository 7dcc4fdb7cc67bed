import { isOverdue } from "./checkpoint.ts";
import { systemClock } from "./defaults.ts";
import type { CheckpointRecord, KeyedTrack, RecordKinds, Store, TrackEntry } from "./store.ts";

interface Part {
  readonly at: number;
  readonly amount: number;
}

/**
 * What was recorded under a key: its sum, and for tracks with a window its parts, by time. The first `over` parts no longer
 * count, and are no longer in the sum: what is over by this machine's clock, too. They are dropped a thousand at a time, for the
 * rest moves up.
 */
interface Kept {
  sum: number;
  over: number;
  readonly parts: Part[];
}

/**
 * How many records are kept, for without a bound memory would fill up. The oldest goes first, whatever its state: a call
 * whose checkpoint is forgotten does not run.
 */
const KEPT = 10_000;

/** A store in this process's memory, for one process and its lifetime. It keeps no log. */
export function memory(): Store {
  const records = new Map<string, RecordKinds[keyof RecordKinds]>();
  const tracks = new Map<string, Kept>();

  const keptOf = (key: string): Kept => {
    const kept = tracks.get(key) ?? { sum: 0, over: 0, parts: [] };
    tracks.set(key, kept);
    return kept;
  };
  const add =
    (sign: 1 | -1) =>
    ({ key, within, at, amount }: TrackEntry) => {
      const kept = keptOf(key);
      const { parts } = kept;
      let place = parts.length;
      kept.sum += sign * amount;
      if (within === null) return;
      while (place > kept.over && (parts[place - 1] as Part).at > at) place--;
      parts.splice(place, 0, { at, amount: sign * amount });
    };
  const figureOf = ({ id, figure, key, within }: KeyedTrack, now: number) => {
    const kept = keptOf(key);
    const { parts } = kept;
    const isOver = (place: number, now: number) =>
      within !== null && (parts[place] as Part)?.at <= now - within;
    while (isOver(kept.over, Math.min(now, systemClock()))) kept.sum -= (parts[kept.over++] as Part).amount;
    let { sum, over } = kept;
    while (isOver(over, now)) sum -= (parts[over++] as Part).amount;
    if (kept.over > 999) kept.over -= parts.splice(0, kept.over).length;
    return [id, figure === "seen" ? sum > 0 : sum];
  };

  return {
    read: async (kind, id) => records.get(kind + id) as never,
    put: async (record) => {
      const key = record.kind + record.id;
      const fits = (records.get(key)?.revision ?? -1) === record.revision - 1;
      if (fits) records.set(key, record);
      const [oldest] = records.keys();
      if (records.size > KEPT) records.delete(oldest as string);
      return fits;
    },
    async list(kind, { state, actor, overdue, after, limit = 100 }) {
      const all = [...records.values()];
      return all
        .slice(all.findIndex(({ id }) => id === after) + 1)
        .filter(
          (record) =>
            record.kind === kind &&
            (state ?? record.state) === record.state &&
            (actor ?? record.actor) === record.actor &&
            (!overdue || isOverdue(record as CheckpointRecord, overdue)),
        )
        .slice(0, limit) as never;
    },
    track: async (tracks, now, decide) =>
      decide(Object.fromEntries(tracks.map((track) => figureOf(track, now)))).entries.forEach(add(1)),
    release: async (entries) => entries.forEach(add(-1)),
  };
}
