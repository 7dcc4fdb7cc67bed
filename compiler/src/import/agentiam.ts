import type { PolicyFailure } from "../rules/validation-error.ts";
import { isRecord } from "../rules/words.ts";
import { type WrittenRules, writeRules } from "./write-rules.ts";

/** What an imported policy does not say itself. */
export interface ImportOptions {
  /** What the policy is called where it has no `id`. */
  readonly name?: string;
  /** Whose addresses are not external; in place of the policy's own `internalDomains`. */
  readonly internalDomains?: readonly string[];
}

/**
 * Writes a policy of agentiam (rule objects as JSON) in the language. What agentiam does where nothing is said is said:
 * the risk is medium, there may be no rules, and a clarification without a description has a question of its own.
 * What it does silently and openly otherwise (decision 0017) is denied.
 */
export function importAgentiam(given: unknown, { name, internalDomains }: ImportOptions = {}): WrittenRules {
  if (!isRecord(given)) return writeRules(given, name);
  const { defaultRisk = "medium", rules = [], ...rest } = given;
  const completed = Array.isArray(rules)
    ? rules.map((rule: unknown) => {
        if (!isRecord(rule) || rule.decision !== "clarification_required") return rule;
        if (rule.description !== undefined || rule.reason !== undefined) return rule;
        return { ...rule, description: QUESTION };
      })
    : rules;
  const domains = internalDomains === undefined ? {} : { internalDomains };
  const written = writeRules({ ...rest, defaultRisk, ...domains, rules: completed }, name);
  const failures = [...written.failures, ...marks(rules)];
  if (failures.length > 0) return { ...written, text: null, failures };
  return written;
}

const QUESTION = "What is this call for?";

/** In names of tools `?` is itself there, and any one character here. */
function marks(rules: unknown): readonly PolicyFailure[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, i): readonly PolicyFailure[] => {
    const when = isRecord(rule) ? rule.when : undefined;
    const action = isRecord(when) ? [when.action].flat() : [];
    if (!action.some((name) => typeof name === "string" && name.includes("?"))) return [];
    const ruleId = isRecord(rule) && typeof rule.id === "string" ? rule.id : null;
    const message = "`?` is any one character here, and itself in agentiam; take `*` for it";
    return [{ path: `rules[${i}].when.action`, ruleId, message }];
  });
}
