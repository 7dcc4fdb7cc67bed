import { textOf } from "@agentpolicy/runtime/store";
import { type Line, openLine } from "./line.ts";
import { digest } from "./locks.ts";
import type { PgClient, PgPool } from "./pool.ts";

/** How a record is called there; names must be short, and ids need not be. */
export const nameOf = (schema: string, id: string): string =>
  digest(`${schema} ${textOf(id)}`).toString("base64");

/** How long somebody waits who is not told of changes until looking again, in milliseconds. */
const MOMENT = 250;
/** The same for somebody who is told: poolers that share connections lose what is said. */
const LOOK = 5_000;
/** The one connection of a pool that listens, which is there while somebody waits. */
export interface Listener {
  /**
   * Resolves once something is said of the name, once `changed` finds a change that came before anybody listened, and
   * after `ms` milliseconds or a few seconds at the latest; rather too early than too late.
   */
  readonly wait: (
    name: string,
    changed: (query: PgClient["query"]) => Promise<boolean>,
    ms: number,
  ) => Promise<void>;
}

const listeners = new WeakMap<PgPool, Listener>();

export function listenerOn(pool: PgPool): Listener {
  const listener = listeners.get(pool) ?? makeListener(pool);
  listeners.set(pool, listener);
  return listener;
}

function makeListener(pool: PgPool): Listener {
  const waiters = waitersByName();
  let line: Promise<Line> | undefined;

  const hangUp = () => {
    line?.then(({ close }) => close()).catch(() => {});
    line = undefined;
  };
  const lost = () => {
    hangUp();
    waiters.wakeAll();
  };
  const call = (): Promise<Line> => {
    if (line) return line;
    const called = openLine(pool, waiters.wake, lost);
    line = called;
    called.catch(() => {
      if (line === called) line = undefined;
    });
    return called;
  };

  return {
    wait: (name, changed, ms) =>
      new Promise((resolve) => {
        const end = performance.now() + ms;
        const done = () => {
          clearTimeout(timer);
          if (waiters.leave(name, done) === 0) hangUp();
          resolve();
        };
        const wakeAfter = (most: number) =>
          setTimeout(done, Math.max(0, Math.min(most, end - performance.now())));
        let timer = wakeAfter(MOMENT);
        // The only connection there is is needed by whoever makes the change.
        if (pool.options?.max === 1) return;
        waiters.join(name, done);
        call()
          .then(async ({ query }) => {
            if (await changed(query)) return done();
            clearTimeout(timer);
            if (waiters.has(name, done)) timer = wakeAfter(LOOK);
          })
          // Whoever waits looks again after a moment.
          .catch(() => {});
      }),
  };
}

/** Who waits, by what they wait for. */
function waitersByName() {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (name: string) => {
    for (const done of [...(waiting.get(name) ?? [])]) done();
  };
  return {
    has: (name: string, done: () => void): boolean => waiting.get(name)?.has(done) ?? false,
    join(name: string, done: () => void): void {
      waiting.set(name, (waiting.get(name) ?? new Set()).add(done));
    },
    /** How many names are still waited for. */
    leave(name: string, done: () => void): number {
      const all = waiting.get(name);
      all?.delete(done);
      if (all?.size === 0) waiting.delete(name);
      return waiting.size;
    },
    wake,
    wakeAll: (): void => [...waiting.keys()].forEach(wake),
  };
}
