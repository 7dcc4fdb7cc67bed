import { makingKeep } from "./chain.ts";
import { locking } from "./locks.ts";
import { type PgPool, transaction } from "./pool.ts";

/**
 * How the tables became what they are: each version's statements, in order, for a schema. What has been released is
 * never changed, only added to.
 */
const MIGRATIONS: readonly ((schema: string) => string)[] = [
  (schema) => `
    CREATE TABLE ${schema}.records (
      seq bigint GENERATED ALWAYS AS IDENTITY,
      kind text NOT NULL,
      id text PRIMARY KEY,
      revision integer NOT NULL,
      state text NOT NULL,
      actor text NOT NULL,
      expires double precision NOT NULL,
      record text NOT NULL,
      digest text
    );
    COMMENT ON COLUMN ${schema}.records.digest IS 'SHA-256 of the canonical JSON of a checkpoint''s request';
    CREATE INDEX records_kind ON ${schema}.records (kind, seq);
    CREATE INDEX records_state ON ${schema}.records (state, seq);
    CREATE INDEX records_actor ON ${schema}.records (left(actor, 200), kind, seq);
    CREATE INDEX records_expires ON ${schema}.records (state, expires);
    CREATE TABLE ${schema}.totals (
      key bytea NOT NULL,
      level smallint NOT NULL,
      bucket bigint NOT NULL,
      amount double precision NOT NULL,
      PRIMARY KEY (key, level, bucket)
    );
    COMMENT ON COLUMN ${schema}.totals.key IS 'SHA-256 of the track''s key';
    CREATE TABLE ${schema}.audit (
      seq bigint PRIMARY KEY,
      event text NOT NULL,
      at double precision NOT NULL,
      checkpoint text,
      actor text,
      tool text,
      record text NOT NULL,
      hash text NOT NULL
    );
    COMMENT ON COLUMN ${schema}.audit.hash IS 'SHA-256 of record, which names the hash before it';
    CREATE INDEX audit_event ON ${schema}.audit (event, seq);
    CREATE INDEX audit_at ON ${schema}.audit (at);
    CREATE INDEX audit_checkpoint ON ${schema}.audit (left(checkpoint, 200), seq) WHERE checkpoint IS NOT NULL;
    CREATE INDEX audit_actor ON ${schema}.audit (left(actor, 200), seq) WHERE actor IS NOT NULL;
    CREATE INDEX audit_tool ON ${schema}.audit (left(tool, 200), seq) WHERE tool IS NOT NULL;
    CREATE TABLE ${schema}.audit_head (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      seq bigint NOT NULL,
      hash text NOT NULL
    );
    CREATE TABLE ${schema}.sinks (
      name text PRIMARY KEY,
      seq bigint NOT NULL
    );
    ${makingKeep(schema)}`,
];

/**
 * Which version the schema has: 0 where there is none. It asks the catalogue's tables, for functions such as
 * `to_regclass` may still answer what was true before this transaction waited for its lock.
 */
async function versionOf(pool: Pick<PgPool, "query">, schema: string): Promise<number> {
  const { rows } = await pool.query(
    `SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = 'version'`,
    [schema],
  );
  if (rows.length === 0) return 0;
  const found = await pool.query(`SELECT max(version) AS version FROM ${quoted(schema)}.version`);
  return Number((found.rows[0] as { readonly version: number | null }).version);
}

/** A schema's name, which has no quotes in it, as an identifier. */
export const quoted = (schema: string): string => `"${schema}"`;

/**
 * Brings the schema up to date: nothing where it is; else what it has not seen, in one transaction and by one process at a
 * time. Rejects where the schema is newer than this package.
 */
export async function migrate(pool: PgPool, schema: string): Promise<void> {
  const known = MIGRATIONS.length;
  const before = await versionOf(pool, schema);
  if (before > known) {
    throw new Error(
      `postgres store: schema \`${schema}\` has version ${before}, and this package knows ${known}`,
    );
  }
  if (before === known) return;
  await transaction(pool, locking([`${schema} migrate`]), async (client) => {
    // Another process may have been here while this one waited.
    const version = await versionOf(client, schema);
    if (version >= known) return [];
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${quoted(schema)}.version (version integer PRIMARY KEY, since timestamptz NOT NULL DEFAULT now())`,
    );
    for (const [at, statements] of MIGRATIONS.entries()) {
      if (at < version) continue;
      await client.query(statements(quoted(schema)));
      await client.query(`INSERT INTO ${quoted(schema)}.version (version) VALUES ($1)`, [at + 1]);
    }
    return [];
  });
}
