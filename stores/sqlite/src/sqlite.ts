import { resolve } from "node:path";
import type { Store } from "@agentpolicy/runtime";
import { noteOf, noteOfRecord, plainNotes } from "@agentpolicy/runtime/store";
import { chain } from "./chain.ts";
import type { Connection } from "./libsql.ts";
import { log } from "./log.ts";
import { type OpenOptions, open } from "./open.ts";
import { records } from "./records.ts";
import { exclusively, patiently, type Step } from "./steps.ts";
import { tracks } from "./tracks.ts";

/** A store in a file. After `close` every method rejects. */
export interface SqliteStore extends Store {
  readonly changed: NonNullable<Store["changed"]>;
  readonly log: NonNullable<Store["log"]>;
  readonly close: () => void;
}

/** How long until a record that somebody waits for is looked at again, in milliseconds. */
const AGAIN = 50;

/**
 * A store in one SQLite file, which is made where it is absent unless `create` is false. Several processes of one machine
 * may share it. Throws an `Error` where the file cannot be used.
 */
export const sqlite = (path: string, options?: OpenOptions): SqliteStore =>
  storeOver(open(path, options), resolve(path));

/** A store over a database that is open and up to date, and lies at `path`. */
export function storeOver(db: Connection, path: string): SqliteStore {
  const rows = records(db);
  const totals = tracks(db);
  const audit = chain(db);
  let closed = false;
  const step: Step = (work) =>
    patiently(() => {
      if (closed) throw new Error("sqlite store: closed");
      return work();
    });
  const whole: Step = (work) => step(() => exclusively(db, work));

  return {
    read: (kind, id) => step(() => rows.read(kind, id)),
    put: async (record) => {
      const notes = plainNotes([noteOfRecord(record)]);
      return whole(() => {
        const fits = rows.put(record);
        if (fits) audit.keep(notes);
        return fits;
      });
    },
    list: (kind, filter) => step(() => rows.list(kind, filter)),
    track: (keyed, now, decide) =>
      whole(() => {
        const { entries, facts } = decide(totals.figures(keyed, now));
        totals.add(entries, 1);
        totals.clear(entries);
        audit.keep(plainNotes([noteOf(facts)]));
      }),
    release: async (entries, facts) => {
      const notes = facts ? plainNotes([noteOf(facts)]) : [];
      await whole(() => {
        totals.add(entries, -1);
        audit.keep(notes);
      });
    },
    async changed(id, revision, ms) {
      const end = performance.now() + ms;
      while ((await step(() => rows.revision(id))) === revision) {
        const left = end - performance.now();
        if (!(left > 0)) return;
        await new Promise((resolve) => setTimeout(resolve, Math.min(left, AGAIN)));
      }
    },
    log: log(db, path, audit, step, whole),
    close: () => {
      closed = true;
      db.close();
    },
  };
}
