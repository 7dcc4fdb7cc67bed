import {
  ANY,
  type CheckedPolicy,
  EVIDENCE_TYPE,
  listOf,
  MODEL_TYPE,
  optional,
  type Rule,
  recordOf,
  required,
  STRING,
} from "@agentpolicy/language";
import type { Policy } from "@agentpolicy/runtime/abi";
import { domain } from "@agentpolicy/runtime/values/domain";
import { closures } from "../closures/closures.ts";
import { makePlan } from "../plan/make.ts";
import type { Asking } from "./asking.ts";
import { conditionFor } from "./conditions.ts";
import type { PolicyObject, RuleObject } from "./rule-objects.ts";
import { RULES_FILE, rulesText } from "./source-text.ts";
import { validatePolicy } from "./validate.ts";

const DAY = 86_400_000;

/**
 * A policy from rule objects, ready to decide. All rules that match a call count: the strictest decision among them is
 * made, with the rules, reasons, requirements and the highest risk of all of them. Rules go by their ids as given. No
 * catalogue stands behind it, so every tool is known and nothing is checked ahead.
 *
 * - A field that is absent does not match. One that cannot be judged (a list or `null` where a string is asked for, an
 *   absent number that is compared) makes the call `deny`, code `invalid_value`, once the rest of the rule before it holds
 *   and no stricter rule has decided. That holds for every decision, so nothing slips past a deny rule.
 * - The object is read once; changing it later changes nothing.
 *
 * See `docs/rules.md` for all that rules can ask.
 *
 * @throws PolicyValidationError with everything that is wrong, where the object is of the wrong shape
 */
export function definePolicy(policy: PolicyObject): Policy {
  return closures(makePlan(policyFromRules(policy)));
}

/**
 * The same policy in the form that all back ends, `explain` and the analyses start from.
 *
 * @throws PolicyValidationError as `definePolicy` does
 */
export function policyFromRules(given: PolicyObject): CheckedPolicy {
  return checkedPolicy(validatePolicy(given));
}

/** A policy object that is well-formed, as a checked policy. */
export function checkedPolicy(policy: PolicyObject): CheckedPolicy {
  const text = rulesText(policy.rules);
  const internalDomains = [...new Set(policy.internalDomains?.flatMap((name) => domain(name) ?? []))].sort();
  const asking = { text, internalDomains };
  return {
    name: policy.name ?? policy.id ?? "policy",
    version: policy.version ?? null,
    default: policy.defaultDecision ?? "approval_required",
    byDefault: { risk: policy.defaultRisk ?? "medium", requirements: policy.defaultRequirements ?? [] },
    merge: "all",
    sources: [{ path: RULES_FILE, text: text.text, kind: "policy" }],
    tools: new Map(),
    roots: ROOTS,
    functions: new Map(),
    tracks: new Map(),
    rules: policy.rules.map((rule, i) => ruleFrom(rule, i, policy, asking)),
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
  model: MODEL_TYPE,
  evidence: listOf(EVIDENCE_TYPE),
};

function ruleFrom(rule: RuleObject, index: number, policy: PolicyObject, asking: Asking): Rule {
  const { id, description = null, reason = description, requirements = [] } = rule;
  const effect = rule.decision ?? policy.defaultDecision ?? "approval_required";
  const asks = effect === "clarification_required";
  return {
    id,
    effect,
    risk: rule.risk ?? policy.defaultRisk ?? (effect === "allow" ? "low" : "medium"),
    requirements: [...requirements],
    ...(effect === "approval_required" && { approval: { from: [], approvals: 1, within: DAY } }),
    ...(asks && { clarification: { needs: [], within: DAY } }),
    doc: description,
    at: asking.text.at([index]),
    nameAt: asking.text.at([index, "id"]),
    bodies: [
      {
        tools: [],
        unknown: true,
        when: conditionFor(rule, index, asking),
        unless: null,
        because: reason === null || asks ? null : [reason],
        ask: asks && reason !== null ? [reason] : null,
      },
    ],
  };
}
