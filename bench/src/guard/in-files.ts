import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sqlite } from "@agentpolicy/store-sqlite";
import Connection from "libsql";
import { isInMemory } from "../harness/machine.ts";
import { type Place, ROW } from "./place.ts";

/** SQLite files in a folder of their own below `folder`. */
export async function inFiles(folder: string): Promise<Place> {
  const home = mkdtempSync(join(folder, "agentpolicy-bench-"));
  const closing: (() => void)[] = [];
  const open = async () => {
    const path = join(home, `${closing.length}.db`);
    const store = sqlite(path);
    const db = new Connection(path);
    closing.push(() => {
      db.close();
      store.close();
    });
    // As the store has it.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
    db.exec("CREATE TABLE base (id INTEGER PRIMARY KEY, note TEXT NOT NULL)");
    const insert = db.prepare("INSERT INTO base (note) VALUES (?)");
    const select = db.prepare("SELECT note FROM base WHERE id = 1");
    return {
      store,
      write: async () => {
        db.exec("BEGIN IMMEDIATE");
        insert.run(ROW);
        db.exec("COMMIT");
      },
      read: async () => {
        select.all();
      },
      settle: async () => {
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      },
    };
  };
  const [library] = new Connection(":memory:").prepare("SELECT sqlite_version() AS version").all() as {
    version: string;
  }[];
  return {
    name: "sqlite",
    about: {
      driver: `libsql, with SQLite ${library?.version}`,
      settings: "journal_mode WAL, synchronous FULL",
      ...(isInMemory(home) && { disk: "none: the folder is in memory, and writing through costs nothing" }),
    },
    open,
    end: async () => {
      for (const close of closing) close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
