import type { AuditFilter, AuditHead, AuditNote, AuditRecord } from "@agentpolicy/runtime";
import { type AuditRow, auditRecordOf, looseRowOf, NOTHING, textOf } from "@agentpolicy/runtime/store";
import { lockOf } from "./locks.ts";
import type { PgClient, Rows } from "./pool.ts";
import { said, type Values, values } from "./values.ts";

/** The end of a chain, from the rows that tell it. */
export const headOf = (rows: Rows): AuditHead => {
  const [row] = rows as readonly { readonly seq: string; readonly hash: string }[];
  return row ? { seq: Number(row.seq), hash: row.hash } : NOTHING;
};

/**
 * What keeps plain notes at the end of a schema's chain, as part of a statement. It comes after all that waits for others, so
 * that nobody who has the one lock of the chain waits for anybody.
 */
export const keeping = (schema: string, notes: readonly AuditNote[]): string =>
  `${schema}.keep(${said(JSON.stringify(notes.map(looseRowOf)))}::json)`;

/**
 * Makes the function that keeps notes. The database seals the records itself: whoever wrote them would have to be asked and to
 * answer while all others wait for the lock.
 */
export const makingKeep = (schema: string): string => `
  CREATE FUNCTION ${schema}.keep(notes json) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      note record;
      head record;
      sealed text;
    BEGIN
      -- Each statement sees what was committed when it began: the next one what the last in line has.
      PERFORM pg_advisory_xact_lock(${lockOf(`${schema} chain`)});
      SELECT seq, hash INTO head FROM (
        SELECT seq, hash FROM ${schema}.audit_head UNION ALL SELECT ${NOTHING.seq}, '${NOTHING.hash}'
      ) AS heads ORDER BY seq DESC LIMIT 1;
      FOR note IN
        SELECT * FROM json_to_recordset(notes) AS given (
          event text, at double precision, checkpoint text, actor text, tool text,
          before text, "between" text, after text
        )
      LOOP
        head.seq := head.seq + 1;
        sealed := note.before || head.hash || note."between" || head.seq || note.after;
        head.hash := encode(sha256(convert_to(sealed, 'UTF8')), 'hex');
        INSERT INTO ${schema}.audit (seq, event, at, checkpoint, actor, tool, record, hash)
        VALUES (head.seq, note.event, note.at, note.checkpoint, note.actor, note.tool, sealed, head.hash);
      END LOOP;
      INSERT INTO ${schema}.audit_head (seq, hash) VALUES (head.seq, head.hash)
      ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;
    END
  $$`;

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
