import type { CheckedPolicy } from "@agentpolicy/language";
import type { Pick } from "./pick.ts";

export function shuffled<T>(all: Iterable<T>, pick: Pick): T[] {
  const left = [...all];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(pick.below(left.length), 1));
  return out;
}

/** The same policy with everything that has no order in another one, and everything in other places. */
export function rearranged(policy: CheckedPolicy, pick: Pick): CheckedPolicy {
  const elsewhere = { file: "moved.agentpolicy", start: 7, end: 9 };
  return {
    ...policy,
    sources: [{ path: "moved.agentpolicy", text: "// moved", kind: "policy" }],
    tools: new Map(shuffled(policy.tools, pick)),
    functions: new Map(shuffled(policy.functions, pick)),
    tracks: new Map(shuffled(policy.tracks, pick)),
    masks: shuffled(policy.masks, pick),
    rules: shuffled(policy.rules, pick).map((rule) => ({
      ...rule,
      at: elsewhere,
      nameAt: elsewhere,
      doc: "Moved.",
      requirements: shuffled(rule.requirements, pick),
      bodies: shuffled(rule.bodies, pick),
    })),
  };
}
