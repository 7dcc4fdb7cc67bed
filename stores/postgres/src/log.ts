import type { AuditLog, AuditNote } from "@agentpolicy/runtime";
import {
  type AuditRow,
  auditRecordOf,
  inBatches,
  inTurns,
  noteOf,
  plainNotes,
  textOf,
} from "@agentpolicy/runtime/store";
import { headOf, keepNotes, lockingChain, readLog } from "./chain.ts";
import { locking } from "./locks.ts";
import { type PgClient, type PgPool, transaction } from "./pool.ts";
import { answerOf, statement } from "./statement.ts";

/** How often the database hears of a process that is delivering, in milliseconds: long before that counts as silence. */
const ALIVE = 1_000;

type Write = Parameters<AuditLog["deliver"]>[2];

const behindOf = (rows: readonly unknown[]): number =>
  Number((rows[0] as { readonly behind: string }).behind);

/** Does `work` within a transaction, and lets the database hear of it meanwhile. */
async function speaking(client: PgClient, work: () => Promise<void>): Promise<void> {
  // Where the connection breaks, what comes after the work says so.
  const sign = setInterval(() => client.query("SELECT 1").catch(() => {}), ALIVE);
  try {
    await work();
  } finally {
    clearInterval(sign);
  }
}

/** The audit log of a store whose tables are there once `migrated` resolves. */
export function log(pool: PgPool, schema: string, migrated: () => Promise<void>): AuditLog {
  const one = inTurns();
  const append = inBatches<AuditNote>((notes) =>
    transaction(pool, lockingChain(schema), async (client, rows) => {
      const writing = statement();
      keepNotes(writing, schema, headOf(rows), notes);
      await answerOf(client, writing, "SELECT 1");
    }),
  );
  const behind = async (sink: string): Promise<number> => {
    const { rows } = await pool.query(
      `SELECT coalesce((SELECT seq FROM ${schema}.audit_head), 0)
         - coalesce((SELECT seq FROM ${schema}.sinks WHERE name = $1), 0) AS behind`,
      [textOf(sink)],
    );
    return behindOf(rows);
  };
  const deliver = (sink: string, limit: number, write: Write) =>
    transaction(pool, locking([`${schema} sink ${sink}`]), async (client) => {
      const { rows } = await client.query(
        `SELECT record, hash FROM ${schema}.audit
         WHERE seq > coalesce((SELECT seq FROM ${schema}.sinks WHERE name = $1), 0) ORDER BY seq LIMIT $2`,
        [textOf(sink), limit],
      );
      const records = (rows as readonly AuditRow[]).map(auditRecordOf);
      const last = records.at(-1);
      if (last) await speaking(client, () => write(records));
      const moved = await client.query(
        `INSERT INTO ${schema}.sinks AS sink (name, seq) VALUES ($1, $2::bigint)
         ON CONFLICT (name) DO UPDATE SET seq = greatest(sink.seq, excluded.seq)
         RETURNING coalesce((SELECT seq FROM ${schema}.audit_head), 0) - sink.seq AS behind`,
        [textOf(sink), last?.seq ?? 0],
      );
      return behindOf(moved.rows);
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
      return behind(sink);
    },
    deliver: (sink, limit, write) =>
      one(sink, async () => {
        await migrated();
        return (await behind(sink)) === 0 ? 0 : deliver(sink, limit, write);
      }),
  };
}
