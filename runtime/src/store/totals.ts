import type { Figures } from "../abi/policy.ts";
import type { KeyedTrack, TrackEntry } from "../guard/store.ts";
import { type Bucket, bucketsAt } from "./windows.ts";

/** What is to be added to one total. */
export interface Addition extends Bucket {
  readonly key: string;
  readonly amount: number;
}

/** What entries add to totals, each total once; with sign -1, what taking them back adds. */
export function additionsOf(entries: readonly TrackEntry[], sign: 1 | -1): readonly Addition[] {
  const totals = new Map<string, Addition>();
  for (const { key, at, amount } of entries) {
    for (const { level, bucket } of bucketsAt(at)) {
      const name = `${level} ${bucket} ${key}`;
      totals.set(name, { key, level, bucket, amount: (totals.get(name)?.amount ?? 0) + sign * amount });
    }
  }
  return [...totals.values()];
}

/** Figures as policies read them, by track id, from the sum of each track. */
export const figuresOf = (tracks: readonly KeyedTrack[], sum: (track: KeyedTrack) => number): Figures =>
  Object.fromEntries(
    tracks.map((track) => {
      const amount = sum(track);
      return [track.id, track.figure === "seen" ? amount > 0 : amount];
    }),
  );
