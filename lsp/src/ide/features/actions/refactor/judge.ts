import { afterRunning, figuresFor, NO_HISTORY } from "@agentpolicy/compiler";
import type { Json } from "@agentpolicy/language";
import type { Decision } from "@agentpolicy/runtime/abi";
import type { Snapshot } from "../../../snapshot.ts";
import { readyPolicy } from "../../../trial/ready.ts";
import type { TestRequest } from "./trial.ts";

/** A call of a test. */
export interface Step {
  readonly tool: string;
  readonly input: Json;
}

export interface Judged extends Step {
  readonly decision: Decision;
}

/** The moment that a test begins at, where it says none (decision record 0004). */
const START = Date.UTC(2026, 0, 1);

/** What is decided on calls one after another, as a test makes them. */
export function judge(snapshot: Snapshot, roots: TestRequest, steps: readonly Step[]): readonly Judged[] {
  const policy = readyPolicy(snapshot)?.policy;
  if (policy === undefined) return [];
  let history = NO_HISTORY;
  return steps.map((step) => {
    const request = {
      session: { id: "test" },
      now: START,
      ...roots,
      actor: { type: "agent", id: "test", ...(roots.actor as object) },
      action: { name: step.tool, input: step.input },
    };
    const decision = policy.decide(request, figuresFor(policy, request, history, START));
    if (decision.decision === "allow") history = afterRunning(policy, request, history, START);
    return { ...step, decision };
  });
}
