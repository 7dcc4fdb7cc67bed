import {
  type CheckedPolicy,
  childrenOf,
  type Expr,
  effectWords,
  format,
  type Rule,
} from "@agentpolicy/language";
import { checkedPolicy } from "../rules/define.ts";
import { isUnjudged } from "../rules/exprs.ts";
import { checkPolicyObject } from "../rules/validate.ts";
import type { PolicyFailure } from "../rules/validation-error.ts";
import { differences } from "./differences.ts";
import { namePolicy, nameRules } from "./names.ts";
import { UNJUDGED, UNWRITABLE, writeExpr, writeName, writeText } from "./write-expr.ts";

/** A policy of rule objects in the words of the language. */
export interface WrittenRules {
  /** The text of the policy's file, formatted; null where anything failed. */
  readonly text: string | null;
  /** What is wrong with the object, or what of it the language has no words for. */
  readonly failures: readonly PolicyFailure[];
  /** What the text does not say that the object said; a sentence each. They stand in the text, too. */
  readonly differences: readonly string[];
  /** The name of each rule in the text, by its id. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Writes rule objects as a policy in the language that gives every request the same effect and code (decision 0017).
 *
 * @param given the object as JSON gives it, of whatever shape
 * @param otherwise what the policy is called where the object does not name it
 */
export function writeRules(given: unknown, otherwise = "policy"): WrittenRules {
  const { policy: object, failures } = checkPolicyObject(given);
  if (object === null) return { text: null, failures, differences: [], names: new Map() };
  const policy = checkedPolicy(object);
  const names = nameRules(policy.rules.map(({ id }) => id));
  const unwritable: PolicyFailure[] = [];
  const rules = policy.rules.map((rule, i) => {
    const text = writeRule(rule, names.get(rule.id)!);
    if (text !== null) return text;
    const message = "the language has no way to ask for the items of a list one by one";
    unwritable.push({ path: `rules[${i}].when`, ruleId: rule.id, message });
    return "";
  });
  if (unwritable.length > 0) return { text: null, failures: unwritable, differences: [], names };
  const said = differences(object, policy, names);
  const name = namePolicy(object.name ?? object.id ?? otherwise);
  return { text: whole(policy, name, rules, said), failures: [], differences: said, names };
}

function whole(
  policy: CheckedPolicy,
  name: string,
  rules: readonly string[],
  said: readonly string[],
): string {
  const version = policy.version === null ? "" : ` version ${writeText(policy.version)}`;
  const conditions = policy.rules.flatMap(({ bodies }) => bodies.flatMap(({ when }) => when ?? []));
  const parts = [
    `policy ${name}${version}`,
    said.length === 0 ? "" : `// Not as the rule objects had it:\n${said.map(comment).join("\n")}`,
    ...shapes(conditions),
    `default ${policy.default === "deny" ? "deny" : "require approval"}`,
    conditions.some(isJudging) ? FUNCTION : "",
    `on unknown {\n${rules.join("\n\n")}\n}`,
  ];
  return format(`${parts.filter((part) => part !== "").join("\n\n")}\n`).text;
}

/** Text that no parser of addresses takes makes any condition impossible to evaluate. */
const FUNCTION = `/// For a value that cannot be judged, such as a list where a text is asked for: the call is denied.
fn ${UNJUDGED}() = email("?").domain == "?"`;

function comment(sentence: string): string {
  return `// - ${sentence.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "·")}`;
}

function isJudging(expr: Expr): boolean {
  return isUnjudged(expr) || childrenOf(expr).some(isJudging);
}

/** The fields of `actor`, `context` and `resource` that rules name. Any value may stand there, as in rule objects. */
function shapes(conditions: readonly Expr[]): readonly string[] {
  const fields = { actor: new Set<string>(), context: new Set<string>(), resource: new Set<string>() };
  const visit = (expr: Expr): void => {
    if ((expr.kind === "field" || expr.kind === "has") && expr.of.kind === "root") {
      const { root } = expr.of;
      if (root === "context" || root === "resource" || root === "actor") fields[root].add(expr.name);
    }
    for (const child of childrenOf(expr)) visit(child);
  };
  conditions.forEach(visit);
  return (["actor", "context", "resource"] as const).flatMap((root) => {
    const names = [...fields[root]].filter((name) => root !== "actor" || (name !== "id" && name !== "type"));
    if (names.length === 0) return [];
    return [
      `${root} { ${names
        .sort()
        .map((name) => `${writeName(name)}?: any`)
        .join(", ")} }`,
    ];
  });
}

/** Null where the language has no words for what the rule asks. */
function writeRule(rule: Rule, name: string): string | null {
  const [body] = rule.bodies;
  const usual = rule.effect === "allow" ? "low" : "medium";
  const requirements = [...new Set(rule.requirements)].map(writeText).join(", ");
  const when = body?.when == null ? "" : writeCondition(body.when);
  if (when === null) return null;
  return [
    `${effectWords(rule.effect)} ${name}`,
    when === "" ? "" : `when ${when}`,
    rule.risk === usual ? "" : `risk ${rule.risk}`,
    requirements === "" ? "" : `requires ${requirements}`,
    body?.because == null ? "" : `because ${writeTemplate(body.because)}`,
    body?.ask == null ? "" : `ask ${writeTemplate(body.ask)}`,
  ]
    .filter((clause) => clause !== "")
    .join("\n");
}

function writeCondition(when: Expr): string | null {
  try {
    return writeExpr(when);
  } catch (error) {
    if (error === UNWRITABLE) return null;
    throw error;
  }
}

/** Texts of rule objects show no values, so their braces are braces. */
function writeTemplate(template: readonly unknown[]): string {
  return writeText(template.join("")).replace(/[{}]/g, "$&$&");
}
