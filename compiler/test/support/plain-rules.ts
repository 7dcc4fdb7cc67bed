import { email } from "@agentpolicy/runtime/values/email";

/**
 * What `docs/rules.md` says rule objects mean, once more in the plainest words there are: loops over objects, nothing of
 * the compiler. Whatever the compiler makes of rules is compared with it. Policies are well-formed.
 */

type Fields = { readonly [name: string]: unknown };

interface PlainRule {
  readonly id: string;
  readonly when?: { readonly [part: string]: unknown };
  readonly decision?: string;
  readonly reason?: string;
  readonly description?: string;
  readonly risk?: string;
  readonly requirements?: readonly string[];
}

interface PlainPolicy {
  readonly rules: readonly PlainRule[];
  readonly defaultDecision?: string;
  readonly defaultRisk?: string;
  readonly defaultRequirements?: readonly string[];
  readonly internalDomains?: readonly string[];
}

export interface PlainRequest {
  readonly actor: unknown;
  readonly action: { readonly name: string; readonly input?: unknown };
  readonly [root: string]: unknown;
}

/** Whether something matches; `unjudged` where nobody can say. */
type Verdict = true | false | "unjudged";

export interface PlainDecision {
  readonly decision: string;
  readonly code: string;
  readonly rules: readonly string[];
  readonly reasons: readonly string[] | null;
  readonly risk: string;
  readonly requirements: readonly string[];
}

const STRICTEST_FIRST = ["deny", "clarification_required", "approval_required", "allow"];
const RISKS = ["low", "medium", "high", "critical"];

export function plainDecision(policy: PlainPolicy, request: PlainRequest): PlainDecision {
  const refused = (code: string, rules: string[]): PlainDecision => ({
    decision: "deny",
    code,
    rules,
    reasons: null,
    risk: "medium",
    requirements: [],
  });
  if (!isWellFormed(policy, request)) return refused("invalid_request", []);
  const judged: { rule: PlainRule; effect: string; verdict: Verdict }[] = [];
  for (const rule of policy.rules) {
    const effect = rule.decision ?? policy.defaultDecision ?? "approval_required";
    judged.push({ rule, effect, verdict: ruleVerdict(rule.when ?? {}, request, policy) });
  }
  judged.sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  for (const effect of STRICTEST_FIRST) {
    const level = judged.filter((one) => one.effect === effect && one.verdict !== false);
    if (level.length === 0) continue;
    const unjudged = level.filter((one) => one.verdict === "unjudged");
    if (unjudged.length > 0) {
      return refused(
        "invalid_value",
        unjudged.map((one) => one.rule.id),
      );
    }
    const weaker = STRICTEST_FIRST.slice(STRICTEST_FIRST.indexOf(effect) + 1);
    const counting = judged.filter(
      (one) => level.includes(one) || (weaker.includes(one.effect) && one.verdict !== false),
    );
    return mergedOver(counting, effect, policy);
  }
  const asks = policy.defaultDecision !== "deny";
  return {
    decision: asks ? "approval_required" : "deny",
    code: "default",
    rules: [],
    reasons: null,
    risk: policy.defaultRisk ?? "medium",
    requirements: [...new Set(policy.defaultRequirements ?? [])].sort(),
  };
}

function mergedOver(
  judged: { rule: PlainRule; effect: string }[],
  decision: string,
  policy: PlainPolicy,
): PlainDecision {
  const reasons: string[] = [];
  const requirements: string[] = [];
  let risk = 0;
  for (const { rule, effect } of judged) {
    const reason = rule.reason ?? rule.description;
    if (reason !== undefined && effect !== "clarification_required" && !reasons.includes(reason)) {
      reasons.push(reason);
    }
    for (const requirement of rule.requirements ?? []) {
      if (!requirements.includes(requirement)) requirements.push(requirement);
    }
    const own = rule.risk ?? policy.defaultRisk ?? (effect === "allow" ? "low" : "medium");
    risk = Math.max(risk, RISKS.indexOf(own));
  }
  requirements.sort();
  return {
    decision,
    code: "rule",
    rules: judged.map(({ rule }) => rule.id),
    reasons,
    risk: RISKS[risk]!,
    requirements,
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function get(of: Fields, name: string): unknown {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

/** What any rule of the policy looks at must be of its kind, whichever rule matches. */
function isWellFormed(policy: PlainPolicy, request: PlainRequest): boolean {
  const { actor } = request;
  if (!isObject(actor) || typeof actor.id !== "string" || typeof actor.type !== "string") return false;
  const asked = (root: string): Fields[] =>
    policy.rules
      .map((rule) => (rule.when?.[root] ?? {}) as Fields)
      .filter((one) => Object.keys(one).length > 0);
  for (const root of ["context", "resource", "model"]) {
    const value = request[root];
    if (asked(root).length > 0 && value !== undefined && !isObject(value)) return false;
  }
  const { input } = request.action;
  const asksInput = asked("input").length + asked("arguments").length > 0;
  if (asksInput && input !== undefined && !isObject(input)) return false;
  for (const fields of asked("model")) {
    if (!fieldsFit(fields, (request.model ?? {}) as Fields, ["provider", "name"])) return false;
  }
  for (const rule of policy.rules) {
    if (rule.when?.evidence === undefined || request.evidence === undefined) continue;
    if (!evidenceFits(rule.when.evidence as Fields, request.evidence)) return false;
  }
  return true;
}

/** Fields that are more than asked whether they exist, and are there: text, or else numbers. */
function fieldsFit(fields: Fields, value: Fields, texts: string[]): boolean {
  for (const [name, matcher] of Object.entries(fields)) {
    const part = get(value, name);
    const onlyExists = isObject(matcher) && Object.keys(matcher).every((operator) => operator === "exists");
    if (part === undefined || onlyExists) continue;
    if (texts.includes(name) ? typeof part !== "string" : typeof part !== "number") return false;
  }
  return true;
}

const TEXTS = ["type", "source", "title", "text", "uri"];

function evidenceFits(matcher: Fields, evidence: unknown): boolean {
  if (!Array.isArray(evidence)) return false;
  const asked = itemMatchers(matcher);
  for (const fields of asked) {
    if (Object.keys(fields).length === 0) continue;
    for (const item of evidence) {
      if (!isObject(item) || !fieldsFit(fields, item, TEXTS)) return false;
      if (fields.type !== undefined && typeof item.type !== "string") return false;
    }
  }
  return true;
}

function itemMatchers(matcher: Fields): Fields[] {
  if (!["any", "all", "count"].some((name) => matcher[name] !== undefined)) return [matcher];
  const any = matcher.any === undefined ? [] : [matcher.any as Fields];
  return [...any, ...((matcher.all ?? []) as Fields[])];
}

/** The parts of `when` one after another, until one of them is not true. */
function ruleVerdict(when: Fields, request: PlainRequest, policy: PlainPolicy): Verdict {
  if (when.action !== undefined && !actionMatches(when.action as string | string[], request.action.name))
    return false;
  for (const root of ["actor", "context", "resource", "model"]) {
    const verdict = fieldsVerdict((when[root] ?? {}) as Fields, (request[root] ?? {}) as Fields, policy);
    if (verdict !== true) return verdict;
  }
  const asked = (when.input ?? when.arguments ?? {}) as Fields;
  const input = fieldsVerdict(asked, (request.action.input ?? {}) as Fields, policy);
  if (input !== true || when.evidence === undefined) return input;
  return evidenceVerdict(when.evidence as Fields, (request.evidence ?? []) as Fields[], policy);
}

function actionMatches(patterns: string | string[], name: string): boolean {
  for (const pattern of [patterns].flat()) if (fitsPattern(pattern, name, true)) return true;
  return false;
}

/** `*` is any run of characters; `?` one, in names of tools only. */
function fitsPattern(pattern: string, text: string, question: boolean): boolean {
  const parts = [...pattern].map((character) => {
    if (character === "*") return ".*";
    if (character === "?" && question) return ".";
    return character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^(?:${parts.join("")})$`, "us").test(text);
}

function fieldsVerdict(fields: Fields, value: Fields, policy: PlainPolicy): Verdict {
  for (const name of Object.keys(fields).sort()) {
    const verdict = valueVerdict(fields[name], get(value, name), policy);
    if (verdict !== true) return verdict;
  }
  return true;
}

const OPERATORS = ["exists", "eq", "neq", "in", "lt", "lte", "gt", "gte", "contains", "externalEmail"];

/** `undefined` is absent. */
function valueVerdict(matcher: unknown, value: unknown, policy: PlainPolicy): Verdict {
  if (isObject(matcher)) {
    if (Object.keys(matcher).some((name) => OPERATORS.includes(name))) {
      for (const operator of OPERATORS) {
        if (matcher[operator] === undefined) continue;
        const verdict = operatorVerdict(operator, matcher[operator], value, policy);
        if (verdict !== true) return verdict;
      }
      return true;
    }
    if (value !== undefined && !isObject(value)) return "unjudged";
    return fieldsVerdict(matcher, value ?? {}, policy);
  }
  if (value === undefined) return false;
  if (Array.isArray(matcher)) {
    if (!Array.isArray(value)) return "unjudged";
    if (value.length !== matcher.length) return false;
    for (let i = 0; i < matcher.length; i++) {
      const verdict = valueVerdict(matcher[i], value[i], policy);
      if (verdict !== true) return verdict;
    }
    return true;
  }
  if (matcher === null) return value === null;
  if (typeof value !== typeof matcher) return "unjudged";
  if (typeof matcher === "string" && matcher.includes("*")) return fitsPattern(matcher, String(value), false);
  return value === matcher;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function operatorVerdict(operator: string, operand: unknown, value: unknown, policy: PlainPolicy): Verdict {
  if (operator === "exists") return (value !== undefined && value !== null) === operand;
  if (value === undefined) return ["eq", "in", "contains"].includes(operator) ? false : "unjudged";
  switch (operator) {
    case "eq":
      if (operand === null) return value === null;
      return kindOf(value) === kindOf(operand) ? value === operand : "unjudged";
    case "neq":
      if (operand === null) return value !== null;
      return kindOf(value) === kindOf(operand) ? value !== operand : "unjudged";
    case "in":
      return listVerdict(operand as unknown[], value);
    case "contains":
      if (typeof value === "string" && typeof operand === "string") return value.includes(operand);
      if (!Array.isArray(value) || value.some((item) => typeof item !== typeof operand)) return "unjudged";
      return value.includes(operand);
    case "externalEmail":
      return externalVerdict(operand as boolean, value, policy.internalDomains ?? []);
  }
  if (typeof value !== "number" || typeof operand !== "number") return "unjudged";
  if (operator === "lt") return value < operand;
  if (operator === "lte") return value <= operand;
  return operator === "gt" ? value > operand : value >= operand;
}

function listVerdict(list: readonly unknown[], value: unknown): Verdict {
  if (list.every((one) => one === null)) return value === null;
  return list.map(kindOf).includes(kindOf(value)) ? list.includes(value) : "unjudged";
}

function externalVerdict(wanted: boolean, value: unknown, internal: readonly string[]): Verdict {
  const addresses: unknown[] = Array.isArray(value) ? value : [value];
  if (addresses.some((address) => typeof address !== "string")) return "unjudged";
  for (const address of addresses) {
    const parsed = email(address as string);
    if (parsed === null) return "unjudged";
    if (!internal.includes(parsed.domain)) return wanted;
  }
  return !wanted;
}

function evidenceVerdict(matcher: Fields, evidence: readonly Fields[], policy: PlainPolicy): Verdict {
  if (matcher.count !== undefined) {
    const verdict = valueVerdict(matcher.count, evidence.length, policy);
    if (verdict !== true) return verdict;
  }
  for (const fields of itemMatchers(matcher)) {
    const verdict = someItem(fields, evidence, policy);
    if (verdict !== true) return verdict;
  }
  return true;
}

/** The first item that matches, or that cannot be judged, settles it. */
function someItem(fields: Fields, evidence: readonly Fields[], policy: PlainPolicy): Verdict {
  for (const item of evidence) {
    const verdict = fieldsVerdict(fields, item, policy);
    if (verdict !== false) return verdict;
  }
  return false;
}
