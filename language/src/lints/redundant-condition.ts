import type { CheckedPolicy, Rule, RuleBody } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { REDUNDANT_CONDITION } from "../diagnostics/messages/lints.ts";
import type { Location } from "../text/span.ts";
import { cases, partsOfBody, typingsOf } from "./analysis/conditions.ts";
import { alternativesOf, canFault, contains, isGuard, opposite } from "./analysis/shape.ts";
import { type Demand, isContradiction } from "./analysis/solve.ts";
import type { Typing } from "./analysis/typing.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";

/** A part of a condition that decides nothing, because the others already settle it. */
interface Verdict {
  readonly at: Location;
  readonly always: boolean;
  readonly alone: boolean;
}

/** Larger conditions are left alone: the time grows with the square of their parts. */
const MOST_PARTS = 24;

export const redundantConditions = ({ policy, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const inRule = foundBy(memory, "redundant-condition", (rule: Rule) => judge(rule, policy));
  return policy.rules.flatMap((rule) =>
    inRule(rule).map(({ at, ...facts }) => diagnose(REDUNDANT_CONDITION, facts, at)),
  );
};

const judge = (rule: Rule, policy: CheckedPolicy): readonly Verdict[] => {
  const [first, ...others] = rule.bodies.map((body) => judgeBody(body, policy));
  return (first ?? []).filter((verdict) =>
    others.every((verdicts) => verdicts.some((other) => keyOf(other) === keyOf(verdict))),
  );
};

const keyOf = ({ at, always }: Verdict): string => `${at.file} ${at.start} ${at.end} ${always}`;

const judgeBody = (body: RuleBody, policy: CheckedPolicy): readonly Verdict[] => {
  const parts = partsOfBody(body, policy);
  if (parts === null || parts.length === 0 || parts.length > MOST_PARTS) return [];
  const typings = typingsOf(body, parts, policy);
  const all = parts.map(({ demand }) => demand);
  const never = neverWith(typings);
  if (never(all)) return [];
  return parts.flatMap((part, index) => {
    const context = { before: all.slice(0, index), after: all.slice(index + 1), never };
    const whole = judgeDemand(part.demand, context, false);
    if (whole !== null) return [{ ...whole, at: part.at }];
    return part.written.kind === "call" ? [] : judgeAlternatives(part.demand, context);
  });
};

type Never = (demands: readonly Demand[]) => boolean;

const neverWith =
  (typings: readonly Typing[]): Never =>
  (demands) =>
    typings.every((typing) => isContradiction(demands, typing, cases()));

interface Context {
  readonly before: readonly Demand[];
  readonly after: readonly Demand[];
  readonly never: Never;
}

/** Tests that the checker judges by their types alone. */
const CHECKED: ReadonlySet<string> = new Set(["equal", "compare", "in", "is", "has", "constant"]);

/** Whether a demand is surely met (`excluded`: surely not met) wherever the demands around it are. */
const judgeDemand = (
  wanted: Demand,
  { before, after, never }: Context,
  excluded: boolean,
): Verdict | null => {
  const { expr } = wanted;
  if (contains(expr, (part) => part.kind === "constant" && typeof part.value === "boolean")) return null;
  const tried = excluded ? wanted : opposite(wanted);
  const verdict = { at: expr.at, always: tried.holds === false };
  if (never([tried])) return CHECKED.has(expr.kind) || isGuard(expr) ? null : { ...verdict, alone: true };
  const usesAfter = !isGuard(expr) && !after.some((other) => canFault(other.expr));
  return never([...before, tried, ...(usesAfter ? after : [])]) ? { ...verdict, alone: false } : null;
};

const judgeAlternatives = (wanted: Demand, context: Context): readonly Verdict[] => {
  const ways = alternativesOf(wanted);
  if (ways.length < 2 || ways.length > MOST_PARTS) return [];
  return ways.flatMap((way, index) => {
    const verdict = judgeDemand(
      way,
      {
        never: context.never,
        before: [...context.before, ...ways.slice(0, index).map(opposite)],
        after: [...ways.slice(index + 1).map(opposite), ...context.after],
      },
      true,
    );
    return verdict === null ? [] : [verdict];
  });
};
