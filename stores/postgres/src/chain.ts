import type { AuditFilter, AuditHead, AuditNote, AuditRecord } from "@agentpolicy/runtime";
import { type AuditRow, auditRecordOf, NOTHING, rowsOf, textOf } from "@agentpolicy/runtime/store";
import { locking, sha256 } from "./locks.ts";
import type { PgClient, Rows } from "./pool.ts";
import { rowsSaid, said, type Values, values } from "./values.ts";

/**
 * Statements that take the one lock of a schema's chain and read its end. They come last of all that waits for others, so that
 * nobody who has it waits for anybody.
 */
export const lockingChain = (schema: string): readonly string[] => [
  ...locking([`${schema} chain`]),
  `SELECT seq, hash FROM ${schema}.audit_head`,
];

/** The end of a chain, from the rows that tell it. */
export const headOf = (rows: Rows | undefined): AuditHead => {
  const [row] = (rows ?? []) as readonly { readonly seq: string; readonly hash: string }[];
  return row ? { seq: Number(row.seq), hash: row.hash } : NOTHING;
};

/** Statements that keep plain notes, of whoever has the lock. */
export function keepingNotes(
  schema: string,
  head: AuditHead,
  notes: readonly AuditNote[],
): readonly string[] {
  const rows = rowsOf(head, notes, sha256);
  const end = rows.at(-1);
  if (!end) return [];
  const columns = "seq, event, at, checkpoint, actor, tool, record, hash";
  const types =
    "seq bigint, event text, at double precision, checkpoint text, actor text, tool text, record text, hash text";
  return [
    `INSERT INTO ${schema}.audit (${columns}) SELECT ${columns} FROM ${rowsSaid(rows, types)}`,
    `INSERT INTO ${schema}.audit_head (seq, hash) VALUES (${end.seq}, ${said(end.hash)})
     ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  ];
}

/** The records of a log that fit a filter, in one round trip. */
export async function readLog(
  pool: Pick<PgClient, "query">,
  schema: string,
  filter: AuditFilter,
): Promise<readonly AuditRecord[]> {
  const { all, name } = values();
  const conditions = where(name, filter);
  const limit = name(filter.limit ?? 100);
  const query = `SELECT record, hash FROM ${schema}.audit WHERE ${conditions} ORDER BY seq LIMIT ${limit}`;
  return ((await pool.query(query, all)).rows as readonly AuditRow[]).map(auditRecordOf);
}

/** The conditions of a filter. */
function where(name: Values["name"], { after, since, event, actor, tool, checkpoint }: AuditFilter): string {
  const conditions = [`seq > ${name(after ?? 0)}`];
  if (event !== undefined) conditions.push(`event = ${name(event)}`);
  for (const [column, value] of Object.entries({ actor, tool, checkpoint })) {
    if (value === undefined) continue;
    const whole = name(textOf(value));
    // The indexes are over the beginnings, for their entries must not be long.
    conditions.push(`left(${column}, 200) = left(${whole}, 200) AND ${column} = ${whole}`);
  }
  if (since !== undefined) conditions.push(`at >= ${name(since)}`);
  return conditions.join(" AND ");
}
