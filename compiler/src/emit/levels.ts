import type { Level, RulePlan } from "../plan/plan.ts";
import { decisionOf, faultOf, unsureOf } from "./decisions.ts";
import { expression } from "./expr.ts";
import { block, indented, type Lines } from "./lines.ts";
import { type Scope, watched } from "./scope.ts";

/** The statements of all levels, strictest first, made once for all tools that share them. */
export const levelsCode = (levels: readonly Level[], scope: Scope): LevelCode => {
  const { code, used } = scope.module.once(levels, scope.key, () => {
    const { scope: inner, used } = watched(scope);
    return { code: mergesAll(scope) ? together(allOf(levels), inner) : byLevels(levels, inner), used };
  });
  for (const name of used) scope.uses(name);
  return code;
};

const byLevels = (levels: readonly Level[], scope: Scope): LevelCode => {
  const lines: string[] = [];
  let notes = false;
  for (const level of levels) {
    const code = together(level.rules, scope);
    lines.push(...code.lines);
    notes ||= code.notes;
    if (code.decides) return { lines, decides: true, notes };
  }
  return { lines, decides: false, notes };
};

/** So many rules of a level stand in one function; V8 gives up on very large ones. */
const MOST = 24;

export interface LevelCode {
  readonly lines: Lines;
  /** Whether it always decides, so that nothing after it can be reached. */
  readonly decides: boolean;
  /** Whether it notes down in `hits` what matches. */
  readonly notes: boolean;
}

/** Whether decisions carry the clauses of all rules that match (`CheckedPolicy.merge`): then all are judged together. */
const mergesAll = ({ module }: Scope): boolean => module.policy.merge === "all";

const allOf = (levels: readonly Level[]): readonly RulePlan[] => levels.flatMap(({ rules }) => rules);

/** The statements of rules that are judged together: those of a level, or all. */
const together = (all: readonly RulePlan[], scope: Scope): LevelCode => {
  const rules = all.filter(({ condition }) => constantOf(condition) !== false);
  const [only] = rules;
  if (only === undefined) return { lines: [], decides: false, notes: false };
  const decides = rules.some(({ condition }) => constantOf(condition) === true);
  if (rules.length === 1) return { lines: alone(only, scope), decides, notes: false };
  const lines = rules.length <= MOST ? rules.flatMap((rule) => hit(rule, scope)) : chunks(rules, scope);
  const settle = mergesAll(scope)
    ? scope.module.use("artifact/strictest", "strictest")
    : scope.module.use("artifact/levels", "settle");
  const settled = `return ${settle}(me, hits);`;
  return {
    lines: [...lines, decides ? settled : `if (hits !== undefined) ${settled}`],
    decides,
    notes: true,
  };
};

const constantOf = (condition: RulePlan["condition"]): unknown => {
  if (condition === null) return true;
  return condition.kind === "constant" ? condition.value : undefined;
};

/** A rule that has its level for itself decides where it matches. */
const alone = (plan: RulePlan, scope: Scope): Lines => {
  const lines = matching(plan, scope, (decision) => `return ${decision};`);
  return plan.faults ? faulting(plan, scope, lines, faultOf, (fault) => `return ${fault};`) : lines;
};

/** One of several rules of a level is noted down. */
const hit = (plan: RulePlan, scope: Scope): Lines => {
  const note = (decision: string): string =>
    `hits = ${scope.module.use("artifact/levels", "also")}(hits, ${decision});`;
  const lines = matching(plan, scope, note);
  const fault = mergesAll(scope) ? unsureOf : faultOf;
  return plan.faults ? faulting(plan, scope, lines, fault, note) : lines;
};

const matching = (plan: RulePlan, scope: Scope, then: (decision: string) => string): Lines => {
  const decided = then(decisionOf(plan, scope));
  const about = `// ${scope.module.describe(plan.rule.id, plan.rule.nameAt)}`;
  if (constantOf(plan.condition) === true) return [about, decided];
  return [about, `if (${expression(plan.condition!, scope).code}) ${decided}`];
};

const faulting = (
  plan: RulePlan,
  scope: Scope,
  lines: Lines,
  fault: typeof faultOf,
  then: (fault: string) => string,
): Lines => {
  const [about, ...rest] = lines;
  const failed = `${scope.module.use("artifact/faults", "failed")}(error, ${fault(plan, scope)})`;
  return [about!, "try {", ...indented(rest), ...block("} catch (error)", [then(failed)])];
};

/** Many rules in functions of their own, each of which takes and gives what matched so far. */
const chunks = (rules: readonly RulePlan[], scope: Scope): Lines => {
  const lines: string[] = [];
  for (let start = 0; start < rules.length; start += MOST) {
    const { scope: inner, used } = watched(scope);
    const body = rules.slice(start, start + MOST).flatMap((rule) => hit(rule, inner));
    const parameters = ["hits", ...used].join(", ");
    const text = block(`(${parameters}) =>`, [...body, "return hits;"]).join("\n");
    const name = scope.module.define("functions", "rules", text);
    lines.push(`hits = ${name}(${parameters});`);
  }
  return lines;
};
