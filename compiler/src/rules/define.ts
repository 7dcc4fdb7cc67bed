import {
  ANY,
  type CheckedPolicy,
  listOf,
  optional,
  type Rule,
  recordOf,
  required,
  STRING,
} from "@agentpolicy/language";
import type { Policy } from "@agentpolicy/runtime/abi";
import { closures } from "../closures/closures.ts";
import { makePlan } from "../plan/make.ts";
import { conditionFor } from "./conditions.ts";
import type { PolicyObject, RuleObject } from "./rule-objects.ts";
import { RULES_FILE, type RulesText, rulesText } from "./source-text.ts";
import { validated } from "./validate.ts";

const DAY = 86_400_000;

/**
 * A policy from rule objects, ready to decide. All rules that match a call count, the strictest decides, as in the
 * language; their ids stand in decisions as they are given. No catalogue stands behind it, so every tool is
 * known and nothing is checked ahead: see `RuleObject` for what matches.
 *
 * - A field that is absent does not match. A field of another kind than the rule compares it with (a list or `null`
 *   where a string is asked for) cannot be judged: once the rule's `action` matches, the call is denied, code
 *   `invalid_value`, if the rule's level is reached. That holds for every decision, so nothing slips past a deny rule.
 * - The object is read once; changing it later changes nothing.
 *
 * @throws PolicyValidationError with everything that is wrong, where the object is of the wrong shape
 */
export function definePolicy(policy: PolicyObject): Policy {
  return closures(makePlan(policyFromRules(policy)));
}

/** The same policy in the form that all back ends, `explain` and the analyses start from. */
export function policyFromRules(given: PolicyObject): CheckedPolicy {
  const policy = validated(given);
  const text = rulesText(policy.rules);
  return {
    name: policy.name ?? "policy",
    version: policy.version ?? null,
    default: policy.defaultDecision ?? "approval_required",
    sources: [{ path: RULES_FILE, text: text.text, kind: "policy" }],
    tools: new Map(),
    roots: ROOTS,
    functions: new Map(),
    tracks: new Map(),
    rules: policy.rules.map((rule, i) => ruleFrom(rule, i, text)),
    masks: [],
    coversUnknown: true,
    tests: [],
    proofs: [],
  };
}

/** Any fields at all. */
const OPEN = recordOf([], ANY);

const ROOTS: CheckedPolicy["roots"] = {
  actor: recordOf(
    [
      ["id", required(STRING)],
      ["type", required(STRING)],
    ],
    ANY,
  ),
  context: OPEN,
  resource: OPEN,
  session: recordOf([["id", optional(STRING)]], ANY),
  model: OPEN,
  evidence: listOf(OPEN),
};

function ruleFrom(rule: RuleObject, index: number, text: RulesText): Rule {
  const { id, decision: effect, reason, risk, requirements = [] } = rule;
  const asks = effect === "clarification_required";
  return {
    id,
    effect,
    risk: risk ?? (effect === "allow" ? "low" : "medium"),
    requirements: [...requirements],
    ...(effect === "approval_required" && { approval: { from: [], approvals: 1, within: DAY } }),
    ...(asks && { clarification: { needs: [], within: DAY } }),
    doc: null,
    at: text.at([index]),
    nameAt: text.at([index, "id"]),
    bodies: [
      {
        tools: [],
        unknown: true,
        when: conditionFor(rule, index, text),
        unless: null,
        because: reason === undefined || asks ? null : [reason],
        ask: asks && reason !== undefined ? [reason] : null,
      },
    ],
  };
}
