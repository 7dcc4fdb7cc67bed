import type { Decision } from "../abi/decision.ts";
import type { Request } from "../abi/request.ts";
import { freeze } from "../artifact/decisions.ts";
import type { Desk } from "./desk.ts";
import { filled } from "./filled.ts";
import { masked } from "./masks.ts";
import { leads, type State } from "./states.ts";
import type { Approval, CheckpointRecord } from "./store.ts";

/**
 * A paused call, as people and programs are shown it: masked values are `•••`. All times are epoch milliseconds.
 * `request` is what was paused; where an approver has changed its arguments or a question was answered, what it has become.
 * `decision` is what paused it; `error` is what `execute` threw.
 */
export interface Checkpoint {
  readonly id: string;
  readonly state: State;
  readonly request: Request;
  readonly decision: Decision;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly approvals: readonly Approval[];
  /** How often an approver has changed the call's arguments; 0 where absent. */
  readonly version?: number;
  readonly changedAt: number;
  /** Who rejected, answered or cancelled, with the roles they had, and why. */
  readonly by?: string | undefined;
  readonly roles?: readonly string[];
  readonly reason?: string | undefined;
  readonly error?: string | undefined;
}

/** Whether its time is up, though nobody has written that down yet. A time that is not a number is up. */
export const isOverdue = ({ state, expiresAt }: CheckpointRecord, now: number): boolean | undefined =>
  leads(state, "expired") && !(now < expiresAt);

/** What may be shown of a record. */
export function view({ clock }: Desk, record: CheckpointRecord): Checkpoint {
  const { kind, revision, actor, call, masks, answer, ...shown } = record;
  const [request, error] = masked(filled(record), masks, masked(record.request, masks, record.error)[1]);
  return freeze({ ...shown, ...(isOverdue(record, clock()) && { state: "expired" }), request, error });
}
