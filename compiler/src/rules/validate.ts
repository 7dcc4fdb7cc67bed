import { suggest } from "@agentpolicy/language";
import { fieldText } from "../plan/request-path.ts";
import type { PolicyObject } from "./rule-objects.ts";
import { type PolicyFailure, PolicyValidationError } from "./validation-error.ts";

const POLICY_KEYS = ["name", "version", "defaultDecision", "rules"];
const RULE_KEYS = ["id", "when", "decision", "reason", "risk", "requirements"];
const CONDITION_KEYS = ["action", "actor", "context", "resource", "input", "arguments"];
const DEFAULTS = ["deny", "approval_required"];
const DECISIONS = ["allow", "approval_required", "clarification_required", "deny"];
const RISKS = ["low", "medium", "high", "critical"];
/** Deeper matchers are a mistake, if not a cycle. */
const DEEPEST = 32;

/** Where in the policy object a check stands, and where it says what is wrong. */
interface Place {
  readonly path: string;
  readonly ruleId: string | null;
  readonly failures: PolicyFailure[];
}

type Fields = { readonly [name: string]: unknown };

/** Gives the policy object back where all of it is well-formed. Throws one `PolicyValidationError` otherwise. */
export function validated(policy: unknown): PolicyObject {
  const failures: PolicyFailure[] = [];
  checkPolicy(policy, { path: "", ruleId: null, failures });
  if (failures.length > 0) throw new PolicyValidationError(failures);
  return policy as PolicyObject;
}

function fail({ path, ruleId, failures }: Place, message: string): void {
  failures.push({ path, ruleId, message });
}

function at(place: Place, step: string | number): Place {
  const text = typeof step === "number" ? `[${step}]` : fieldText(step);
  return { ...place, path: place.path === "" && text.startsWith(".") ? text.slice(1) : place.path + text };
}

function checkPolicy(policy: unknown, place: Place): void {
  if (!checkKeys(policy, POLICY_KEYS, place)) return;
  checkText(policy.name, at(place, "name"));
  checkText(policy.version, at(place, "version"));
  if (policy.defaultDecision !== undefined) {
    checkOneOf(policy.defaultDecision, DEFAULTS, at(place, "defaultDecision"));
  }
  const rules = at(place, "rules");
  if (!Array.isArray(policy.rules)) {
    fail(rules, `expected a list of rules, found ${kind(policy.rules)}`);
    return;
  }
  const first = new Map<string, number>();
  policy.rules.forEach((rule: unknown, i) => {
    const id = isRecord(rule) && typeof rule.id === "string" ? rule.id : null;
    const here = { ...at(rules, i), ruleId: id };
    checkRule(rule, here);
    if (id === null) return;
    const other = first.get(id);
    if (other !== undefined) fail(at(here, "id"), `rules[${other}] has the id ${quoted(id)} too`);
    else first.set(id, i);
  });
}

function checkRule(rule: unknown, place: Place): void {
  if (!checkKeys(rule, RULE_KEYS, place)) return;
  if (rule.id === undefined) fail(at(place, "id"), "a rule needs an id");
  else checkText(rule.id, at(place, "id"));
  if (rule.decision === undefined)
    fail(at(place, "decision"), `a rule needs a decision: ${listed(DECISIONS)}`);
  else checkOneOf(rule.decision, DECISIONS, at(place, "decision"));
  if (rule.risk !== undefined) checkOneOf(rule.risk, RISKS, at(place, "risk"));
  checkText(rule.reason, at(place, "reason"));
  if (rule.decision === "clarification_required" && rule.reason === undefined) {
    fail(at(place, "reason"), "a clarification needs a reason, which is the question that is asked");
  }
  if (rule.requirements !== undefined) checkTexts(rule.requirements, at(place, "requirements"));
  if (rule.when !== undefined) checkConditions(rule.when, at(place, "when"));
}

function checkConditions(when: unknown, place: Place): void {
  if (!checkKeys(when, CONDITION_KEYS, place)) return;
  checkText(when.action, at(place, "action"));
  for (const root of ["actor", "context", "resource", "input", "arguments"]) {
    const fields = when[root];
    if (fields === undefined) continue;
    if (isRecord(fields)) checkMatcher(fields, at(place, root), 0);
    else fail(at(place, root), `expected a record of fields, found ${kind(fields)}`);
  }
  if (when.input !== undefined && when.arguments !== undefined) {
    fail(at(place, "arguments"), "`arguments` is another name for `input`; give one of them");
  }
}

function checkMatcher(matcher: unknown, place: Place, depth: number): void {
  if (typeof matcher === "string" || typeof matcher === "boolean" || matcher === null) return;
  if (typeof matcher === "number") {
    if (!Number.isFinite(matcher)) fail(place, `expected a finite number, found ${String(matcher)}`);
  } else if (!isRecord(matcher)) {
    fail(place, `expected a string, number, boolean, null or record, found ${kind(matcher)}`);
  } else if (depth === DEEPEST) {
    fail(place, `records here may be ${DEEPEST} deep at most`);
  } else {
    for (const [name, inner] of Object.entries(matcher)) checkMatcher(inner, at(place, name), depth + 1);
  }
}

function checkKeys(value: unknown, keys: readonly string[], place: Place): value is Fields {
  if (!isRecord(value)) {
    fail(place, `expected a record, found ${kind(value)}`);
    return false;
  }
  for (const name of Object.keys(value)) {
    if (!keys.includes(name)) fail(at(place, name), `there is no ${quoted(name)} here${meant(name, keys)}`);
  }
  return true;
}

function checkOneOf(value: unknown, values: readonly string[], place: Place): void {
  if (typeof value !== "string") fail(place, `expected ${listed(values)}, found ${kind(value)}`);
  else if (!values.includes(value)) {
    fail(place, `expected ${listed(values)}, found ${quoted(value)}${meant(value, values)}`);
  }
}

function checkText(value: unknown, place: Place): void {
  if (value === undefined) return;
  if (typeof value !== "string") fail(place, `expected a string, found ${kind(value)}`);
  else if (value.trim() === "") fail(place, "expected some text, found none");
}

function checkTexts(value: unknown, place: Place): void {
  if (!Array.isArray(value)) fail(place, `expected a list of strings, found ${kind(value)}`);
  else
    value.forEach((text: unknown, i) => {
      if (typeof text === "string") checkText(text, at(place, i));
      else fail(at(place, i), `expected a string, found ${kind(text)}`);
    });
}

/** Decisions as other policy languages call them. */
const HABITS: ReadonlyMap<string, string> = new Map([
  ["permit", "allow"],
  ["approve", "approval_required"],
  ["require_approval", "approval_required"],
  ["ask", "clarification_required"],
  ["require_clarification", "clarification_required"],
  ["clarify", "clarification_required"],
  ["forbid", "deny"],
  ["block", "deny"],
]);

function meant(found: string, candidates: readonly string[]): string {
  const habit = HABITS.get(found.toLowerCase());
  const best = habit !== undefined && candidates.includes(habit) ? habit : suggest(found, candidates);
  return best === undefined ? "" : `; did you mean ${quoted(best)}?`;
}

function listed(values: readonly string[]): string {
  return `${values.slice(0, -1).map(quoted).join(", ")} or ${quoted(values.at(-1)!)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a record" : `a ${typeof value}`;
}
