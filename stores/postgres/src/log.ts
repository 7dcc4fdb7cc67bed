import type { AuditLog, AuditNote } from "@agentpolicy/runtime";
import { inBatches, inTurns, noteOf, plainNotes } from "@agentpolicy/runtime/store";
import { headOf, keeping, readLog } from "./chain.ts";
import { atOnce, type PgPool } from "./pool.ts";
import { sinks } from "./sinks.ts";

/** The audit log of a store whose tables are there once `migrated` resolves. */
export function log(pool: PgPool, schema: string, migrated: () => Promise<void>): AuditLog {
  const cursors = sinks(pool, schema);
  const one = inTurns();
  const append = inBatches<AuditNote>(async (notes) => {
    await atOnce(pool, [`SELECT ${keeping(schema, notes)}`]);
  });
  return {
    append: async (facts) => {
      if (facts.length === 0) return;
      const notes = plainNotes(facts.map(noteOf));
      await migrated();
      await append(notes);
    },
    read: async (filter) => {
      await migrated();
      return readLog(pool, schema, filter);
    },
    head: async () => {
      await migrated();
      return headOf((await pool.query(`SELECT seq, hash FROM ${schema}.audit_head`)).rows);
    },
    behind: async (sink) => {
      await migrated();
      return cursors.behind(sink);
    },
    deliver: (sink, limit, write) =>
      one(sink, async () => {
        await migrated();
        return cursors.deliver(sink, limit, write);
      }),
  };
}
