import type { Expr, Json, Template } from "@agentpolicy/language";
import type { RulePlan } from "../plan/plan.ts";
import { pathText } from "../plan/request-path.ts";
import { shownKind } from "../plan/shown-kind.ts";
import { expression } from "./expr.ts";
import { BINDS, chain, type Js, js, within } from "./js.ts";
import { literal, quote } from "./literal.ts";
import { makeFunction, type Scope } from "./scope.ts";

/** The part of a rule's id that people call it by. */
export const shortName = (id: string): string => id.slice(id.indexOf(".") + 1);

/** What a rule decides where it matches alone: a constant, or a call where its words hold values. */
export const decisionOf = (plan: RulePlan, scope: Scope): string => {
  const { module } = scope;
  const { rule } = plan;
  const hint = shortName(rule.id);
  const code = (inner: Scope): string => {
    const reasons = plan.because === null ? "[]" : `[${words(plan.because, inner)}]`;
    const args = ["me", quote(rule.effect), '"rule"', `[${quote(rule.id)}]`, reasons, quote(rule.risk)];
    const requirements = [...new Set(rule.requirements)].sort();
    const more = demand(plan, inner);
    if (requirements.length > 0 || more !== null) args.push(literal(requirements));
    if (more !== null) args.push(more);
    return `${module.use("artifact", "decision")}(${args.join(", ")})`;
  };
  if (!hasValues(plan.because) && !hasValues(plan.ask)) return module.define("constants", hint, code(scope));
  return makeFunction(scope, hint, code);
};

/** What a rule decides where it cannot be evaluated. */
export const faultOf = ({ rule }: RulePlan, { module }: Scope): string =>
  module.define(
    "constants",
    `${shortName(rule.id)}_unread`,
    `${module.use("artifact/faults", "unread")}(me, ${quote(rule.id)})`,
  );

/** What is noted of a rule that cannot be evaluated where rules of all levels are judged together. */
export const unsureOf = (plan: RulePlan, scope: Scope): string => {
  const { module } = scope;
  const unsure = `${module.use("artifact/strictest", "unsure")}(${decisionOf(plan, scope)})`;
  if (hasValues(plan.because) || hasValues(plan.ask)) return unsure;
  return module.define("constants", `${shortName(plan.rule.id)}_unsure`, unsure);
};

const hasValues = (template: Template | null): boolean =>
  template?.some((part) => typeof part !== "string") ?? false;

const demand = ({ rule, ask }: RulePlan, scope: Scope): string | null => {
  if (rule.approval !== undefined) {
    const { from, approvals, within } = rule.approval;
    return literal({ approval: { approvers: [{ rule: rule.id, from, approvals }], within } });
  }
  if (rule.clarification !== undefined) {
    const needs: Json = [...new Set(rule.clarification.needs.map(pathText))].sort();
    const question = ask === null ? '""' : words(ask, scope);
    const parts = [
      `questions: [{ rule: ${quote(rule.id)}, ask: ${question} }]`,
      `needs: ${literal(needs)}`,
      `within: ${rule.clarification.within}`,
    ];
    return `{ clarification: { ${parts.join(", ")} } }`;
  }
  return null;
};

/** Text with values in it, as one expression that gives a string. */
const words = (template: Template, scope: Scope): string => {
  const parts = template.filter((part) => part !== "").map((part) => shownPart(part, scope));
  if (parts.length === 0) return '""';
  return parts.reduce((left, right) => chain(left, "+", right, BINDS.additive)).code;
};

const shownPart = (part: string | Expr, scope: Scope): Js => {
  if (typeof part === "string") return js(quote(part));
  const { module } = scope;
  const kind = shownKind(part, module.policy);
  const value = expression(part, scope);
  const args = [within(value, BINDS.conditional), ...(kind === undefined ? [] : [quote(kind)])];
  const shown = `${module.use("values/text", "shown")}(${args.join(", ")})`;
  return js(module.canFault(part) ? `${module.use("artifact/faults", "tried")}(() => ${shown})` : shown);
};
