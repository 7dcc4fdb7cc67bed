import type { Code, Decision, Effect, PolicyIdentity, Risk } from "../abi/decision.ts";

/** What only some decisions say. */
export type Demand = Pick<Decision, "approval" | "clarification" | "misfit">;

/** Freezes plain data, deeply. */
export const freeze = <T>(value: T): T => {
  if (Object(value) === value) {
    Object.values(value as object).forEach(freeze);
    Object.freeze(value);
  }
  return value;
};

/** Whose decisions these are. `hash` is the SHA-256 (hex) of the policy's meaning. */
export const identity = (name: string, version: string | null, hash: string): PolicyIdentity =>
  freeze({ name, version, hash });

/** A decision, deeply frozen. */
export const decision = (
  policy: PolicyIdentity,
  effect: Effect,
  code: Code,
  rules: readonly string[],
  reasons: readonly string[],
  risk: Risk = "medium",
  requirements: readonly string[] = [],
  demand?: Demand,
): Decision => freeze({ decision: effect, code, rules, reasons, risk, requirements, ...demand, policy });

/** A denial, and the sentence that says why. */
export const denied = (
  policy: PolicyIdentity,
  code: Code,
  reason: string,
  rules: readonly string[] = [],
): Decision => decision(policy, "deny", code, rules, [reason]);
