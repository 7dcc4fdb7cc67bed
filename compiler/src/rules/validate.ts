import { fieldText } from "../plan/request-path.ts";
import { issuesAcross } from "./across.ts";
import { copyOf } from "./copy.ts";
import { type Issue, inOrder, issuesOf } from "./issues.ts";
import type { PolicyObject } from "./rule-objects.ts";
import { POLICY } from "./schema.ts";
import { type PolicyFailure, PolicyValidationError } from "./validation-error.ts";
import { isRecord } from "./words.ts";

/** What `checkPolicyObject` finds. `policy` is a copy, null where anything is wrong. */
export interface CheckedObject {
  readonly policy: PolicyObject | null;
  readonly failures: readonly PolicyFailure[];
}

/**
 * Gives a policy object back, as a copy, where all of it is well-formed: closed sets of names, operators, decisions and
 * risks, unique ids, operands that their operators can take.
 *
 * @throws PolicyValidationError with everything that is wrong
 */
export function validatePolicy(policy: unknown): PolicyObject {
  const checked = checkPolicyObject(policy);
  if (checked.policy === null) throw new PolicyValidationError(checked.failures);
  return checked.policy;
}

/** The same without throwing. */
export function checkPolicyObject(given: unknown): CheckedObject {
  const copy = read(given);
  if (copy === undefined && given !== undefined) {
    return { policy: null, failures: [{ path: "", ruleId: null, message: "the object cannot be read" }] };
  }
  const issues = inOrder([...issuesOf(POLICY, copy), ...issuesAcross(copy)], copy);
  const failures = issues.map((issue) => failureOf(issue, copy));
  return { policy: failures.length === 0 ? (copy as PolicyObject) : null, failures };
}

/** A copy; undefined where the object's own code keeps it from being read. */
function read(given: unknown): unknown {
  try {
    return copyOf(given);
  } catch {
    return undefined;
  }
}

function failureOf({ path, message }: Issue, policy: unknown): PolicyFailure {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : fieldText(step))).join("");
  const [root, index] = path;
  const rules = isRecord(policy) && Array.isArray(policy.rules) ? (policy.rules as readonly unknown[]) : [];
  const rule = root === "rules" && typeof index === "number" ? rules[index] : null;
  const ruleId = isRecord(rule) && typeof rule.id === "string" ? rule.id : null;
  return { path: text.startsWith(".") ? text.slice(1) : text, ruleId, message };
}
