import type { CheckpointFilter, CheckpointRecord } from "@agentpolicy/runtime";
import { columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "@agentpolicy/runtime/store";
import type { PgPool } from "./pool.ts";

const records = (rows: readonly unknown[]): readonly CheckpointRecord[] =>
  (rows as readonly { readonly record: string }[]).map(({ record }) => recordOf(record));

/** Checkpoints as rows. Each function is one statement, and so one atomic step. */
export const checkpoints = (pool: PgPool, schema: string) => ({
  async read(id: string): Promise<CheckpointRecord | undefined> {
    const query = `SELECT record FROM ${schema}.checkpoints WHERE id = $1`;
    return records((await pool.query(query, [textOf(id)])).rows)[0];
  },

  async put(given: CheckpointRecord): Promise<boolean> {
    const { id, revision, state, actor, expires, record } = columnsOf(given);
    const query =
      revision === 0
        ? `INSERT INTO ${schema}.checkpoints (id, revision, state, actor, expires, record)
           VALUES ($1, $2::integer, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`
        : `UPDATE ${schema}.checkpoints SET revision = $2::integer, state = $3, actor = $4, expires = $5, record = $6
           WHERE id = $1 AND revision = $2::integer - 1`;
    try {
      return (await pool.query(query, [id, revision, state, actor, expires, record])).rowCount === 1;
    } catch (error) {
      // Where the host's default isolation is stricter, this is how somebody else's being faster is said.
      if ((error as { readonly code?: unknown }).code === "40001") return false;
      throw error;
    }
  },

  async list(filter: CheckpointFilter): Promise<readonly CheckpointRecord[]> {
    const [conditions, values] = where(schema, filter);
    const query = `SELECT record FROM ${schema}.checkpoints ${conditions} ORDER BY seq LIMIT $1`;
    return records((await pool.query(query, [filter.limit ?? 100, ...values])).rows);
  },
});

/** The conditions of a filter, and what stands for `$2` and so on. */
function where(schema: string, { state, actor, overdue, after }: CheckpointFilter): [string, unknown[]] {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const next = (value: unknown) => `$${values.push(value) + 1}`;
  if (state !== undefined) conditions.push(`state = ${next(state)}`);
  if (actor !== undefined) {
    const name = next(textOf(actor));
    // The index is over the beginning, for its entries must not be long.
    conditions.push(`left(actor, 200) = left(${name}, 200) AND actor = ${name}`);
  }
  if (overdue !== undefined) {
    conditions.push(`state = ANY(${next(UNTIL_EXPIRED)}) AND expires <= ${next(overdue)}`);
  }
  if (after !== undefined) {
    // Where there is no such checkpoint, all of them.
    const page = `SELECT seq FROM ${schema}.checkpoints WHERE id = ${next(textOf(after))}`;
    conditions.push(`seq > coalesce((${page}), 0)`);
  }
  return [conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "", values];
}
