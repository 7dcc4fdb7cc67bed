import type { Level, RulePlan } from "../plan/plan.ts";
import { decisionOf, faultOf } from "./decisions.ts";
import { expression } from "./expr.ts";
import { block, indented, type Lines } from "./lines.ts";
import { type Scope, watched } from "./scope.ts";

/** The statements of all levels, strictest first, made once for all tools that share them. */
export const levelsCode = (levels: readonly Level[], scope: Scope): LevelCode => {
  const { code, used } = scope.module.once(levels, scope.key, () => {
    const { scope: inner, used } = watched(scope);
    const lines: string[] = [];
    let decides = false;
    let notes = false;
    for (const level of levels) {
      if (decides) break;
      const code = levelCode(level, inner);
      lines.push(...code.lines);
      decides = code.decides;
      notes ||= code.notes;
    }
    return { code: { lines, decides, notes }, used };
  });
  for (const name of used) scope.uses(name);
  return code;
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

/** The statements of a level. */
const levelCode = (level: Level, scope: Scope): LevelCode => {
  const rules = level.rules.filter(({ condition }) => constantOf(condition) !== false);
  const [only] = rules;
  if (only === undefined) return { lines: [], decides: false, notes: false };
  const decides = rules.some(({ condition }) => constantOf(condition) === true);
  if (rules.length === 1) return { lines: alone(only, scope), decides, notes: false };
  const lines = rules.length <= MOST ? rules.flatMap((rule) => hit(rule, scope)) : chunks(rules, scope);
  const settled = `return ${scope.module.use("artifact/levels", "settle")}(me, hits);`;
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
  return plan.faults ? faulting(plan, scope, lines, (fault) => `return ${fault};`) : lines;
};

/** One of several rules of a level is noted down. */
const hit = (plan: RulePlan, scope: Scope): Lines => {
  const note = (decision: string): string =>
    `hits = ${scope.module.use("artifact/levels", "also")}(hits, ${decision});`;
  const lines = matching(plan, scope, note);
  return plan.faults ? faulting(plan, scope, lines, note) : lines;
};

const matching = (plan: RulePlan, scope: Scope, then: (decision: string) => string): Lines => {
  const decided = then(decisionOf(plan, scope));
  const about = `// ${scope.module.describe(plan.rule.id, plan.rule.nameAt)}`;
  if (constantOf(plan.condition) === true) return [about, decided];
  return [about, `if (${expression(plan.condition!, scope).code}) ${decided}`];
};

const faulting = (plan: RulePlan, scope: Scope, lines: Lines, then: (fault: string) => string): Lines => {
  const [about, ...rest] = lines;
  const failed = `${scope.module.use("artifact/faults", "failed")}(error, ${faultOf(plan, scope)})`;
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
