import type { Kind, RecordFilter, RecordKinds } from "@agentpolicy/runtime";
import { type Columns, columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "@agentpolicy/runtime/store";
import { nameOf } from "./changes.ts";
import { CHANNEL } from "./line.ts";
import { sha256 } from "./locks.ts";
import type { PgPool } from "./pool.ts";
import { said, type Values, values } from "./values.ts";

const found = <K extends Kind>(rows: readonly unknown[]): readonly RecordKinds[K][] =>
  (rows as readonly Columns[]).map((row) => recordOf<K>(row, sha256));

/** Checkpoints and standing approvals as rows. Each function is one statement. */
export const records = (pool: PgPool, schema: string) => ({
  async read<K extends Kind>(kind: K, id: string): Promise<RecordKinds[K] | undefined> {
    const query = `SELECT record, digest FROM ${schema}.records WHERE id = $1 AND kind = $2`;
    return found<K>((await pool.query(query, [textOf(id), kind])).rows)[0];
  },

  async list<K extends Kind>(kind: K, filter: RecordFilter): Promise<readonly RecordKinds[K][]> {
    const { all, name } = values();
    const conditions = where(name, schema, kind, filter);
    const limit = name(filter.limit ?? 100);
    const query = `SELECT record, digest FROM ${schema}.records WHERE ${conditions} ORDER BY seq LIMIT ${limit}`;
    return found<K>((await pool.query(query, all)).rows);
  },
});

/** The statement that puts a record: it has one row if it fits, and then whoever waits is told once it is done. */
export function puttingRecord(schema: string, given: RecordKinds[Kind]): string {
  const { kind, id, revision, state, actor, expires, record, digest } = columnsOf(given, sha256);
  const kept = digest === null ? "NULL" : `'${digest}'`;
  const columns = `${Number(revision)}, ${said(state)}, ${said(actor)}, ${expires}, ${said(record)}, ${kept}`;
  return revision === 0
    ? // Nobody waits for what is not there yet.
      `INSERT INTO ${schema}.records (kind, id, revision, state, actor, expires, record, digest)
       VALUES (${said(kind)}, ${said(id)}, ${columns}) ON CONFLICT (id) DO NOTHING RETURNING seq`
    : `UPDATE ${schema}.records SET (revision, state, actor, expires, record, digest) = ROW(${columns})
       WHERE kind = ${said(kind)} AND id = ${said(id)} AND revision = ${revision - 1}
       RETURNING pg_notify('${CHANNEL}', ${said(nameOf(schema, given.id))})`;
}

/** The conditions of a filter. */
function where(
  name: Values["name"],
  schema: string,
  kind: Kind,
  { state, actor, overdue, after }: RecordFilter,
): string {
  const conditions = [`kind = ${name(kind)}`];
  if (state !== undefined) conditions.push(`state = ${name(state)}`);
  if (actor !== undefined) {
    const whole = name(textOf(actor));
    // The index is over the beginning, for its entries must not be long.
    conditions.push(`left(actor, 200) = left(${whole}, 200) AND actor = ${whole}`);
  }
  if (overdue !== undefined) {
    conditions.push(`state = ANY(${name(UNTIL_EXPIRED)}) AND expires <= ${name(overdue)}`);
  }
  if (after !== undefined) {
    // Where there is no such record, all of them.
    const page = `SELECT seq FROM ${schema}.records WHERE id = ${name(textOf(after))}`;
    conditions.push(`seq > coalesce((${page}), 0)`);
  }
  return conditions.join(" AND ");
}
