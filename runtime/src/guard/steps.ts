import { isAllowed, isMet } from "./approvers.ts";
import type { Step } from "./change.ts";
import { frozenCopy, type Json } from "./copy.ts";
import { replaced, stepsOf } from "./paths.ts";
import type { Approver, CheckpointRecord } from "./store.ts";

/** One more approval, the last one needed making the checkpoint `approved`; with a reason, the end of the call. */
export const vote =
  (approver: Approver, reason?: string): Step =>
  (record, at) => {
    const { state, decision, request, approvals } = record;
    const { id: by, roles = [] } = approver ?? {};
    if (state !== "pending") return state;
    if (by === request.actor.id) return "own_call";
    if (!by || typeof by !== "string" || !Array.isArray(roles) || !isAllowed(decision, by, roles))
      return "not_allowed";
    if (reason !== undefined) return { state: "rejected", by, reason };
    if (approvals.some((approval) => approval.by === by)) return "approved_before";
    const all = [...approvals, { by, roles: [...roles], at }];
    return { approvals: all, ...(isMet(decision, all) && { state: "approved" }) };
  };

/** The end of a call that nobody waits for any more. */
export const cancel =
  (reason: string | undefined): Step =>
  () => ({ state: "cancelled", reason });

/** The answer to a clarification: a value for each path that it needs, and for nothing else. */
export const answer =
  (values: { readonly [path: string]: unknown }): Step =>
  (record) => {
    const { clarification } = record.decision;
    const copied = frozenCopy(values);
    if (!clarification || !("copy" in copied)) return "invalid_answer";
    const answer = copied.copy as { readonly [path: string]: Json };
    const fits = `${Object.keys(answer ?? 0).sort()}` === `${clarification.needs}`;
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
