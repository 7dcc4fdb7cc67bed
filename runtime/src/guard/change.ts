import { isOverdue } from "./checkpoint.ts";
import type { Desk } from "./desk.ts";
import { leads, type State } from "./states.ts";
import type { CheckpointRecord } from "./store.ts";

/**
 * Why a checkpoint was not changed or resumed: the state that it is in, or: no such checkpoint; a request other than the one
 * paused; an approver whom the host does not know, who may not, whose own agent's call it is, or who has approved before; an
 * answer that does not answer; a change of what is not the call's arguments, or to a call that is denied; a store that
 * does not answer.
 */
export type Refusal =
  | State
  | "unknown"
  | "other_request"
  | "not_authenticated"
  | "not_allowed"
  | "own_call"
  | "approved_before"
  | "invalid_answer"
  | "invalid_edit"
  | "unavailable";

/** What became of an attempt to change a record: why it was refused, and the record as it is now. */
export type Change = readonly [refused: Refusal | undefined, record?: CheckpointRecord | undefined];

/** What changes about a record, or why nothing does. */
export type Step = (record: CheckpointRecord, now: number) => Partial<CheckpointRecord> | Refusal;

/** Far more than there are people who approve one call at once. */
const TRIES = 99;

/**
 * The one way in which a checkpoint changes: read, look at the clock, ask `step`, replace what was read, and start again if
 * somebody else was faster. Rejects where the store does.
 */
export async function change({ store, ask, clock }: Desk, id: string, step: Step): Promise<Change> {
  for (let tries = TRIES; tries--; ) {
    const record = await ask(store.read("checkpoint", id));
    if (!record) return ["unknown"];
    const { state, revision } = record;
    const changedAt = clock();
    const to = isOverdue(record, changedAt) ? ({ state: "expired" } as const) : step(record, changedAt);
    if (typeof to === "string") return [to, record];
    if (to.state && !leads(state, to.state)) return [state, record];
    const next = { ...record, ...to, changedAt, revision: revision + 1 };
    const done = await ask(store.put(next), (late) => {
      // A claim that comes through after all was for a call that will not run.
      if (late && next.state === "consumed") {
        return store.put({ ...next, revision: revision + 2, state: "failed", error: TOO_LATE });
      }
    });
    // Nothing but time makes a checkpoint expire.
    if (done) return [to.state === "expired" ? to.state : undefined, next];
  }
  return ["unavailable"];
}

/** What became of a call that the store let run when nobody waited for it any more. */
export const TOO_LATE = "too late";
