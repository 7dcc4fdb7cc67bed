import type { Decision } from "../abi/decision.ts";
import type { Request } from "../abi/request.ts";
import { freeze } from "../artifact/decisions.ts";
import type { Json } from "./copy.ts";
import type { Bench } from "./judge.ts";
import { fromRequest, replaced } from "./paths.ts";
import { leads, type State } from "./states.ts";
import type { Approval, CheckpointRecord } from "./store.ts";

/**
 * A paused call, as people and programs are shown it: masked values are `•••`. All times are epoch milliseconds.
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
  /** Who rejected, and why somebody rejected or cancelled. */
  readonly by?: string;
  readonly reason?: string | undefined;
  readonly error?: string;
}

/** Whether its time is up, though nobody has written that down yet. A time that is not a number is up. */
export const isOverdue = ({ state, expiresAt }: CheckpointRecord, now: number): boolean | undefined =>
  leads(state, "expired") && !(now < expiresAt);

const MASK = "•••";

/** What may be shown of a record. */
export function view({ clock }: Bench, record: CheckpointRecord): Checkpoint {
  const { revision, masks, answer, ...shown } = record;
  let request = record.request as unknown as Json | undefined;
  for (const mask of masks) request = replaced(request, fromRequest(mask), MASK, false);
  const state = isOverdue(record, clock()) ? "expired" : record.state;
  return freeze({ ...shown, state, request: request as unknown as Request });
}
