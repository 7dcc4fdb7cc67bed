import { afterRunning, figuresFor, NO_HISTORY } from "@agentpolicy/compiler";
import type { Decision, Figures, Policy } from "@agentpolicy/runtime/abi";

/** A request's decision, with the request and the figures that it was made on. */
export interface Judged {
  readonly decision: Decision;
  readonly request: unknown;
  readonly figures: Figures;
}

export type Judge = (request: unknown) => Judged;

/**
 * Decides on requests in turn. A request without `now` is of this moment. Each stands alone unless they `follow` one
 * another; then those without a session share one, and those allowed count as having run.
 *
 * @param clock epoch milliseconds
 */
export const makeJudge = (policy: Policy, follow: boolean, clock: () => number): Judge => {
  let history = NO_HISTORY;
  return (raw) => {
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
      return { decision: policy.decide(raw, {}), request: raw, figures: {} };
    }
    const moment = clock();
    const request = {
      ...(Object.hasOwn(raw, "now") ? {} : { now: moment }),
      ...(follow && !Object.hasOwn(raw, "session") ? { session: { id: "eval" } } : {}),
      ...raw,
    };
    const at = "now" in request && typeof request.now === "number" ? request.now : moment;
    const figures = figuresFor(policy, request, history, at);
    const decision = policy.decide(request, figures);
    if (follow && decision.decision === "allow") history = afterRunning(policy, request, history, at);
    return { decision, request, figures };
  };
};
