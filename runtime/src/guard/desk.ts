import type { AuditFacts } from "../audit/record.ts";
import { inTime, randomId, systemClock } from "./defaults.ts";
import type { Store } from "./store.ts";

/** What everyone who works with a store is made of. */
export interface DeskOptions {
  readonly store: Store;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Unguessable text, different each time: ids of checkpoints (after `chk_`) and of recorded calls. */
  readonly id?: () => string;
  /** How long the store may take for one answer, in milliseconds; 5000 where absent. */
  readonly timeout?: number;
}

/** Who works with a store. `ask` bounds how long it may take; `keep` tells its log, if it has one. */
export interface Desk {
  readonly store: Store;
  readonly clock: () => number;
  readonly id: () => string;
  readonly ask: <T>(answer: Promise<T>, late?: (value: T) => unknown) => Promise<T>;
  readonly keep: (facts: Omit<AuditFacts, "at">, late?: () => unknown) => Promise<unknown>;
}

export function deskOf({ store, clock = systemClock, id = randomId, timeout = 5000 }: DeskOptions): Desk {
  const ask: Desk["ask"] = (answer, late) => inTime(answer, timeout, late);
  return {
    store,
    clock,
    id,
    ask,
    keep: async (facts, late) => store.log && ask(store.log.append([{ ...facts, at: clock() }]), late),
  };
}
