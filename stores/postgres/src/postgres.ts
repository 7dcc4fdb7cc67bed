import type { Store } from "@agentpolicy/runtime";
import { checkpoints } from "./checkpoints.ts";
import { migrate, quoted } from "./migrations.ts";
import { type PgPool, transaction } from "./pool.ts";
import { addEntries, locksFor, readFigures } from "./tracks.ts";

export interface PostgresOptions {
  /** The schema that the tables are in, `agentpolicy` where absent: lower-case letters, digits and `_`. */
  readonly schema?: string;
}

/** A store in a database. The pool stays the host's. */
export interface PostgresStore extends Store {
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
  const name = quoted(schema);
  const rows = checkpoints(pool, name);
  let ready: Promise<void> | undefined;
  /** Once; again after it failed. */
  const migrated = () => {
    ready ??= migrate(pool, schema).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
  return {
    migrate: migrated,
    read: async (id) => {
      await migrated();
      return rows.read(id);
    },
    put: async (record) => {
      await migrated();
      return rows.put(record);
    },
    list: async (filter) => {
      await migrated();
      return rows.list(filter);
    },
    track: async (keyed, now, decide) => {
      await migrated();
      await transaction(pool, locksFor(schema, keyed), async (client) => {
        const entries = decide(await readFigures(client, name, keyed, now));
        if (entries.length > 0) await addEntries(client, name, entries, 1);
      });
    },
    release: async (entries) => {
      if (entries.length === 0) return;
      await migrated();
      await transaction(pool, locksFor(schema, entries), (client) => addEntries(client, name, entries, -1));
    },
  };
}
