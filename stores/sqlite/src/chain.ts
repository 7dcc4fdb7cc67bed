import type { AuditFilter, AuditHead, AuditNote, AuditRecord } from "@agentpolicy/runtime";
import { type AuditRow, auditRecordOf, NOTHING, rowsOf, textOf } from "@agentpolicy/runtime/store";
import type { Connection } from "./libsql.ts";
import { sha256 } from "./sha256.ts";

export type Chain = ReturnType<typeof chain>;

/** The audit log as rows. */
export function chain(db: Connection) {
  const last = db.prepare("SELECT seq, hash FROM agentpolicy_audit_head");
  const add = db.prepare(
    `INSERT INTO agentpolicy_audit (seq, event, at, checkpoint, actor, tool, record, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const move = db.prepare(
    `INSERT INTO agentpolicy_audit_head VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  );
  const found = (rows: unknown[]) => (rows as AuditRow[]).map(auditRecordOf);
  const head = (): AuditHead => {
    const [row] = last.all() as AuditHead[];
    return row ? { seq: row.seq, hash: row.hash } : NOTHING;
  };

  return {
    head,

    /** Keeps plain notes. Must run within a transaction. */
    keep(notes: readonly AuditNote[]): void {
      const rows = rowsOf(head(), notes, sha256);
      for (const { seq, event, at, checkpoint, actor, tool, record, hash } of rows) {
        add.run(seq, event, at, checkpoint, actor, tool, record, hash);
      }
      const end = rows.at(-1);
      if (end) move.run(end.seq, end.hash);
    },

    read(filter: AuditFilter): readonly AuditRecord[] {
      const [conditions, values] = where(filter);
      const query = `SELECT record, hash FROM agentpolicy_audit WHERE ${conditions} ORDER BY seq LIMIT ?`;
      return found(db.prepare(query).all(...values, filter.limit ?? 100));
    },
  };
}

/** The conditions of a filter, and what stands for their question marks. */
function where({ after, since, event, actor, tool, checkpoint }: AuditFilter): [string, (string | number)[]] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const demand = (condition: string, ...more: (string | number)[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  // The first record to look at; times are not quite in order, so the index of times gives no more than that. With `+` a
  // column is compared and no index of it used.
  if (after || since === undefined) demand("seq > ?", after ?? 0);
  else demand("seq >= (SELECT min(+seq) FROM agentpolicy_audit WHERE at >= ?)", since);
  if (since !== undefined) demand("+at >= ?", since);
  if (event !== undefined) demand("event = ?", event);
  if (actor !== undefined) demand("actor = ?", textOf(actor));
  if (tool !== undefined) demand("tool = ?", textOf(tool));
  if (checkpoint !== undefined) demand("checkpoint = ?", textOf(checkpoint));
  return [conditions.join(" AND "), values];
}
