import type { Kind, RecordFilter, RecordKinds } from "@agentpolicy/runtime";
import { columnsOf, recordOf, textOf, UNTIL_EXPIRED } from "@agentpolicy/runtime/store";
import { CHANNEL, nameOf } from "./changes.ts";
import type { PgPool } from "./pool.ts";
import { named, type Statement, statement } from "./statement.ts";

const found = <K extends Kind>(rows: readonly unknown[]): readonly RecordKinds[K][] =>
  (rows as readonly { readonly record: string }[]).map(({ record }) => recordOf<K>(record));

/** Checkpoints and standing approvals as rows. Each function is one statement. */
export const records = (pool: PgPool, schema: string) => ({
  async read<K extends Kind>(kind: K, id: string): Promise<RecordKinds[K] | undefined> {
    const query = `SELECT record FROM ${schema}.records WHERE id = $1 AND kind = $2`;
    return found<K>((await pool.query(query, [textOf(id), kind])).rows)[0];
  },

  async list<K extends Kind>(kind: K, filter: RecordFilter): Promise<readonly RecordKinds[K][]> {
    const query = statement();
    const conditions = where(query, schema, kind, filter);
    const limit = named(query, filter.limit ?? 100);
    const text = `SELECT record FROM ${schema}.records WHERE ${conditions} ORDER BY seq LIMIT ${limit}`;
    return found<K>((await pool.query(text, query.values)).rows);
  },
});

/** Puts a record, as the part `put` of a statement: one row if it fits, and then whoever waits is told. */
export function putRecord(to: Statement, schema: string, given: RecordKinds[Kind]): void {
  const { kind, id, revision, state, actor, expires, record } = columnsOf(given);
  const columns = [kind, id, revision, state, actor, expires, record];
  const [KIND, ID, REVISION, STATE, ACTOR, EXPIRES, RECORD] = columns.map((value) => named(to, value));
  const values = `${REVISION}::integer, ${STATE}, ${ACTOR}, ${EXPIRES}::double precision, ${RECORD}`;
  to.parts.push(
    revision === 0
      ? // Nobody waits for what is not there yet.
        `put AS (
           INSERT INTO ${schema}.records (kind, id, revision, state, actor, expires, record)
           VALUES (${KIND}, ${ID}, ${values}) ON CONFLICT (id) DO NOTHING RETURNING seq
         )`
      : `put AS (
           UPDATE ${schema}.records SET (revision, state, actor, expires, record) = ROW(${values})
           WHERE kind = ${KIND} AND id = ${ID} AND revision = ${REVISION}::integer - 1
           RETURNING pg_notify('${CHANNEL}', ${named(to, nameOf(schema, given.id))})
         )`,
  );
}

/** The conditions of a filter. */
function where(
  to: Statement,
  schema: string,
  kind: Kind,
  { state, actor, overdue, after }: RecordFilter,
): string {
  const conditions = [`kind = ${named(to, kind)}`];
  if (state !== undefined) conditions.push(`state = ${named(to, state)}`);
  if (actor !== undefined) {
    const name = named(to, textOf(actor));
    // The index is over the beginning, for its entries must not be long.
    conditions.push(`left(actor, 200) = left(${name}, 200) AND actor = ${name}`);
  }
  if (overdue !== undefined) {
    conditions.push(`state = ANY(${named(to, UNTIL_EXPIRED)}) AND expires <= ${named(to, overdue)}`);
  }
  if (after !== undefined) {
    // Where there is no such record, all of them.
    const page = `SELECT seq FROM ${schema}.records WHERE id = ${named(to, textOf(after))}`;
    conditions.push(`seq > coalesce((${page}), 0)`);
  }
  return conditions.join(" AND ");
}
