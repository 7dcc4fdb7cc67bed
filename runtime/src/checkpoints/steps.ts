import type { Request } from "../abi/request.ts";
import { counts, isMet } from "../guard/approvers.ts";
import type { Step } from "../guard/change.ts";
import { frozenCopy, type Json } from "../guard/copy.ts";
import { filled } from "../guard/filled.ts";
import { replaced, stepsOf } from "../guard/paths.ts";
import type { Answer, CheckpointRecord } from "../guard/store.ts";
import { type Approver, isOf } from "./approver.ts";

/** Values by request path. */
export type Values = { readonly [path: string]: unknown };

/** An approval of a call as it stands in its `version`th edition, or with some of its arguments changed. */
export interface ApproveOptions {
  /** New values by request path, arguments only: `{ "input.amount": 200 }`. */
  readonly edit?: Values;
  /** Which edition has been looked at, as `checkpoint.version` says; 0, the call as it was made, where absent. */
  readonly version?: number;
  readonly reason?: string;
}

/** Why somebody has no say about a checkpoint. */
const barred = ({ state, request, decision }: CheckpointRecord, { id, roles = [] }: Approver) => {
  if (state !== "pending") return state;
  if (isOf(request.actor, id)) return "own_call";
  const isAllowed = decision.approval?.approvers.some((requirement) => counts(requirement, id, roles));
  return isAllowed ? undefined : "not_allowed";
};

/** Values where the steps of their paths lead, and the request that they make; undefined where one has no place in it. */
function placed(record: CheckpointRecord, values: Values) {
  const copied = frozenCopy(values);
  if (!("copy" in copied) || Object(copied.copy) !== copied.copy) return;
  const answer = Object.entries(copied.copy as { readonly [path: string]: Json }).map(
    ([path, value]) => [stepsOf(path), value] as const,
  );
  let request = filled(record) as unknown as Json | undefined;
  for (const [steps, value] of answer) {
    let isPlaced = false;
    const place = () => {
      isPlaced = true;
      return value;
    };
    // Who calls is not to be answered.
    if (steps[0] && steps[0] !== "actor") request = replaced(request, steps, place, true);
    if (!isPlaced) return;
  }
  return { answer, paths: Object.keys(copied.copy as object), request: request as unknown as Request };
}

/** What a call becomes by an edit on top of earlier ones; undefined where the edit is none. */
export function edited(record: CheckpointRecord, edit: Values) {
  const call = placed(record, edit);
  const isArgument = ([steps]: Answer[number]) => steps[0] === "action" && steps[1] === "input";
  if (!call?.answer.length || !call.answer.every(isArgument)) return;
  return { request: call.request, answer: [...(record.answer ?? []), ...call.answer] };
}

/**
 * One more approval, the last one needed making the checkpoint `approved`. An edit begins anew: earlier approvals were of
 * another call.
 */
export const approve =
  (approver: Required<Approver>, { edit, version = 0, reason }: ApproveOptions): Step =>
  (record, at) => {
    const { decision, approvals } = record;
    const { id: by, roles } = approver;
    const refused = barred(record, approver);
    if (refused) return refused;
    if (version !== (record.version ?? 0)) return "other_request";
    const call = edit && edited(record, edit);
    if (edit && !call) return "invalid_edit";
    if (!edit && approvals.some((approval) => approval.by === by)) return "approved_before";
    const all = [...(edit ? [] : approvals), { by, roles, at, ...(reason && { reason }) }];
    return {
      approvals: all,
      ...(call && { answer: call.answer, version: version + 1 }),
      ...(isMet(decision, all) && { state: "approved" }),
    };
  };

/** The end of a call, by somebody who could have approved it. */
export const reject =
  (approver: Required<Approver>, reason: string): Step =>
  (record) => {
    const { id: by, roles } = approver;
    return barred(record, approver) ?? { state: "rejected", by, roles, reason };
  };

/** The end of a call that nobody waits for any more. */
export const cancel =
  (reason: string | undefined, by: string | undefined): Step =>
  // Whoever answered before has not cancelled.
  () => ({ state: "cancelled", by, reason });

/** The answer to a clarification: a value for each path that it needs, and for nothing else. */
export const answer =
  (values: Values, by: string | undefined): Step =>
  (record) => {
    const { clarification } = record.decision;
    const call = clarification && placed(record, values);
    if (!call || JSON.stringify(call.paths.sort()) !== JSON.stringify(clarification.needs))
      return "invalid_answer";
    return { state: "answered", answer: call.answer, ...(by && { by }) };
  };
