import type { CheckedPolicy, Rule } from "@agentpolicy/language";
import type { Code, Decision, Effect, Misfit, PolicyIdentity, Risk } from "@agentpolicy/runtime/abi";
import { shownText } from "@agentpolicy/runtime/values/text";
import { order } from "../plan/cover.ts";
import { pathText } from "../plan/request-path.ts";

/** A rule that matched, with its reason and question as they are shown. */
export interface Match {
  readonly rule: Rule;
  readonly because: string | null;
  readonly ask: string | null;
}

const RISKS: readonly Risk[] = ["low", "medium", "high", "critical"];
const DAY = 86_400_000;

type Sentence = readonly [
  code: Code,
  sentence: string,
  rules?: readonly string[],
  more?: { readonly misfit: Misfit },
];

function deny(policy: PolicyIdentity, [code, sentence, rules = [], more]: Sentence): Decision {
  return freeze({
    decision: "deny",
    code,
    rules,
    reasons: [sentence],
    risk: "medium",
    requirements: [],
    ...more,
    policy,
  });
}

export function unknownTool(policy: PolicyIdentity, name: string): Decision {
  return deny(policy, ["unknown_tool", `No catalogue declares the tool \`${shownText(name)}\`.`]);
}

export function invalidRequest(policy: PolicyIdentity, misfit: Misfit): Decision {
  const { path, expected, found } = misfit;
  const sentence = `\`${path}\` does not fit: expected ${expected}, found ${found}.`;
  return deny(policy, ["invalid_request", sentence, [], { misfit }]);
}

/** What is denied where a request breaks while a condition is evaluated. */
export const UNREADABLE_REQUEST: Misfit = { path: "request", expected: "record", found: "unreadable" };

export function stateUnavailable(policy: PolicyIdentity, track: string): Decision {
  return deny(policy, ["state_unavailable", `The figure \`${track}\` is not available.`]);
}

/** `rules` are sorted. */
export function invalidValue(policy: PolicyIdentity, rules: readonly string[]): Decision {
  const names = rules.map((rule) => `\`${rule}\``).join(", ");
  return deny(policy, ["invalid_value", `A value could not be read by ${names}.`, rules]);
}

export function uncountable(policy: PolicyIdentity, track: string): Decision {
  return deny(policy, ["invalid_value", `A value could not be counted by \`${track}\`.`]);
}

export function byDefault(
  policy: PolicyIdentity,
  { default: effect, byDefault: said }: Pick<CheckedPolicy, "default" | "byDefault">,
): Decision {
  const asks = effect === "approval_required";
  return freeze({
    decision: effect,
    code: "default",
    rules: [],
    reasons: [`No rule matched; the default is ${asks ? "to require approval" : "deny"}.`],
    risk: said?.risk ?? "medium",
    requirements: once(said?.requirements ?? []).sort(order),
    ...(asks && { approval: { approvers: [{ rule: null, from: [], approvals: 1 }], within: DAY } }),
    policy,
  });
}

/**
 * What the matching rules of one level decide together (decision 0003). They are sorted by id. `weaker` are those of
 * weaker levels whose clauses the decision carries as well (`CheckedPolicy.merge`).
 */
export function byRules(
  policy: PolicyIdentity,
  effect: Effect,
  matches: readonly Match[],
  weaker: readonly Match[] = [],
): Decision {
  const all = [...matches, ...weaker].sort((a, b) => order(a.rule.id, b.rule.id));
  const risks = all.map(({ rule }) => RISKS.indexOf(rule.risk));
  return freeze({
    decision: effect,
    code: "rule",
    rules: all.map(({ rule }) => rule.id),
    reasons: once(all.flatMap(({ because }) => because ?? [])),
    risk: RISKS[Math.max(...risks)]!,
    requirements: once(all.flatMap(({ rule }) => rule.requirements)).sort(order),
    ...approvalOf(matches),
    ...clarificationOf(matches),
    policy,
  });
}

function approvalOf(matches: readonly Match[]): Pick<Decision, "approval"> {
  const demands = matches.flatMap(({ rule }) => (rule.approval ? { rule: rule.id, ...rule.approval } : []));
  if (demands.length === 0) return {};
  const approvers = demands.map(({ rule, from, approvals }) => ({ rule, from: [...from], approvals }));
  return { approval: { approvers, within: Math.min(...demands.map(({ within }) => within)) } };
}

function clarificationOf(matches: readonly Match[]): Pick<Decision, "clarification"> {
  const demands = matches.flatMap(({ rule, ask }) =>
    rule.clarification ? { rule: rule.id, ask: ask ?? "", ...rule.clarification } : [],
  );
  if (demands.length === 0) return {};
  return {
    clarification: {
      questions: demands.map(({ rule, ask }) => ({ rule, ask })),
      needs: once(demands.flatMap(({ needs }) => needs.map(pathText))).sort(order),
      within: Math.min(...demands.map(({ within }) => within)),
    },
  };
}

function once(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Freezes plain data, deeply. */
export function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
