import type { Issue } from "./issues.ts";
import { isOperator, isRecord, quoted } from "./words.ts";

type Fields = { readonly [name: string]: unknown };

/** What is wrong with parts of a policy object only beside other parts. It may be of any shape. */
export function issuesAcross(policy: unknown): readonly Issue[] {
  if (!isRecord(policy)) return [];
  const rules: readonly unknown[] = Array.isArray(policy.rules) ? policy.rules : [];
  const knowsDomains = policy.internalDomains !== undefined;
  return [
    ...twoNames(policy, "name", "id", []),
    ...rules.flatMap((rule, i) => (isRecord(rule) ? ruleIssues(rule, ["rules", i], knowsDomains) : [])),
    ...sameIds(rules),
  ];
}

function ruleIssues(rule: Fields, path: Issue["path"], knowsDomains: boolean): readonly Issue[] {
  const { when, decision, reason, description } = rule;
  const issues: Issue[] = [];
  if (decision === "clarification_required" && reason === undefined && description === undefined) {
    const message = "a clarification needs a reason, which is the question that is asked";
    issues.push({ path: [...path, "reason"], message });
  }
  if (!isRecord(when)) return issues;
  const at = [...path, "when"];
  issues.push(...twoNames(when, "input", "arguments", at));
  if (!knowsDomains) issues.push(...externals(when, at, 0));
  return issues;
}

function sameIds(rules: readonly unknown[]): readonly Issue[] {
  const first = new Map<string, number>();
  return rules.flatMap((rule, i): readonly Issue[] => {
    const id = isRecord(rule) ? rule.id : null;
    if (typeof id !== "string") return [];
    const other = first.get(id);
    if (other === undefined) first.set(id, i);
    return other === undefined
      ? []
      : [{ path: ["rules", i, "id"], message: `rules[${other}] has the id ${quoted(id)} too` }];
  });
}

function twoNames(record: Fields, name: string, other: string, path: Issue["path"]): readonly Issue[] {
  if (record[name] === undefined || record[other] === undefined) return [];
  return [
    { path: [...path, other], message: `\`${other}\` is another name for \`${name}\`; give one of them` },
  ];
}

/** Deeper than any matcher may be. */
const DEEPEST = 40;

function externals(value: unknown, path: Issue["path"], depth: number): readonly Issue[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item, i) => externals(item, [...path, i], depth + 1));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]): readonly Issue[] => {
    const here = [...path, name];
    if (name !== "externalEmail" || !isOperator(name)) return externals(inner, here, depth + 1);
    const message = "give the policy `internalDomains`, so that it is known which addresses are external";
    return [{ path: here, message }];
  });
}
