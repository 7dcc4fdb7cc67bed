import { type CheckedPolicy, childrenOf, type Expr } from "@agentpolicy/language";
import type { CanFault } from "./faults.ts";

/**
 * Tells whether an expression is known before there are any arguments (decision 0006): it reads `actor`, `context` and
 * the tool alone, and cannot fault.
 */
export type KnownAhead = (expr: Expr) => boolean;

export function makeKnownAhead(policy: CheckedPolicy, canFault: CanFault): KnownAhead {
  const functions = new Map<string, boolean>();
  const readsAhead = (expr: Expr): boolean => {
    if (expr.kind === "root") return expr.root === "actor" || expr.root === "context";
    if (expr.kind === "track") return false;
    if (expr.kind === "call" && !functionReadsAhead(expr.fn)) return false;
    return childrenOf(expr).every(readsAhead);
  };
  const functionReadsAhead = (id: string): boolean => {
    const done = functions.get(id);
    if (done !== undefined) return done;
    functions.set(id, false);
    const fn = policy.functions.get(id);
    const result = fn !== undefined && readsAhead(fn.body);
    functions.set(id, result);
    return result;
  };
  return (expr) => !canFault(expr) && readsAhead(expr);
}

/**
 * Of an `if` both what is certain and what is possible depend on both of its test: each `if` in the test of another
 * doubles what there is to work out. One with more than these inside its test is unknown as a whole (decision 0006).
 */
const MOST_TESTS = 5;

const depths = new WeakMap<Expr, number>();

/** Whether an `if` stands over too many tests within tests to be worked out ahead. */
export function isTooDeepAhead(expr: Expr & { readonly kind: "if" }): boolean {
  return testDepth(expr.test) >= MOST_TESTS;
}

function testDepth(expr: Expr): number {
  let depth = depths.get(expr);
  if (depth === undefined) {
    const inside = childrenOf(expr).map(testDepth);
    const own = expr.kind === "if" ? testDepth(expr.test) + 1 : 0;
    depth = inside.reduce((most, one) => Math.max(most, one), own);
    depths.set(expr, depth);
  }
  return depth;
}
