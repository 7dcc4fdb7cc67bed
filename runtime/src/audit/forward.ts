import { systemClock } from "../guard/defaults.ts";
import type { Kind, RecordKinds, Store, Tracked } from "../guard/store.ts";
import { letsRun } from "./calls.ts";
import { type AuditSink, deliveryTo } from "./delivery.ts";
import { all, buffering, type Passage, strictly } from "./passage.ts";
import type { AuditFacts, AuditLog } from "./record.ts";

export interface SinksOptions {
  readonly sinks: readonly AuditSink[];
  /**
   * Absent: a step whose records a sink does not take is refused. A number: steps go on while every sink is at most so many
   * records behind, and deliveries are tried again in the background; the log itself is the buffer, so a crash loses nothing.
   */
  readonly buffer?: number;
  /** How long a sink may take for one batch, in milliseconds; 4000 where absent. Less than the guard's own. */
  readonly timeout?: number;
  /** Until a failed delivery is tried again in the background, in milliseconds; 1000 where absent. */
  readonly pause?: number;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Is told of each delivery that fails in the background. */
  readonly report?: (error: Error) => void;
}

/** A store whose records go to sinks. */
export type Forwarding<S extends Store> = Omit<S, "close" | "log"> & {
  readonly log: AuditLog;
  /** Delivers whatever is in the log; rejects where a sink does not take it. */
  readonly flush: () => Promise<void>;
  /** Ends deliveries in the background, flushes, and closes the store where it can be closed, whatever came of the flush. */
  readonly close: () => Promise<void>;
};

/** What has happened has happened: it is written down whatever sinks do. */
const OUTCOMES: readonly string[] = ["executed", "failed"];

/**
 * A store that hands each record of its log to every sink: those of its own steps, and what processes that died left behind.
 * Throws an `Error` where the store keeps no log.
 */
export function withSinks<S extends Store>(store: S, options: SinksOptions): Forwarding<S> {
  const { sinks, buffer, timeout = 4000, pause = 1000, clock = systemClock, report } = options;
  const { log } = store;
  if (!log) throw new Error("withSinks: the store keeps no log");
  const deliveries = sinks.map((sink) => deliveryTo(log, sink, timeout));
  const passage =
    buffer === undefined ? strictly(deliveries) : buffering(deliveries, log, buffer, pause, report);
  return {
    ...store,
    ...steps(store, log, passage, clock),
    flush: () => all(deliveries),
    async close() {
      passage.end();
      try {
        await all(deliveries);
      } finally {
        await (store as { readonly close?: () => unknown }).close?.();
      }
    },
  };
}

/** What comes after a step. Where it does not count after all, `undo` is given what is told of the calls that it let run. */
const forwarding =
  (passed: Passage["passed"], clock: () => number) =>
  async (
    facts: readonly AuditFacts[],
    undo: (failed: readonly AuditFacts[]) => Promise<unknown> | undefined,
  ): Promise<void> => {
    try {
      await passed(facts.length);
    } catch (error) {
      const { message } = error as Error;
      const failed = facts.filter(letsRun).map(
        ({ decision, figures, runs, ...rest }): AuditFacts => ({
          ...rest,
          event: "failed",
          at: clock(),
          error: message,
        }),
      );
      // Where that fails, too, the log says that the call was let run, and not that it ran.
      await undo(failed)?.catch(() => {});
      throw error;
    }
  };

/** The steps of a store, each let begin and followed by the delivery of its records. */
function steps(
  store: Store,
  log: AuditLog,
  { admitted, passed }: Passage,
  clock: () => number,
): Pick<Store, "put" | "track" | "release"> & { readonly log: AuditLog } {
  const forwarded = forwarding(passed, clock);
  return {
    async put(record) {
      if (record.state !== "failed") await admitted();
      const isDone = await store.put(record);
      if (isDone) {
        await passed(1).catch(async (error: Error) => {
          await unclaimed(store, record, error.message, clock())?.catch(() => {});
          throw error;
        });
      }
      return isDone;
    },
    async track(tracks, now, decide) {
      await admitted();
      const asked: Tracked[] = [];
      await store.track(tracks, now, (figures) => {
        const tracked = decide(figures);
        asked.push(tracked);
        return tracked;
      });
      const [{ entries, facts }] = asked.slice(-1) as [Tracked];
      await forwarded([facts], (failed) =>
        entries.length + failed.length > 0 ? store.release(entries, failed[0]) : undefined,
      );
    },
    async release(entries, facts) {
      await store.release(entries, facts);
      if (facts) await passed(1);
    },
    log: {
      ...log,
      async append(facts) {
        if (facts.some(({ event }) => !OUTCOMES.includes(event))) await admitted();
        await log.append(facts);
        if (facts.length > 0)
          await forwarded(facts, (failed) => (failed.length > 0 ? log.append(failed) : undefined));
      },
    },
  };
}

/** The end of a call whose checkpoint was claimed for nothing. */
const unclaimed = (store: Store, record: RecordKinds[Kind], error: string, changedAt: number) =>
  record.kind === "checkpoint" && record.state === "consumed"
    ? store.put({ ...record, state: "failed", error, changedAt, revision: record.revision + 1 })
    : undefined;
