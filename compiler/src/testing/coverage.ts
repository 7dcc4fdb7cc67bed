import type { CheckedPolicy, Location } from "@agentpolicy/language";
import { conditionsOf, placeKey } from "./conditions.ts";

/** An outcome of a condition: a place of the policy that was once true or false. */
export interface Reached {
  readonly at: Location;
  readonly outcome: boolean;
}

/** What the tests of a policy reached. */
export interface TestCoverage {
  readonly rules: { readonly all: number; readonly matched: number };
  /** Every condition can be true or false; each counts as one outcome. */
  readonly outcomes: { readonly all: number; readonly reached: number };
  /** Rules that matched in no test, sorted by id. `at` is the rule's name. */
  readonly unmatched: readonly { readonly rule: string; readonly at: Location }[];
  /** Outcomes that no test reached, by place. */
  readonly missing: readonly { readonly rule: string; readonly at: Location; readonly outcome: boolean }[];
}

/**
 * What of a policy its tests reached: rules that matched, and both outcomes of each condition.
 *
 * @param matched ids of rules that matched, in any test
 * @param reached outcomes of conditions seen on the way, in any test
 */
export const coverageOf = (
  policy: CheckedPolicy,
  matched: ReadonlySet<string>,
  reached: Iterable<Reached>,
): TestCoverage => {
  const seen = new Set<string>();
  for (const { at, outcome } of reached) seen.add(`${outcome} ${placeKey(at)}`);
  const conditions = conditionsOf(policy);
  const missing = conditions.flatMap(({ rule, at }) =>
    [true, false]
      .filter((outcome) => !seen.has(`${outcome} ${placeKey(at)}`))
      .map((outcome) => ({ rule, at, outcome })),
  );
  const unmatched = policy.rules
    .filter(({ id }) => !matched.has(id))
    .map(({ id, nameAt }) => ({ rule: id, at: nameAt }))
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
  const all = conditions.length * 2;
  return {
    rules: { all: policy.rules.length, matched: policy.rules.length - unmatched.length },
    outcomes: { all, reached: all - missing.length },
    unmatched,
    missing,
  };
};
