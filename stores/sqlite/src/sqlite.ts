import type { Store } from "@agentpolicy/runtime";
import { checkpoints } from "./checkpoints.ts";
import { type Connection, open } from "./open.ts";
import { exclusively, patiently } from "./steps.ts";
import { tracks } from "./tracks.ts";

/** A store in a file. After `close` every method rejects. */
export interface SqliteStore extends Store {
  readonly close: () => void;
}

/**
 * A store in one SQLite file, which is made where it is absent. Several processes of one machine may share it. Throws an
 * `Error` where the file cannot be used.
 */
export const sqlite = (path: string): SqliteStore => storeOver(open(path));

/** A store over a database that is open and up to date. */
export function storeOver(db: Connection): SqliteStore {
  const rows = checkpoints(db);
  const totals = tracks(db);
  let closed = false;
  const step = <T>(work: () => T): Promise<T> =>
    patiently(() => {
      if (closed) throw new Error("sqlite store: closed");
      return work();
    });
  return {
    read: (id) => step(() => rows.read(id)),
    put: (record) => step(() => rows.put(record)),
    list: (filter) => step(() => rows.list(filter)),
    track: (keyed, now, decide) =>
      step(() =>
        exclusively(db, () => {
          const entries = decide(totals.figures(keyed, now));
          totals.add(entries, 1);
          totals.clear(entries);
        }),
      ),
    release: (entries) => step(() => exclusively(db, () => totals.add(entries, -1))),
    close: () => {
      closed = true;
      db.close();
    },
  };
}
