import { BOOLEAN, type Expr, NUMBER, type Root, recordOf, STRING, type Type } from "@agentpolicy/language";
import type { Matcher, RuleObject } from "./rule-objects.ts";
import type { RulesText } from "./source-text.ts";

type Place = Expr["at"];

const RECORD = recordOf([]);

/**
 * What a rule object asks, as an expression; null where it asks nothing. The tool comes first, so that a rule for
 * another tool never looks at this one's request.
 */
export function conditionFor(rule: RuleObject, index: number, text: RulesText): Expr | null {
  const { when = {} } = rule;
  const parts: Expr[] = [];
  if (when.action !== undefined) parts.push(actionMatches(when.action, text.at([index, "when", "action"])));
  for (const root of ["actor", "context", "resource", "input", "arguments"] as const) {
    const fields = when[root];
    if (fields === undefined) continue;
    const path = [index, "when", root];
    const of: Expr = {
      kind: "root",
      root: (root === "arguments" ? "input" : root) as Root,
      at: text.at(path),
    };
    parts.push(...fieldsMatch(of, fields, path, text));
  }
  return parts.length === 0 ? null : parts.reduce(both);
}

function actionMatches(pattern: string, at: Place): Expr {
  const name: Expr = { kind: "tool", property: "name", at };
  if (/[*?]/.test(pattern)) return { kind: "like", of: name, pattern, negated: false, at };
  return { kind: "equal", left: name, right: constant(pattern, at), negated: false, at };
}

function fieldsMatch(
  of: Expr,
  fields: { readonly [name: string]: Matcher },
  path: readonly (string | number)[],
  text: RulesText,
): Expr[] {
  return Object.entries(fields)
    .filter(([, matcher]) => matcher !== undefined)
    .map(([name, matcher]) => fieldMatches(of, name, matcher, [...path, name], text));
}

/**
 * A field that is absent does not match. One of another kind than the matcher cannot be judged, whatever the rule
 * would decide: so `["prod"]` or `null` where `"prod"` is asked for neither slips past a deny nor counts for an allow.
 */
function fieldMatches(
  of: Expr,
  name: string,
  matcher: Matcher,
  path: readonly (string | number)[],
  text: RulesText,
): Expr {
  const at = text.at(path);
  const value: Expr = { kind: "field", of, name, at };
  const present: Expr = { kind: "has", of, name, at };
  if (matcher === null) {
    return both(present, { kind: "is", of: value, type: { kind: "null" }, at });
  }
  const inner = typeof matcher === "object" ? fieldsMatch(value, matcher, path, text) : [];
  const matches =
    typeof matcher === "object"
      ? inner.reduce(both, constant(true, at))
      : ({ kind: "equal", left: value, right: constant(matcher, at), negated: false, at } as const);
  return both(present, {
    kind: "if",
    test: { kind: "is", of: value, type: kindOf(matcher), at },
    // biome-ignore lint/suspicious/noThenProperty: the field of the core form is called so; nothing awaits it
    then: matches,
    otherwise: cannotBeJudged(at),
    at,
  });
}

/** An expression that always faults: a decision that considers it is `deny`, code `invalid_value`. */
function cannotBeJudged(at: Place): Expr {
  const endless: Expr = {
    kind: "arithmetic",
    operator: "/",
    left: constant(1, at),
    right: constant(0, at),
    at,
  };
  return { kind: "compare", operator: ">", left: endless, right: constant(0, at), at };
}

function kindOf(matcher: Exclude<Matcher, null>): Type {
  if (typeof matcher === "string") return STRING;
  if (typeof matcher === "number") return NUMBER;
  return typeof matcher === "boolean" ? BOOLEAN : RECORD;
}

function constant(value: string | number | boolean, at: Place): Expr {
  return { kind: "constant", value, at };
}

function both(left: Expr, right: Expr): Expr {
  return { kind: "and", left, right, at: { ...left.at, end: Math.max(left.at.end, right.at.end) } };
}
