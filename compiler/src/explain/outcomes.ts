import type { CheckedPolicy, Expr, Location } from "@agentpolicy/language";
import type { Figures } from "@agentpolicy/runtime/abi";
import { decide } from "../interpret/decide.ts";
import { leavesOf } from "../testing/conditions.ts";
import { subjectOf } from "./explain.ts";

/** What one condition of a rule gave. Conditions are what remains of `when` and `unless` without `and`, `or`, `not`, `if`. */
export interface ConditionOutcome {
  readonly rule: string;
  readonly at: Location;
  readonly outcome: boolean | "fault";
}

const owners = new WeakMap<CheckedPolicy, ReadonlyMap<Expr, string>>();

/**
 * The conditions that deciding on a request evaluates, with what they gave, in the order in which that is done. A
 * condition that is skipped, or stands at a level that a stricter one spared, is not among them.
 */
export function traceOutcomes(
  policy: CheckedPolicy,
  request: unknown,
  figures: Figures = {},
): readonly ConditionOutcome[] {
  const conditions = conditionsOf(policy);
  const outcomes: ConditionOutcome[] = [];
  decide(subjectOf(policy), request, figures, (expr, { kind, ...rest }) => {
    const rule = conditions.get(expr);
    if (rule === undefined) return;
    const value = "value" in rest && typeof rest.value === "boolean" ? rest.value : "fault";
    outcomes.push({ rule, at: expr.at, outcome: kind === "value" ? value : "fault" });
  });
  return outcomes;
}

/** Each condition of a policy, and the rule that it is of. */
function conditionsOf(policy: CheckedPolicy): ReadonlyMap<Expr, string> {
  let conditions = owners.get(policy);
  if (conditions === undefined) {
    conditions = new Map(
      policy.rules.flatMap(({ id, bodies }) =>
        bodies
          .flatMap(({ when, unless }) => [...leavesOf(when), ...leavesOf(unless)])
          .map((expr) => [expr, id] as const),
      ),
    );
    owners.set(policy, conditions);
  }
  return conditions;
}
