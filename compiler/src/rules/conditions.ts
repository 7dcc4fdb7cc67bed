import type { Expr } from "@agentpolicy/language";
import { type Asking, fieldsHold } from "./asking.ts";
import { evidenceHolds } from "./evidence.ts";
import { all, among, either } from "./exprs.ts";
import type { RuleObject } from "./rule-objects.ts";

/**
 * What a rule object asks, as an expression; null where it asks nothing. The tool comes first, so that a rule for
 * another tool never looks at this one's request.
 */
export function conditionFor(rule: RuleObject, index: number, asking: Asking): Expr | null {
  const { when = {} } = rule;
  const at = (name: string) => asking.text.pair([index, "when", name]);
  const parts: Expr[] = [];
  const name = when.action === undefined ? null : actionMatches([when.action].flat(), at("action"));
  if (name !== null) parts.push(name);
  for (const root of ["actor", "context", "resource", "model"] as const) {
    const fields = when[root];
    if (fields === undefined) continue;
    const of: Expr = { kind: "root", root, at: at(root) };
    parts.push(fieldsHold(of, fields, [index, "when", root], asking, DECLARED[root]));
  }
  for (const key of ["input", "arguments"] as const) {
    const fields = when[key];
    if (fields === undefined) continue;
    parts.push(
      fieldsHold({ kind: "root", root: "input", at: at(key) }, fields, [index, "when", key], asking),
    );
  }
  if (when.evidence !== undefined) {
    parts.push(evidenceHolds(when.evidence, [index, "when", "evidence"], asking));
  }
  const written = asking.text.pair([index, "when"]);
  const whole = all(parts, written);
  if (whole.kind === "constant") return null;
  return whole.kind === "and" ? { ...whole, at: written } : whole;
}

type About = NonNullable<Parameters<typeof fieldsHold>[4]>;

/** What requests keep to by themselves: a field of another kind is refused before any rule is asked. */
const DECLARED: Readonly<Record<"actor" | "context" | "resource" | "model", About>> = {
  actor: (name) => (name === "id" || name === "type" ? { known: "string", required: true } : {}),
  context: () => ({}),
  resource: () => ({}),
  model: (name) => ({ known: name === "confidence" ? "number" : "string" }),
};

/** Any one of the names and globs; null where one of them is every name. */
function actionMatches(patterns: readonly string[], at: Expr["at"]): Expr | null {
  if (patterns.includes("*")) return null;
  const name: Expr = { kind: "tool", property: "name", at };
  const names = [...new Set(patterns)].filter((pattern) => !/[*?]/.test(pattern)).sort();
  const globs = [...new Set(patterns)].filter((pattern) => /[*?]/.test(pattern)).sort();
  const tests: Expr[] = names.length === 0 ? [] : [among(name, names, at)];
  for (const pattern of globs) tests.push({ kind: "like", of: name, pattern, negated: false, at });
  const [first, ...rest] = tests;
  return first === undefined ? null : either([first, ...rest]);
}
