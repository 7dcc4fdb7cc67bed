import type { Expr } from "../core/expr.ts";
import type { Type } from "../types/type.ts";

/** How many definitions may stand behind one another: `a` uses `b`, `b` uses `c`, … */
export const MOST_DEFINITIONS = 100;

export const TOO_DEEP = `more than ${MOST_DEFINITIONS} definitions behind one another`;

/** How many parts a type may have, its fields' types written out. */
export const MOST_PARTS = 10_000;

/** How many steps a function may take, the functions that it calls written out; loops over lists not counted. */
export const MOST_STEPS = 100_000;

interface Extent {
  readonly parts: number;
  readonly depth: number;
}

const extents = new WeakMap<Type, Extent>();

/** How large a type is, written out; shared parts are counted each time, though looked at once. */
export const extentOf = (type: Type): Extent => {
  const known = extents.get(type);
  if (known !== undefined) return known;
  const inner = partsOf(type).map(extentOf);
  const extent = {
    parts: inner.reduce((sum, { parts }) => sum + parts, 1),
    depth: inner.reduce((deepest, { depth }) => Math.max(deepest, depth), 0) + 1,
  };
  extents.set(type, extent);
  return extent;
};

const partsOf = (type: Type): readonly Type[] => {
  switch (type.kind) {
    case "list":
      return [type.element];
    case "union":
      return type.members;
    case "record":
      return [
        ...[...type.fields.values()].map((field) => field.type),
        ...(typeof type.rest === "string" ? [] : [type.rest]),
      ];
    default:
      return [];
  }
};

/** The steps that evaluating an expression takes at most, a loop's body counted once. `callee` gives those of a function. */
export const stepsOf = (expr: Expr, callee: (fn: string) => number): number => {
  let steps = 0;
  const work: unknown[] = [expr];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (Array.isArray(next)) for (const part of next) work.push(part);
    else if (isExpr(next)) {
      steps += next.kind === "call" ? 1 + callee(next.fn) : 1;
      if (next.kind !== "constant")
        for (const [key, part] of Object.entries(next)) if (key !== "at" && key !== "type") work.push(part);
    }
  }
  return steps;
};

const isExpr = (value: unknown): value is Expr =>
  typeof value === "object" && value !== null && "kind" in value && "at" in value;
