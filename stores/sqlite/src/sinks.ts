import { textOf } from "@agentpolicy/runtime/store";
import { type Connection, newConnection } from "./libsql.ts";
import { sha256 } from "./sha256.ts";
import { patiently } from "./steps.ts";

/** How far sinks have come. */
export function sinks(db: Connection) {
  const had = db.prepare("SELECT seq FROM agentpolicy_sinks WHERE name = ?");
  const move = db.prepare(
    "INSERT INTO agentpolicy_sinks VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq",
  );
  return {
    /** The `seq` of the last record that a sink has had; 0 where it has had none. */
    had: (sink: string): number => (had.all(textOf(sink)) as { readonly seq: number }[])[0]?.seq ?? 0,
    move: (sink: string, seq: number): void => {
      move.run(textOf(sink), seq);
    },
  };
}

/**
 * Does `work` while no other process does any under the same name. What is held is the lock of a file of its own, beside
 * the database: the system takes it from a process that dies, and nobody else ever does.
 */
export async function inTurn<T>(path: string, name: string, work: () => Promise<T>): Promise<T> {
  const file = `${path}-sink-${sha256(name).slice(0, 16)}`;
  const lock = newConnection(file);
  try {
    lock.exec("PRAGMA busy_timeout = 0");
    // Nothing is ever written to it, so it needs no journal.
    await patiently(() => lock.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE"));
    return await work();
  } finally {
    lock.close();
  }
}
