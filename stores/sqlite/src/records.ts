import type { Kind, RecordFilter, RecordKinds } from "@agentpolicy/runtime";
import { type Columns, columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "@agentpolicy/runtime/store";
import type { Connection } from "./libsql.ts";
import { sha256 } from "./sha256.ts";

type Value = string | number;

/** Checkpoints and standing approvals as rows. Each function is one statement, and so one atomic step. */
export function records(db: Connection) {
  const one = db.prepare("SELECT record, digest FROM agentpolicy_records WHERE id = ? AND kind = ?");
  const count = db.prepare("SELECT revision FROM agentpolicy_records WHERE id = ?");
  const first = db.prepare(
    `INSERT INTO agentpolicy_records (revision, state, actor, expires, record, digest, id, kind)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const next = db.prepare(
    `UPDATE agentpolicy_records SET revision = ?, state = ?, actor = ?, expires = ?, record = ?, digest = ?
     WHERE id = ? AND kind = ? AND revision = ?`,
  );
  const found = <K extends Kind>(rows: unknown[]) =>
    (rows as Columns[]).map((row) => recordOf<K>(row, sha256));

  return {
    read: <K extends Kind>(kind: K, id: string): RecordKinds[K] | undefined =>
      found<K>(one.all(textOf(id), kind))[0],

    /** Undefined where there is no such record. */
    revision: (id: string): number | undefined =>
      (count.all(textOf(id)) as { readonly revision: number }[])[0]?.revision,

    put(given: RecordKinds[Kind]): boolean {
      const { kind, id, revision, state, actor, expires, record, digest } = columnsOf(given, sha256);
      const values = [revision, state, actor, expires, record, digest, id, kind];
      const { changes } = revision === 0 ? first.run(...values) : next.run(...values, revision - 1);
      return changes === 1;
    },

    list<K extends Kind>(kind: K, filter: RecordFilter): readonly RecordKinds[K][] {
      const [conditions, values] = where(kind, filter);
      const query = `SELECT record, digest FROM agentpolicy_records WHERE ${conditions} ORDER BY seq LIMIT ?`;
      return found<K>(db.prepare(query).all(...values, filter.limit ?? 100));
    },
  };
}

/** The conditions of a filter, and what stands for their question marks. */
function where(kind: Kind, { state, actor, overdue, after }: RecordFilter): [string, Value[]] {
  const conditions = ["kind = ?"];
  const values: Value[] = [kind];
  const demand = (condition: string, ...more: Value[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (state !== undefined) demand("state = ?", state);
  if (actor !== undefined) demand("actor = ?", textOf(actor));
  if (overdue !== undefined) {
    demand(`state IN (${UNTIL_EXPIRED.map(() => "?")}) AND expires <= ?`, ...UNTIL_EXPIRED, overdue);
  }
  if (after !== undefined) {
    // Where there is no such record, all of them.
    demand("seq > ifnull((SELECT seq FROM agentpolicy_records WHERE id = ?), 0)", textOf(after));
  }
  return [conditions.join(" AND "), values];
}
