import type { AuditLog } from "@agentpolicy/runtime";
import { type AuditRow, auditRecordOf, textOf } from "@agentpolicy/runtime/store";
import { locking } from "./locks.ts";
import { FLUSH, type PgClient, type PgPool, transaction } from "./pool.ts";
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

/** How far sinks have come. */
export function sinks(pool: PgPool, schema: string) {
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
  const hand = (sink: string, limit: number, write: Write, head: number) =>
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
    behind: async (sink: string): Promise<number> => (await behind(sink)).behind,
    async deliver(sink: string, limit: number, write: Write): Promise<number> {
      const found = await behind(sink);
      if (found.behind === 0) return 0;
      await pool.query(FLUSH);
      await hand(sink, limit, write, found.head);
      return (await behind(sink)).behind;
    },
  };
}
