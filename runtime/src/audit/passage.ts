import { idle } from "../guard/defaults.ts";
import type { Delivery } from "./delivery.ts";
import type { AuditLog } from "./record.ts";

/** When steps may begin, and what is done once their records are in the log. Both reject where there is no going on. */
export interface Passage {
  readonly admitted: () => Promise<void>;
  readonly passed: (records: number) => Promise<void>;
  readonly end: () => void;
}

/** Every delivery, and the first failure only when all are over. */
export async function all(deliveries: readonly Delivery[]): Promise<void> {
  const results = await Promise.allSettled(deliveries.map(({ deliver }) => deliver()));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/** No step without its records delivered, and none begun while a sink is known to take nothing. */
export const strictly = (deliveries: readonly Delivery[]): Passage => ({
  admitted: () => all(deliveries.filter(({ isFailing }) => isFailing())),
  passed: () => all(deliveries),
  end: () => {},
});

/** Steps go on while no sink is more than `buffer` records behind. */
export function buffering(
  deliveries: readonly Delivery[],
  log: AuditLog,
  buffer: number,
  pause: number,
  report: ((error: Error) => void) | undefined,
): Passage {
  let hasEnded = false;
  const lanes = deliveries.map((delivery) => ({ ...delivery, waiting: 0, isBusy: false }));

  const work = async (lane: (typeof lanes)[number]) => {
    if (lane.isBusy) return;
    lane.isBusy = true;
    while (lane.waiting > 0 && !hasEnded) {
      const { waiting } = lane;
      try {
        await lane.deliver();
        lane.waiting -= waiting;
      } catch (error) {
        report?.(error as Error);
        await idle(pause);
      }
    }
    lane.isBusy = false;
  };

  return {
    async admitted() {
      for (const { name, isFailing, waiting } of lanes) {
        // Only where there may be something to wait for is the store asked; it knows what other processes have written, too.
        if (!isFailing() && waiting <= buffer) continue;
        const behind = await log.behind(name);
        if (behind > buffer) throw new Error(`audit sink \`${name}\`: ${behind} records behind`);
      }
    },
    async passed(records) {
      for (const lane of lanes) {
        lane.waiting += records;
        void work(lane);
      }
    },
    end() {
      hasEnded = true;
    },
  };
}
