import type { Code, Decision, Misfit } from "../abi/decision.ts";
import type { Policy } from "../abi/policy.ts";
import { freeze } from "../artifact/decisions.ts";
import type { Refusal } from "./change.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** The result of a call that does not run. `refused` says why a resume was not one. */
export interface Stopped {
  readonly executed: false;
  readonly decision: Decision;
  readonly checkpoint?: Checkpoint | undefined;
  readonly refused?: Refusal | undefined;
  readonly value?: undefined;
}

/** Ends the way to running a call: the result itself is thrown. */
export function stop(decision: Decision, checkpoint?: Checkpoint, refused?: Refusal): never {
  throw { executed: false, decision, checkpoint, refused } satisfies Stopped;
}

/** The result for what was thrown on the way: where it is not ours, the store did not answer. */
export const stoppedBy = (error: unknown, { policy }: { readonly policy: Policy }): Stopped =>
  (error as Stopped | undefined)?.executed === false
    ? (error as Stopped)
    : { executed: false, decision: unavailable(policy, "state") };

/** A denial of the guard's own; nobody's where the policy is none. */
const deny = (policy: Policy, code: Code, reason: string, misfit?: Misfit): Decision => {
  const { name = "", version = null, hash = "" } = policy?.manifest ?? {};
  return freeze({
    decision: "deny",
    code,
    rules: [],
    reasons: [reason],
    risk: "medium",
    requirements: [],
    ...(misfit && { misfit }),
    policy: { name, version, hash },
  });
};

/** The denial where the policy or the state store does not answer. */
export const unavailable = (policy: Policy, what: "policy" | "state"): Decision =>
  deny(policy, `${what}_unavailable`, `The ${what} is not available.`);

/** The denial of a request with a part that does not fit. */
export const unfit = (policy: Policy, misfit: Misfit): Decision => {
  const { path, expected, found } = misfit;
  const reason = `\`${path}\` does not fit: expected ${expected}, found ${found}.`;
  return deny(policy, "invalid_request", reason, misfit);
};
