import { textOf } from "@agentpolicy/runtime/store";
import { digest } from "./locks.ts";
import type { PgClient, PgNotification, PgPool } from "./pool.ts";

/** Where every change of a record is said, for all schemas of a database. */
export const CHANNEL = "agentpolicy_changed";

/** How a record is called there; names must be short, and ids need not be. */
export const nameOf = (schema: string, id: string): string =>
  digest(`${schema} ${textOf(id)}`).toString("base64");

/** How long somebody waits who is not told of changes until looking again, in milliseconds. */
const MOMENT = 250;
/** The same for somebody who is told: poolers that share connections lose what is said. */
const LOOK = 5_000;
/** How often is seen whether the host has ended the pool, in milliseconds. */
const ENDING = 100;

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
  const waiting = new Map<string, Set<() => void>>();
  let line: Promise<Line> | undefined;

  const wake = (names: Iterable<string>) => {
    for (const name of [...names]) for (const done of [...(waiting.get(name) ?? [])]) done();
  };
  const hangUp = () => {
    line?.then(({ close }) => close()).catch(() => {});
    line = undefined;
  };
  const call = (): Promise<Line> => {
    line ??= openLine(
      pool,
      (name) => wake([name]),
      () => {
        hangUp();
        wake(waiting.keys());
      },
    ).catch((error: unknown) => {
      line = undefined;
      throw error;
    });
    return line;
  };
  const join = (name: string, done: () => void) => {
    const all = waiting.get(name) ?? new Set();
    waiting.set(name, all.add(done));
  };
  const leave = (name: string, done: () => void) => {
    const all = waiting.get(name);
    all?.delete(done);
    if (all?.size === 0) waiting.delete(name);
    if (waiting.size === 0) hangUp();
  };

  return {
    wait: (name, changed, ms) =>
      new Promise((resolve) => {
        const end = performance.now() + ms;
        const done = () => {
          clearTimeout(timer);
          leave(name, done);
          resolve();
        };
        const wakeAfter = (most: number) =>
          setTimeout(done, Math.max(0, Math.min(most, end - performance.now())));
        let timer = wakeAfter(MOMENT);
        // The only connection there is is needed by whoever makes the change.
        if (pool.options?.max === 1) return;
        join(name, done);
        call()
          .then(async ({ query }) => {
            if (await changed(query)) return done();
            clearTimeout(timer);
            if (waiting.get(name)?.has(done)) timer = wakeAfter(LOOK);
          })
          // Whoever waits looks again after a moment.
          .catch(() => {});
      }),
  };
}

/** A connection that listens, and answers one after the other. */
interface Line {
  readonly query: PgClient["query"];
  readonly close: () => void;
}

async function openLine(pool: PgPool, said: (name: string) => void, lost: () => void): Promise<Line> {
  const client = await pool.connect();
  let open = true;
  let last: Promise<unknown> = Promise.resolve();
  const query: PgClient["query"] = (text, values) => {
    const answer = last.then(() => client.query(text, values));
    last = answer.catch(() => {});
    return answer;
  };
  const hear = ({ channel, payload }: PgNotification) => {
    if (channel === CHANNEL && payload !== undefined) said(payload);
  };
  const giveBack = (broken: boolean) => {
    client.removeListener("notification", hear);
    client.removeListener("error", lost);
    client.removeListener("end", lost);
    client.release(broken);
  };
  const watch = setInterval(() => {
    if (pool.ending) lost();
  }, ENDING);
  const close = () => {
    if (!open) return;
    open = false;
    clearInterval(watch);
    query(`UNLISTEN ${CHANNEL}`).then(
      () => giveBack(false),
      () => giveBack(true),
    );
  };
  client.on("notification", hear);
  client.on("error", lost);
  client.on("end", lost);
  try {
    await query(`LISTEN ${CHANNEL}`);
  } catch (error) {
    close();
    throw error;
  }
  return { query, close };
}
