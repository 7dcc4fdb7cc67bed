import Database from "libsql";
import { MIGRATIONS } from "./migrations.ts";

export type Connection = InstanceType<typeof Database>;

/** How long opening waits for other processes that open the same file, in milliseconds. */
const OPENING = 10_000;
/** How long one step waits in place before it gives way to others of this process, in milliseconds. */
const WAITING = 20;

/** Opens a database file, makes it where it is absent, and brings it up to date. Throws an `Error` that says what is wrong. */
export function open(path: string): Connection {
  if (typeof path !== "string" || path === "" || path === ":memory:" || /^[a-z][a-z+.-]*:\/\//i.test(path)) {
    throw new Error(`sqlite store: expected the path of a file, found ${JSON.stringify(path)}`);
  }
  let db: Connection | undefined;
  try {
    db = new Database(path);
    db.exec(`PRAGMA busy_timeout = ${OPENING}`);
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
