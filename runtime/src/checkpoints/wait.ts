import { isOverdue } from "../guard/checkpoint.ts";
import { inTime, sleep, systemClock } from "../guard/defaults.ts";
import { type DeskOptions, deskOf } from "../guard/desk.ts";
import type { State } from "../guard/states.ts";
import type { Store } from "../guard/store.ts";

/** How long until a checkpoint is looked at again, in milliseconds, where the store does not say when it changes. */
const AGAIN = 100;
/** The longest that timers can wait, in milliseconds: they take more for nothing. */
const LONGEST = 2 ** 31 - 1;

export interface WaitOptions extends Omit<DeskOptions, "store" | "id"> {
  /** How long to wait at most, in milliseconds. */
  readonly wait: number;
}

/**
 * Waits until somebody has decided on a checkpoint: its state as soon as it is no longer `pending`, and after `wait`
 * milliseconds at the latest; undefined where there is none such. Where the store can say when a checkpoint changes, that is at
 * once. Rejects where the store does not answer.
 */
export async function whenDecided(
  store: Store,
  checkpointId: string,
  options: WaitOptions,
): Promise<State | undefined> {
  const { ask, clock } = deskOf({ ...options, store });
  const end = systemClock() + options.wait;
  for (;;) {
    const record = await ask(store.read("checkpoint", checkpointId));
    if (record && isOverdue(record, clock())) return "expired";
    const left = end - systemClock();
    if (record?.state !== "pending" || !(left > 0)) return record?.state;
    const ms = Math.min(left, record.expiresAt - clock(), LONGEST);
    const again = () => sleep(Math.min(ms, AGAIN, end - systemClock()));
    // Whatever becomes of it: the next look says what is so. Where it fails at once, that look is not at once.
    await (store.changed
      ? inTime(store.changed(checkpointId, record.revision, ms), ms).catch(again)
      : again());
  }
}
