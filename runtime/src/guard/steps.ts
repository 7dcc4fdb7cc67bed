import { isAllowed, isMet } from "./approvers.ts";
import type { Refusal, Step } from "./change.ts";
import { frozenCopy, type Json } from "./copy.ts";
import { replaced, stepsOf } from "./paths.ts";
import type { Approval, Approver, CheckpointRecord } from "./store.ts";

/** One more approval; the last one needed makes the checkpoint `approved`. */
export const approve =
  (approver: Approver): Step =>
  (record, now) => {
    const approval = approvalOf(approver, record, now);
    if (typeof approval === "string") return approval;
    if (record.approvals.some(({ by }) => by === approval.by)) return "approved_before";
    const approvals = [...record.approvals, approval];
    return isMet(record.decision, approvals) ? { approvals, state: "approved" } : { approvals };
  };

/** The end of a call that somebody who may approve it does not want. */
export const reject =
  (approver: Approver, reason = ""): Step =>
  (record, now) => {
    const approval = approvalOf(approver, record, now);
    return typeof approval === "string" ? approval : { state: "rejected", by: approval.by, reason };
  };

/** The end of a call that nobody waits for any more. */
export const cancel =
  (reason = ""): Step =>
  () => ({ state: "cancelled", reason });

/** The answer to a clarification: a value for each path that it needs, and for nothing else. */
export const answer =
  (values: { readonly [path: string]: unknown }): Step =>
  (record) => {
    if (record.state !== "pending") return record.state;
    const { clarification } = record.decision;
    const copied = frozenCopy(values);
    if (!clarification || !("copy" in copied)) return "invalid_answer";
    const answer = copied.copy as { readonly [path: string]: Json };
    const fits = `${Object.keys(answer ?? 0).sort()}` === `${[...clarification.needs].sort()}`;
    return fits && filled(record, answer) ? { state: "answered", answer } : "invalid_answer";
  };

/** The request with an answer filled in; undefined where there is no place for it. Who calls is not to be answered. */
export function filled(record: CheckpointRecord, answer: { readonly [path: string]: Json }): unknown {
  let request: Json | undefined = record.request as unknown as Json;
  for (const [path, value] of Object.entries(answer)) {
    const before: Json | undefined = request;
    const steps = stepsOf(path);
    if (steps[0] && steps[0] !== "actor") request = replaced(before, steps, value, true);
    if (request === before) return undefined;
  }
  return request;
}

/** The approval that a person would give, or why they may not. */
function approvalOf(approver: Approver, record: CheckpointRecord, at: number): Approval | Refusal {
  if (record.state !== "pending") return record.state;
  const { id: by, roles = [] } = approver ?? {};
  if (by === record.request.actor.id) return "own_call";
  if (!by || typeof by !== "string" || !Array.isArray(roles)) return "not_allowed";
  const approval = { by, roles: [...roles], at };
  return isAllowed(record.decision, approval) ? approval : "not_allowed";
}
