import type { Figures, KeyedTrack, TrackEntry } from "@agentpolicy/runtime";
import { additionsOf, figuresOf, firstKept, rangesOf, textOf } from "@agentpolicy/runtime/store";
import type { Connection } from "./libsql.ts";

/** How many old totals of a level go with each recorded call: more than come, so that they never pile up. */
const CLEARED = 8;

/** Tracks as totals. Every function must run within a transaction. */
export function tracks(db: Connection) {
  const sum = db.prepare(
    "SELECT total(amount) AS amount FROM agentpolicy_totals WHERE key = ? AND level = ? AND bucket > ? AND bucket <= ?",
  );
  const more = db.prepare(
    `INSERT INTO agentpolicy_totals (key, level, bucket, amount) VALUES (?, ?, ?, ?)
     ON CONFLICT (key, level, bucket) DO UPDATE SET amount = amount + excluded.amount`,
  );
  const fewer = db.prepare(
    `DELETE FROM agentpolicy_totals WHERE (key, level, bucket) IN
     (SELECT key, level, bucket FROM agentpolicy_totals WHERE key = ? AND level = ? AND bucket < ? LIMIT ${CLEARED})`,
  );
  const amountOf = ({ key, within }: KeyedTrack, now: number): number =>
    rangesOf(now, within)
      .map(({ level, after, to }) => sum.all(textOf(key), level, after, to)[0] as { readonly amount: number })
      .reduce((all, { amount }) => all + amount, 0);

  return {
    figures: (keyed: readonly KeyedTrack[], now: number): Figures =>
      figuresOf(keyed, (track) => amountOf(track, now)),

    add(entries: readonly TrackEntry[], sign: 1 | -1): void {
      for (const { key, level, bucket, amount } of additionsOf(entries, sign)) {
        more.run(textOf(key), level, bucket, amount);
      }
    },

    /** Forgets what no window reaches any more, by the earlier of the caller's clock and this machine's. */
    clear(entries: readonly TrackEntry[]): void {
      for (const { key, at, within } of entries) {
        for (const { level, bucket } of firstKept(Math.min(at, Date.now()), within)) {
          fewer.run(textOf(key), level, bucket);
        }
      }
    },
  };
}
