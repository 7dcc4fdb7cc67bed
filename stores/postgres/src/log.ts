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
import { headOf, keeping, readLog } from "./chain.ts";
import { locking } from "./locks.ts";
import { atOnce, FLUSH, type PgClient, type PgPool, transaction } from "./pool.ts";
import { said } from "./values.ts";

/** How often the database hears of a process that is delivering, in milliseconds: long before that counts as silence. */
const ALIVE = 1_000;

type Write = Parameters<AuditLog["deliver"]>[2];

/** Does `work` within a transaction, and lets the database hear of it meanwhile. */
async function speaking(client: PgClient, work: () => Promise<void>): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const speak = () => {
    // Where the connection breaks, what comes after the work says so.
    last = last.then(() => client.query("SELECT 1")).catch(() => {});
  };
  const timer = setInterval(speak, ALIVE);
  try {
    await work();
  } finally {
    clearInterval(timer);
    await last;
  }
}

/** The audit log of a store whose tables are there once `migrated` resolves. */
export function log(pool: PgPool, schema: string, migrated: () => Promise<void>): AuditLog {
  const one = inTurns();
  const append = inBatches<AuditNote>(async (notes) => {
    await atOnce(pool, [`SELECT ${keeping(schema, notes)}`]);
  });
  /** How many records a sink has not had, and the last there is. */
  const behind = async (sink: string) => {
    const { rows } = await pool.query(
      `SELECT head, head - coalesce((SELECT seq FROM ${schema}.sinks WHERE name = $1), 0) AS behind
       FROM coalesce((SELECT seq FROM ${schema}.audit_head), 0) AS head`,
      [textOf(sink)],
    );
    const [row] = rows as readonly { readonly head: string; readonly behind: string }[];
    return { head: Number(row?.head), behind: Number(row?.behind) };
  };
  /** Delivers what comes up to `head`, which is on the disk: what a database forgets when it breaks no sink may have had. */
  const deliver = (sink: string, limit: number, write: Write, head: number) =>
    transaction(pool, locking([`${schema} sink ${sink}`]), async (client) => {
      const name = textOf(sink);
      const { rows } = await client.query(
        `SELECT record, hash FROM ${schema}.audit
         WHERE seq > coalesce((SELECT seq FROM ${schema}.sinks WHERE name = $1), 0) AND seq <= $2
         ORDER BY seq LIMIT $3`,
        [name, head, limit],
      );
      const records = (rows as readonly AuditRow[]).map(auditRecordOf);
      const last = records.at(-1);
      if (last) await speaking(client, () => write(records));
      return last
        ? [
            `INSERT INTO ${schema}.sinks (name, seq) VALUES (${said(name)}, ${last.seq})
             ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`,
          ]
        : [];
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
      return (await behind(sink)).behind;
    },
    deliver: (sink, limit, write) =>
      one(sink, async () => {
        await migrated();
        const found = await behind(sink);
        if (found.behind === 0) return 0;
        await pool.query(FLUSH);
        await deliver(sink, limit, write, found.head);
        return (await behind(sink)).behind;
      }),
  };
}
