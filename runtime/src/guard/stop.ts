import type { Code, Decision, Misfit } from "../abi/decision.ts";
import type { Policy } from "../abi/policy.ts";
import { freeze } from "../artifact/decisions.ts";
import type { Refusal } from "./change.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** The result of a call that does not run. `refused` says why a resume was not one. */
export interface Stopped {
  readonly executed: false;
  readonly decision: Decision;
  readonly checkpoint?: Checkpoint;
  readonly refused?: Refusal;
  readonly value?: undefined;
}

/** Ends the way to running a call: what is thrown carries the result. */
export function stop(decision: Decision, more?: Pick<Stopped, "checkpoint" | "refused">): never {
  throw { stopped: { executed: false, decision, ...more } };
}

/** The result for what was thrown on the way: where it is not ours, the store did not answer. */
export const stoppedBy = (error: unknown, policy: Policy): Stopped =>
  (error as { readonly stopped?: Stopped } | undefined)?.stopped ?? {
    executed: false,
    decision: unavailable(policy, "state"),
  };

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
export const unfit = (policy: Policy, path: string, expected: string, found: string): Decision =>
  deny(policy, "invalid_request", `\`${path}\` does not fit: expected ${expected}, found ${found}.`, {
    path,
    expected,
    found,
  });
