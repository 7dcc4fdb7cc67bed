import type { Store } from "@agentpolicy/runtime";
import { noteOf, noteOfRecord, plainNotes, textOf } from "@agentpolicy/runtime/store";
import { keeping } from "./chain.ts";
import { listenerOn, nameOf } from "./changes.ts";
import { log } from "./log.ts";
import { migrate, quoted } from "./migrations.ts";
import { atOnce, type PgPool, transaction } from "./pool.ts";
import { puttingRecord, records } from "./records.ts";
import { addingEntries, lockingKeys, readFigures } from "./tracks.ts";

export interface PostgresOptions {
  /** The schema that the tables are in, `agentpolicy` where absent: lower-case letters, digits and `_`. */
  readonly schema?: string;
}

/** A store in a database. The pool stays the host's. */
export interface PostgresStore extends Store {
  readonly changed: NonNullable<Store["changed"]>;
  readonly log: NonNullable<Store["log"]>;
  /**
   * Makes the tables, or brings them up to date; the first use of the store does it too. Call it where tables are made by
   * another user than the one who uses them, or to hear of trouble at the start.
   */
  readonly migrate: () => Promise<void>;
}

/**
 * A store in a Postgres database (12 or later), for any number of processes and hosts. Throws an `Error` where `schema` is
 * no such name.
 */
export function postgres(pool: PgPool, { schema = "agentpolicy" }: PostgresOptions = {}): PostgresStore {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new Error(
      `postgres store: expected a schema of lower-case letters, digits and _, found ${JSON.stringify(schema)}`,
    );
  }
  let ready: Promise<void> | undefined;
  /** Once; again after it failed. */
  const migrated = () => {
    ready ??= migrate(pool, schema).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
  return { ...steps(pool, quoted(schema), migrated), migrate: migrated };
}

/** The steps of a store in a schema, whose tables are there once `migrated` resolves. */
function steps(pool: PgPool, schema: string, migrated: () => Promise<void>): Omit<PostgresStore, "migrate"> {
  const rows = records(pool, schema);
  return {
    read: async (kind, id) => {
      await migrated();
      return rows.read(kind, id);
    },
    list: async (kind, filter) => {
      await migrated();
      return rows.list(kind, filter);
    },
    put: async (record) => {
      const notes = plainNotes([noteOfRecord(record)]);
      await migrated();
      const [kept] = await atOnce(pool, [
        `WITH put AS (${puttingRecord(schema, record)}) SELECT ${keeping(schema, notes)} FROM put`,
      ]);
      return kept?.length === 1;
    },
    track: async (keyed, now, decide) => {
      await migrated();
      await transaction(pool, lockingKeys(schema, keyed), async (client) => {
        const { entries, facts } = decide(await readFigures(client, schema, keyed, now));
        const notes = plainNotes([noteOf(facts)]);
        return [...addingEntries(schema, entries, 1), `SELECT ${keeping(schema, notes)}`];
      });
    },
    release: async (entries, facts) => {
      if (entries.length === 0 && !facts) return;
      const notes = facts ? plainNotes([noteOf(facts)]) : [];
      await migrated();
      await atOnce(pool, [
        ...lockingKeys(schema, entries),
        ...addingEntries(schema, entries, -1),
        ...(facts ? [`SELECT ${keeping(schema, notes)}`] : []),
      ]);
    },
    changed: (id, revision, ms) =>
      listenerOn(pool).wait(
        nameOf(schema, id),
        async (query) => {
          await migrated();
          const same = `SELECT 1 FROM ${schema}.records WHERE id = $1 AND revision = $2`;
          return (await query(same, [textOf(id), revision])).rows.length === 0;
        },
        ms,
      ),
    log: log(pool, schema, migrated),
  };
}
