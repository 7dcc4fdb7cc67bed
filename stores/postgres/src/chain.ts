import { createHash } from "node:crypto";
import type { AuditFilter, AuditHead, AuditNote, AuditRecord } from "@agentpolicy/runtime";
import { type AuditRow, auditRecordOf, NOTHING, rowsOf, textOf } from "@agentpolicy/runtime/store";
import { locking } from "./locks.ts";
import type { PgClient } from "./pool.ts";
import { named, type Statement, statement, unnested } from "./statement.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * Takes the one lock of a schema's chain, then reads its end, each in a statement of its own, so that what the one before
 * in line has committed is seen. After the locks of keys and before rows are written: no transaction waits in any other order.
 */
export const lockingChain = (schema: string): readonly string[] => [
  ...locking([`${schema} chain`]),
  `SELECT seq, hash FROM ${schema}.audit_head`,
];

/** The end of a chain, from the rows that tell it. */
export const headOf = (rows: readonly unknown[]): AuditHead => {
  const [row] = rows as readonly { readonly seq: string; readonly hash: string }[];
  return row ? { seq: Number(row.seq), hash: row.hash } : NOTHING;
};

/** Keeps plain notes, as part of a statement; only if another of its parts, `only`, has a row. */
export function keepNotes(
  to: Statement,
  schema: string,
  head: AuditHead,
  notes: readonly AuditNote[],
  only?: string,
): void {
  const rows = rowsOf(head, notes, sha256);
  const end = rows.at(-1);
  if (!end) return;
  const condition = only === undefined ? "" : `WHERE EXISTS (SELECT 1 FROM ${only})`;
  const kept = unnested(to, rows, [
    ["bigint", ({ seq }) => seq],
    ["text", ({ event }) => event],
    ["double precision", ({ at }) => at],
    ["text", ({ checkpoint }) => checkpoint],
    ["text", ({ actor }) => actor],
    ["text", ({ tool }) => tool],
    ["text", ({ record }) => record],
    ["text", ({ hash }) => hash],
  ]);
  to.parts.push(
    `kept AS (
       INSERT INTO ${schema}.audit (seq, event, at, checkpoint, actor, tool, record, hash)
       SELECT * FROM ${kept} ${condition}
     )`,
    `head AS (
       INSERT INTO ${schema}.audit_head (seq, hash)
       SELECT ${named(to, end.seq)}::bigint, ${named(to, end.hash)}::text ${condition}
       ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
     )`,
  );
}

/** The records of a log that fit a filter, in one round trip. */
export async function readLog(
  pool: Pick<PgClient, "query">,
  schema: string,
  filter: AuditFilter,
): Promise<readonly AuditRecord[]> {
  const query = statement();
  const conditions = where(query, filter);
  const limit = named(query, filter.limit ?? 100);
  const text = `SELECT record, hash FROM ${schema}.audit WHERE ${conditions} ORDER BY seq LIMIT ${limit}`;
  return ((await pool.query(text, query.values)).rows as readonly AuditRow[]).map(auditRecordOf);
}

/** The conditions of a filter. */
function where(to: Statement, { after, since, event, actor, tool, checkpoint }: AuditFilter): string {
  const conditions = [`seq > ${named(to, after ?? 0)}`];
  if (event !== undefined) conditions.push(`event = ${named(to, event)}`);
  for (const [column, value] of Object.entries({ actor, tool, checkpoint })) {
    if (value === undefined) continue;
    const name = named(to, textOf(value));
    // The indexes are over the beginnings, for their entries must not be long.
    conditions.push(`left(${column}, 200) = left(${name}, 200) AND ${column} = ${name}`);
  }
  if (since !== undefined) conditions.push(`at >= ${named(to, since)}`);
  return conditions.join(" AND ");
}
