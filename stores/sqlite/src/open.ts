import { existsSync } from "node:fs";
import { type Connection, newConnection } from "./libsql.ts";
import { MIGRATIONS } from "./migrations.ts";

/** How long opening waits for other processes that open the same file, in milliseconds. */
const OPENING = 10_000;
/** How long one step waits in place before it gives way to others of this process, in milliseconds. */
const WAITING = 20;

export interface OpenOptions {
  /** Whether a file or tables that are not there are made; they are where absent. What is older is brought up to date anyway. */
  readonly create?: boolean;
}

/** Opens a database file, makes it where it is absent, and brings it up to date. Throws an `Error` that says what is wrong. */
export function open(path: string, { create = true }: OpenOptions = {}): Connection {
  if (typeof path !== "string" || path === "" || path === ":memory:" || /^[a-z][a-z+.-]*:\/\//i.test(path)) {
    throw new Error(`sqlite store: expected the path of a file, found ${JSON.stringify(path)}`);
  }
  let db: Connection | undefined;
  try {
    if (!create && !existsSync(path)) throw new Error("there is no such file");
    db = newConnection(path);
    db.exec(`PRAGMA busy_timeout = ${OPENING}`);
    if (!create && !isStore(db)) throw new Error("it holds no store");
    db.exec("PRAGMA journal_mode = WAL");
    // A claim that was given must still be there after the power went.
    db.exec("PRAGMA synchronous = FULL");
    migrate(db);
    db.exec(`PRAGMA busy_timeout = ${WAITING}`);
    return db;
  } catch (error) {
    db?.close();
    throw new Error(`sqlite store: cannot use \`${path}\`: ${(error as Error).message}`, { cause: error });
  }
}

const isStore = (db: Connection): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'agentpolicy_version'").all().length > 0;

/** Applies what this database has not seen, in one transaction. */
function migrate(db: Connection): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec("CREATE TABLE IF NOT EXISTS agentpolicy_version (version INTEGER NOT NULL) STRICT");
    const [row] = db.prepare("SELECT version FROM agentpolicy_version").all() as { version: number }[];
    const version = row?.version ?? 0;
    if (version > MIGRATIONS.length) {
      throw new Error(`it has version ${version}, and this package knows ${MIGRATIONS.length}`);
    }
    for (const statements of MIGRATIONS.slice(version)) db.exec(statements);
    if (version < MIGRATIONS.length) {
      db.exec("DELETE FROM agentpolicy_version");
      db.prepare("INSERT INTO agentpolicy_version VALUES (?)").run(MIGRATIONS.length);
    }
    db.exec("COMMIT");
  } catch (error) {
    rollback(db);
    throw error;
  }
}

/** Ends a transaction that failed; SQLite may have ended it itself. */
export function rollback(db: Connection): void {
  if (db.inTransaction) db.exec("ROLLBACK");
}
