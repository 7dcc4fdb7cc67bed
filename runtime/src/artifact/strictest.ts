import type { Decision, Effect, PolicyIdentity } from "../abi/decision.ts";
import { freeze } from "./decisions.ts";
import { type Hits, merged } from "./levels.ts";

// For policies whose decisions carry the clauses of every rule that matches, at whatever level (rule objects).

const EFFECTS: readonly Effect[] = ["allow", "approval_required", "clarification_required", "deny"];

/** What a rule decides that could not be evaluated: nothing, but what it asks for counts. */
export const unsure = (decision: Decision): Decision => freeze({ ...decision, code: "invalid_value" });

/** The decision of the strictest level at which rules matched or could not be evaluated, with the clauses of all. */
export const strictest = (policy: PolicyIdentity, hits: Hits): Decision => {
  const all = Array.isArray(hits) ? (hits as readonly Decision[]) : [hits as Decision];
  const effect = EFFECTS.findLast((effect) => all.some((hit) => hit.decision === effect));
  const level = all.filter((hit) => hit.decision === effect);
  const sorted = [...all].sort((a, b) => ((a.rules[0] as string) < (b.rules[0] as string) ? -1 : 1));
  return merged(policy, level, sorted);
};
