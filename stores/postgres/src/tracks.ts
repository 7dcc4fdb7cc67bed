import type { Figures, KeyedTrack, TrackEntry } from "@agentpolicy/runtime";
import { additionsOf, figuresOf, firstKept, rangesOf, textOf } from "@agentpolicy/runtime/store";
import { digest, locking, sha256 } from "./locks.ts";
import type { PgClient } from "./pool.ts";
import { rowsSaid } from "./values.ts";

/** How many old totals of a level go with each recorded call: more than come, so that they never pile up. */
const CLEARED = 8;

/** Takes the locks under which these keys' totals are read and written, in whatever schema. */
export const lockingKeys = (schema: string, keyed: readonly { readonly key: string }[]): readonly string[] =>
  locking(keyed.map(({ key }) => `${schema} key ${textOf(key)}`));

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
  return figuresOf(keyed, ({ key }) => sums.get(sha256(textOf(key))) ?? 0);
}

/** Statements that add to the totals, or with sign -1 take away. */
export function addingEntries(
  schema: string,
  entries: readonly TrackEntry[],
  sign: 1 | -1,
): readonly string[] {
  if (entries.length === 0) return [];
  const added = additionsOf(entries, sign).map((addition) => ({ ...addition, key: nameOfKey(addition.key) }));
  // Forgotten is what no window reaches any more, by the earlier of the caller's clock and this machine's.
  const kept = entries.flatMap(({ key, at, within }) =>
    firstKept(Math.min(at, Date.now()), within).map((first) => ({ ...first, key: nameOfKey(key) })),
  );
  return [
    `DELETE FROM ${schema}.totals USING (
       SELECT totals.key, totals.level, totals.bucket
       FROM ${rowsSaid(kept, "key text, level smallint, bucket bigint")},
         LATERAL (
           SELECT key, level, bucket FROM ${schema}.totals
           WHERE key = decode(given.key, 'hex') AND level = given.level AND bucket < given.bucket
           ORDER BY bucket LIMIT ${CLEARED}
         ) AS totals
     ) AS old
     WHERE totals.key = old.key AND totals.level = old.level AND totals.bucket = old.bucket`,
    `INSERT INTO ${schema}.totals (key, level, bucket, amount)
     SELECT decode(key, 'hex'), level, bucket, amount
     FROM ${rowsSaid(added, "key text, level smallint, bucket bigint, amount double precision")}
     ON CONFLICT (key, level, bucket) DO UPDATE SET amount = totals.amount + excluded.amount`,
  ];
}

const nameOfKey = (key: string): string => sha256(textOf(key));
