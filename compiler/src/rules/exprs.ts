import type { Expr, Json, Type } from "@agentpolicy/language";

/** The expressions that rule objects come to, and where they come from. */

export type Place = Expr["at"];

export const constant = (value: Json, at: Place): Expr => ({ kind: "constant", value, at });

export const field = (of: Expr, name: string, at: Place): Expr => ({ kind: "field", of, name, at });

export const has = (of: Expr, name: string, at: Place): Expr => ({ kind: "has", of, name, at });

export const is = (of: Expr, type: Type, at: Place): Expr => ({ kind: "is", of, type, at });

export const not = (of: Expr, at: Place): Expr => ({ kind: "not", of, at });

export const ifElse = (test: Expr, yes: Expr, no: Expr, at: Place): Expr =>
  // biome-ignore lint/suspicious/noThenProperty: the field of the core form is called so; nothing awaits it
  ({ kind: "if", test, then: yes, otherwise: no, at });

export const equal = (left: Expr, value: Json, at: Place, negated = false): Expr => ({
  kind: "equal",
  left,
  right: constant(value, at),
  negated,
  at,
});

export const among = (of: Expr, values: readonly Json[], at: Place, negated = false): Expr =>
  values.length === 1
    ? equal(of, values[0]!, at, negated)
    : { kind: "in", of, list: constant(values, at), negated, at };

export const method = (
  name: (Expr & { kind: "method" })["method"],
  of: Expr,
  args: readonly Json[],
  at: Place,
): Expr => ({
  kind: "method",
  method: name,
  of,
  args: args.map((arg) => constant(arg, at)),
  at,
});

/** All of them, from left to right; true where there are none. */
export function all(parts: readonly Expr[], at: Place): Expr {
  const asking = parts.filter((part) => !(part.kind === "constant" && part.value === true));
  if (asking.length === 0) return constant(true, at);
  return asking.reduce((left, right) => ({ kind: "and", left, right, at: spanning(left.at, right.at) }));
}

/** The first of them that holds, from left to right. */
export function either(parts: readonly [Expr, ...Expr[]]): Expr {
  return parts.reduce((left, right) => ({ kind: "or", left, right, at: spanning(left.at, right.at) }));
}

function spanning(left: Place, right: Place): Place {
  return { ...left, start: Math.min(left.start, right.start), end: Math.max(left.end, right.end) };
}

/**
 * An expression that always faults, whatever the value, which it names for explanations: a decision that considers it is
 * `deny`, code `invalid_value`.
 */
export function cannotBeJudged(value: Expr, at: Place): Expr {
  const endless: Expr = {
    kind: "arithmetic",
    operator: "/",
    left: constant(1, at),
    right: constant(0, at),
    at,
  };
  return { kind: "compare", operator: ">", left: value, right: endless, at };
}

/** Whether it is what `cannotBeJudged` gives. */
export function isUnjudged(expr: Expr): boolean {
  return expr.kind === "compare" && expr.right.kind === "arithmetic" && expr.right.operator === "/";
}
