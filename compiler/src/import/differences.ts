import type { CheckedPolicy, Rule } from "@agentpolicy/language";
import type { Effect, Risk } from "@agentpolicy/runtime/abi";
import { glob } from "@agentpolicy/runtime/values/glob";
import type { PolicyObject } from "../rules/rule-objects.ts";

const EFFECTS: readonly Effect[] = ["allow", "approval_required", "clarification_required", "deny"];
const RISKS: readonly Risk[] = ["low", "medium", "high", "critical"];

/**
 * What the policy in the language does not say that the rule objects said, one sentence each. Effects and codes are
 * never among it: a decision of the language carries the clauses of the level that decides and of no other, and its
 * default has neither risk nor requirements.
 */
export function differences(
  object: PolicyObject,
  policy: CheckedPolicy,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  return [
    ...ofNames(names),
    ...ofDefault(policy),
    ...object.rules.flatMap((rule, i) => {
      const actions = rule.when?.action === undefined ? ["*"] : [rule.when.action].flat();
      const stricter = policy.rules.filter(
        (other, j) =>
          EFFECTS.indexOf(other.effect) > EFFECTS.indexOf(policy.rules[i]!.effect) &&
          mayBothBe(actions, [object.rules[j]?.when?.action ?? "*"].flat()) &&
          adds(policy.rules[i]!, other),
      );
      return stricter.length === 0 ? [] : [ofWeaker(policy.rules[i]!, stricter, names)];
    }),
  ];
}

function ofNames(names: ReadonlyMap<string, string>): readonly string[] {
  return [...names].flatMap(([id, name]) =>
    id === name ? [] : [`The rule ${JSON.stringify(id)} is called \`${name}\` here.`],
  );
}

function ofDefault({ byDefault }: CheckedPolicy): readonly string[] {
  const { risk = "medium", requirements = [] } = byDefault ?? {};
  const said = [
    ...(risk === "medium" ? [] : [`the risk ${risk}`]),
    ...(requirements.length === 0 ? [] : [`the requirements ${quoted(requirements)}`]),
  ];
  if (said.length === 0) return [];
  return [`The default does not carry ${said.join(" and ")}; defaults have no clauses here.`];
}

/** Whether a weaker rule would add to what a stricter one decides. */
function adds(weaker: Rule, stricter: Rule): boolean {
  return (
    RISKS.indexOf(weaker.risk) > RISKS.indexOf(stricter.risk) ||
    weaker.requirements.some((requirement) => !stricter.requirements.includes(requirement))
  );
}

function ofWeaker(rule: Rule, stricter: readonly Rule[], names: ReadonlyMap<string, string>): string {
  const others = stricter.map(({ id }) => `\`${names.get(id) ?? id}\``);
  const riskier = stricter.some(({ risk }) => RISKS.indexOf(rule.risk) > RISKS.indexOf(risk));
  const missing = rule.requirements.filter((one) =>
    stricter.some(({ requirements }) => !requirements.includes(one)),
  );
  const said = [
    ...(riskier ? [`its risk (${rule.risk})`] : []),
    ...(missing.length === 0 ? [] : [`its requirements (${quoted(missing)})`]),
  ];
  const where = `where ${others.join(", ")} decide${others.length === 1 ? "s" : ""}`;
  return `Rule \`${names.get(rule.id) ?? rule.id}\` does not add ${said.join(" and ")} ${where}.`;
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(", ");
}

/** Whether one tool could be meant by both; globs that begin alike count as if it could. */
function mayBothBe(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.some((other) => overlap(one, other)));
}

function overlap(one: string, other: string): boolean {
  if (!/[*?]/.test(one)) return glob(other)(one);
  if (!/[*?]/.test(other)) return glob(one)(other);
  const [a, b] = [one, other].map((pattern) => pattern.replace(/[*?].*$/s, "")) as [string, string];
  return a.startsWith(b) || b.startsWith(a);
}
