import type { Figures, KeyedTrack, TrackEntry } from "@agentpolicy/runtime";
import { additionsOf, figuresOf, firstKept, rangesOf, textOf } from "@agentpolicy/runtime/store";
import { digest, locksOf } from "./locks.ts";
import type { PgClient } from "./pool.ts";

/** How many old totals of a level go with each recorded call: more than come, so that they never pile up. */
const CLEARED = 8;

/** The locks under which these keys' totals are read and written, in whatever schema. */
export const locksFor = (schema: string, keyed: readonly { readonly key: string }[]): readonly bigint[] =>
  locksOf(keyed.map(({ key }) => `${schema} ${textOf(key)}`));

/** The figures at `now`, in one round trip. */
export async function readFigures(
  client: PgClient,
  schema: string,
  keyed: readonly KeyedTrack[],
  now: number,
): Promise<Figures> {
  const asked = keyed.flatMap(({ key, within }) =>
    rangesOf(now, within).map((range) => ({ ...range, key: digest(textOf(key)) })),
  );
  const { rows } = await client.query(
    `SELECT asked.key, total.amount
     FROM unnest($1::bytea[], $2::smallint[], $3::bigint[], $4::bigint[]) AS asked (key, level, after, upto),
       LATERAL (
         SELECT sum(amount) AS amount FROM ${schema}.totals
         WHERE key = asked.key AND level = asked.level AND bucket > asked.after AND bucket <= asked.upto
       ) AS total
     WHERE total.amount IS NOT NULL ORDER BY asked.level`,
    [
      asked.map(({ key }) => key),
      asked.map(({ level }) => level),
      asked.map(({ after }) => after),
      asked.map(({ to }) => to),
    ],
  );
  const sums = new Map<string, number>();
  for (const { key, amount } of rows as readonly { readonly key: Buffer; readonly amount: number }[]) {
    const name = key.toString("hex");
    sums.set(name, (sums.get(name) ?? 0) + Number(amount));
  }
  return figuresOf(keyed, ({ key }) => sums.get(digest(textOf(key)).toString("hex")) ?? 0);
}

/** Adds to the totals, or with sign -1 takes away, in one round trip. */
export async function addEntries(
  client: PgClient,
  schema: string,
  entries: readonly TrackEntry[],
  sign: 1 | -1,
): Promise<void> {
  const added = additionsOf(entries, sign);
  // Forgotten is what no window reaches any more, by the earlier of the caller's clock and this machine's.
  const kept = entries.flatMap(({ key, at, within }) =>
    firstKept(Math.min(at, Date.now()), within).map((bucket) => ({ ...bucket, key })),
  );
  await client.query(
    `WITH old AS (
       SELECT totals.key, totals.level, totals.bucket
       FROM unnest($5::bytea[], $6::smallint[], $7::bigint[]) AS kept (key, level, first),
         LATERAL (
           SELECT key, level, bucket FROM ${schema}.totals
           WHERE key = kept.key AND level = kept.level AND bucket < kept.first
           ORDER BY bucket LIMIT ${CLEARED}
         ) AS totals
     ), cleared AS (
       DELETE FROM ${schema}.totals USING old
       WHERE totals.key = old.key AND totals.level = old.level AND totals.bucket = old.bucket
     )
     INSERT INTO ${schema}.totals (key, level, bucket, amount)
     SELECT * FROM unnest($1::bytea[], $2::smallint[], $3::bigint[], $4::double precision[])
     ON CONFLICT (key, level, bucket) DO UPDATE SET amount = totals.amount + excluded.amount`,
    [
      added.map(({ key }) => digest(textOf(key))),
      added.map(({ level }) => level),
      added.map(({ bucket }) => bucket),
      added.map(({ amount }) => amount),
      kept.map(({ key }) => digest(textOf(key))),
      kept.map(({ level }) => level),
      kept.map(({ bucket }) => bucket),
    ],
  );
}
