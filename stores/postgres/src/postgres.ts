import type { Store } from "@agentpolicy/runtime";
import { noteOf, noteOfRecord, plainNotes, textOf } from "@agentpolicy/runtime/store";
import { headOf, keepingNotes, lockingChain } from "./chain.ts";
import { listenerOn, nameOf } from "./changes.ts";
import { log } from "./log.ts";
import { migrate, quoted } from "./migrations.ts";
import { type PgPool, together, transaction } from "./pool.ts";
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
      const opening = [puttingRecord(schema, record), ...lockingChain(schema)];
      return transaction(pool, opening, async (_, results) => {
        const fits = results[0]?.length === 1;
        return { last: fits ? keepingNotes(schema, headOf(results.at(-1)), notes) : [], answer: fits };
      });
    },
    track: async (keyed, now, decide) => {
      await migrated();
      await transaction(pool, lockingKeys(schema, keyed), async (client) => {
        const { entries, facts } = decide(await readFigures(client, schema, keyed, now));
        const notes = plainNotes([noteOf(facts)]);
        const writing = [...addingEntries(schema, entries, 1), ...lockingChain(schema)];
        const head = headOf((await together(client, writing)).at(-1));
        return { last: keepingNotes(schema, head, notes), answer: undefined };
      });
    },
    release: async (entries, facts) => {
      if (entries.length === 0 && !facts) return;
      const notes = facts ? plainNotes([noteOf(facts)]) : [];
      await migrated();
      const opening = [
        ...lockingKeys(schema, entries),
        ...addingEntries(schema, entries, -1),
        ...(facts ? lockingChain(schema) : []),
      ];
      await transaction(pool, opening, async (_, results) => ({
        last: keepingNotes(schema, headOf(results.at(-1)), notes),
        answer: undefined,
      }));
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
