import type { CheckpointFilter, CheckpointRecord } from "@agentpolicy/runtime";
import { columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "@agentpolicy/runtime/store";
import type { Connection } from "./open.ts";

/** Checkpoints as rows. Each function is one statement, and so one atomic step. */
export function checkpoints(db: Connection) {
  const one = db.prepare("SELECT record FROM agentpolicy_checkpoints WHERE id = ?");
  const first = db.prepare(
    `INSERT INTO agentpolicy_checkpoints (id, revision, state, actor, expires, record)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const next = db.prepare(
    `UPDATE agentpolicy_checkpoints SET revision = ?, state = ?, actor = ?, expires = ?, record = ?
     WHERE id = ? AND revision = ?`,
  );
  const records = (rows: unknown[]) =>
    (rows as { readonly record: string }[]).map(({ record }) => recordOf(record));

  return {
    read: (id: string): CheckpointRecord | undefined => records(one.all(textOf(id)))[0],

    put(given: CheckpointRecord): boolean {
      const { id, revision, state, actor, expires, record } = columnsOf(given);
      const { changes } =
        revision === 0
          ? first.run(id, revision, state, actor, expires, record)
          : next.run(revision, state, actor, expires, record, id, revision - 1);
      return changes === 1;
    },

    list(filter: CheckpointFilter): readonly CheckpointRecord[] {
      const [conditions, values] = where(filter);
      const query = `SELECT record FROM agentpolicy_checkpoints ${conditions} ORDER BY seq LIMIT ?`;
      return records(db.prepare(query).all(...values, filter.limit ?? 100));
    },
  };
}

/** The conditions of a filter, and what stands for their question marks. */
function where({ state, actor, overdue, after }: CheckpointFilter): [string, (string | number)[]] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const demand = (condition: string, ...more: (string | number)[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (state !== undefined) demand("state = ?", state);
  if (actor !== undefined) demand("actor = ?", textOf(actor));
  if (overdue !== undefined) {
    demand(`state IN (${UNTIL_EXPIRED.map(() => "?")}) AND expires <= ?`, ...UNTIL_EXPIRED, overdue);
  }
  if (after !== undefined) {
    // Where there is no such checkpoint, all of them.
    demand("seq > ifnull((SELECT seq FROM agentpolicy_checkpoints WHERE id = ?), 0)", textOf(after));
  }
  return [conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "", values];
}
