import type { Connection } from "./libsql.ts";
import { rollback } from "./open.ts";

/** How long a step tries to get its turn, in milliseconds. Guards deny long before that. */
const PATIENCE = 30_000;

/** Does what is given as one step of a store. */
export type Step = <T>(work: () => T) => Promise<T>;

const isBusy = (error: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown } | undefined)?.code));

/** Does a step again and again while other processes have the file, letting this process do other things in between. */
export async function patiently<T>(step: () => T): Promise<T> {
  const until = performance.now() + PATIENCE;
  for (let tries = 1; ; tries++) {
    try {
      return step();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      // By chance, so that those who wait do not always meet.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(tries * 5, 50)));
    }
  }
}

/** One step that nobody else's writing comes into, from its first read on. */
export function exclusively<T>(db: Connection, step: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const answer = step();
    db.exec("COMMIT");
    return answer;
  } catch (error) {
    rollback(db);
    throw error;
  }
}
