import { inTime } from "../guard/defaults.ts";
import type { AuditLog, AuditRecord } from "./record.ts";

/** Where copies of a store's records go. */
export interface AuditSink {
  /**
   * By which the store remembers what the sink has had, from one start to the next and for all processes together. Two places
   * have two names.
   */
  readonly name: string;
  /**
   * Takes records, oldest first: resolves once they are kept, else rejects. What was taken when a process died comes again.
   * It is not called again before it has settled.
   */
  readonly write: (records: readonly AuditRecord[]) => Promise<void>;
}

/** How many records a sink is handed at once. */
const BATCH = 500;

/** The way from a log to one sink. */
export interface Delivery {
  readonly name: string;
  /** Delivers whatever is in the log when it is called. Rejects, naming the sink, where the sink does not take it. */
  readonly deliver: () => Promise<void>;
  /** Whether the last attempt failed. */
  readonly isFailing: () => boolean;
}

/**
 * One delivery at a time; whoever comes meanwhile joins the next. `timeout` is how long the sink may take for one batch, in
 * milliseconds.
 */
export function deliveryTo(log: AuditLog, sink: AuditSink, timeout: number): Delivery {
  const { name } = sink;
  let writing: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let isFailing = false;

  const settled = (promise: Promise<void>) =>
    inTime(promise, timeout).catch((error: unknown) => {
      throw error === timeout ? new Error(`no answer within ${timeout} ms`) : error;
    });
  const write = async (records: readonly AuditRecord[]) => {
    // One that was given up may still come to its end; a second one beside it would mix up the order.
    if (writing) await settled(writing.catch(() => {}));
    const written = sink.write(records);
    const over = () => {
      writing = undefined;
    };
    writing = written;
    written.then(over, over);
    await settled(written);
  };
  /** All that was in the log when it began: what comes meanwhile is for the next. */
  const run = async () => {
    try {
      let left = await log.deliver(name, BATCH, write);
      for (let rounds = Math.ceil(left / BATCH); rounds > 0 && left > 0; rounds--)
        left = await log.deliver(name, BATCH, write);
      isFailing = false;
    } catch (error) {
      isFailing = true;
      throw new Error(`audit sink \`${name}\`: ${(error as Error | undefined)?.message ?? error}`, {
        cause: error,
      });
    }
  };
  const begin = () => {
    current = next as Promise<void>;
    next = undefined;
    return run();
  };
  return {
    name,
    deliver: () => {
      next ??= current.then(begin, begin);
      return next;
    },
    isFailing: () => isFailing,
  };
}
