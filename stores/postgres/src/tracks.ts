import type { Figures, KeyedTrack, TrackEntry } from "@agentpolicy/runtime";
import { additionsOf, figuresOf, firstKept, rangesOf, textOf } from "@agentpolicy/runtime/store";
import { digest, locking } from "./locks.ts";
import type { PgClient } from "./pool.ts";
import { type Statement, statement, unnested } from "./statement.ts";

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
  const query = statement();
  const asked = unnested(
    query,
    keyed.flatMap(({ key, within }) =>
      rangesOf(now, within).map((range) => ({ ...range, key: digest(textOf(key)) })),
    ),
    [
      ["bytea", ({ key }) => key],
      ["smallint", ({ level }) => level],
      ["bigint", ({ after }) => after],
      ["bigint", ({ to }) => to],
    ],
  );
  const { rows } = await client.query(
    `SELECT asked.key, total.amount
     FROM ${asked} AS asked (key, level, after, upto),
       LATERAL (
         SELECT sum(amount) AS amount FROM ${schema}.totals
         WHERE key = asked.key AND level = asked.level AND bucket > asked.after AND bucket <= asked.upto
       ) AS total
     WHERE total.amount IS NOT NULL ORDER BY asked.level`,
    query.values,
  );
  const sums = new Map<string, number>();
  for (const { key, amount } of rows as readonly { readonly key: Buffer; readonly amount: number }[]) {
    const name = key.toString("hex");
    sums.set(name, (sums.get(name) ?? 0) + Number(amount));
  }
  return figuresOf(keyed, ({ key }) => sums.get(digest(textOf(key)).toString("hex")) ?? 0);
}

/** Adds to the totals, or with sign -1 takes away, as part of a statement. */
export function addEntries(
  to: Statement,
  schema: string,
  entries: readonly TrackEntry[],
  sign: 1 | -1,
): void {
  if (entries.length === 0) return;
  const added = unnested(to, additionsOf(entries, sign), [
    ["bytea", ({ key }) => digest(textOf(key))],
    ["smallint", ({ level }) => level],
    ["bigint", ({ bucket }) => bucket],
    ["double precision", ({ amount }) => amount],
  ]);
  // Forgotten is what no window reaches any more, by the earlier of the caller's clock and this machine's.
  const kept = unnested(
    to,
    entries.flatMap(({ key, at, within }) =>
      firstKept(Math.min(at, Date.now()), within).map((bucket) => ({ ...bucket, key })),
    ),
    [
      ["bytea", ({ key }) => digest(textOf(key))],
      ["smallint", ({ level }) => level],
      ["bigint", ({ bucket }) => bucket],
    ],
  );
  to.parts.push(
    `old AS (
       SELECT totals.key, totals.level, totals.bucket
       FROM ${kept} AS kept (key, level, first),
         LATERAL (
           SELECT key, level, bucket FROM ${schema}.totals
           WHERE key = kept.key AND level = kept.level AND bucket < kept.first
           ORDER BY bucket LIMIT ${CLEARED}
         ) AS totals
     )`,
    `cleared AS (
       DELETE FROM ${schema}.totals USING old
       WHERE totals.key = old.key AND totals.level = old.level AND totals.bucket = old.bucket
     )`,
    `added AS (
       INSERT INTO ${schema}.totals (key, level, bucket, amount) SELECT * FROM ${added}
       ON CONFLICT (key, level, bucket) DO UPDATE SET amount = totals.amount + excluded.amount
     )`,
  );
}
