import { sha256 } from "../guard/defaults.ts";
import { memory } from "../guard/memory.ts";
import type { Store, Tracked } from "../guard/store.ts";
import { inTurns } from "../store/turns.ts";
import { memoryChain } from "./memory-chain.ts";
import { noteOf, noteOfRecord } from "./notes.ts";
import type { AuditLog, AuditNote } from "./record.ts";

export interface LoggedMemoryOptions {
  /** How many records the log keeps; 10,000 where absent. */
  readonly keep?: number;
}

/** A store in memory that keeps a log. */
export interface LoggedStore extends Store {
  readonly log: AuditLog;
}

/**
 * `memory()` with a log, for tests, browsers and single processes; both live as long as the process. Steps are done one
 * after another, each with its records or not at all. The log forgets its oldest records; it never forgets what a sink that it
 * delivers to has not had, but refuses steps while that is more than it keeps. Hashes are WebCrypto's, which browsers have in
 * secure contexts only: where there is none every step is refused.
 */
export function loggedMemory({ keep = 10_000 }: LoggedMemoryOptions = {}): LoggedStore {
  const store = memory();
  const chain = memoryChain(keep, sha256);
  const one = inTurns();
  /** Hashes take time, so they are made before anything takes effect. */
  const kept = (notes: readonly AuditNote[], step: () => Promise<boolean>): Promise<boolean> =>
    one("step", async () => {
      const records = await chain.sealed(notes);
      const isDone = await step();
      if (isDone) chain.add(records);
      return isDone;
    });
  const done = async () => true;

  return {
    ...store,
    put: async (record) => kept([noteOfRecord(record)], () => store.put(record)),
    track: (tracks, now, decide) =>
      one("step", async () => {
        const asked: Tracked[] = [];
        // Nothing else comes between asking and recording: all steps are in one line.
        await store.track(tracks, now, (figures) => {
          const tracked = decide(figures);
          asked.push(tracked);
          return { ...tracked, entries: [] };
        });
        const [tracked] = asked.slice(-1) as [Tracked];
        const records = await chain.sealed([noteOf(tracked.facts)]);
        await store.track([], now, () => tracked);
        chain.add(records);
      }),
    async release(entries, facts) {
      await kept(facts ? [noteOf(facts)] : [], async () => {
        await store.release(entries);
        return true;
      });
    },
    log: {
      append: async (facts) => {
        await kept(facts.map(noteOf), done);
      },
      ...chain.log,
    },
  };
}
