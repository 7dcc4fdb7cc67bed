import type { Expr, Json } from "@agentpolicy/language";
import type { RulePlan } from "../plan/plan.ts";
import type { Compiler } from "./compiler.ts";
import type { Frame, Run } from "./frame.ts";

/** The rules of a level that must be looked at for a call, by index, in order. All others do not match. */
export type Candidates = (frame: Frame) => readonly number[];

/** Fewer rules over the same value are tried one by one. */
const WORTHWHILE = 4;

/** Rules whose conditions begin by comparing the same value with constants. */
interface Group {
  readonly key: Run;
  readonly all: number[];
  readonly byValue: Map<unknown, number[]>;
}

/**
 * Finds the rules to look at by one lookup for each value that many of them begin by comparing (`input.kind == "a" and …`,
 * `… in ["a", "b"]`, a rule object's `action`), so that a thousand such rules cost about what ten do. The rest of a
 * condition is not looked at where its beginning is false, so nothing that could fault is skipped.
 */
export function makeDispatch(rules: readonly RulePlan[], compiler: Compiler): Candidates {
  const groups = new Map<string, Group>();
  rules.forEach(({ condition }, index) => {
    const start = condition === null ? null : startOf(condition, compiler);
    if (start === null) return;
    const made: Group = { key: compiler.compile(start.of), all: [], byValue: new Map() };
    const group = groups.get(start.name) ?? made;
    groups.set(start.name, group);
    group.all.push(index);
    for (const value of new Set(start.values)) {
      const found = group.byValue.get(value);
      if (found === undefined) group.byValue.set(value, [index]);
      else found.push(index);
    }
  });
  const used = [...groups.values()].filter(({ all }) => all.length >= WORTHWHILE);
  const grouped = new Set(used.flatMap(({ all }) => all));
  const always = rules.map((_, index) => index).filter((index) => !grouped.has(index));
  if (used.length === 0) return () => always;
  return (frame) => {
    let candidates: readonly number[] = always;
    for (const { key, all, byValue } of used) {
      const value = key(frame);
      // What is not there, or no primitive, is left to the conditions themselves.
      const found = value === undefined || typeof value === "object" ? all : byValue.get(value);
      if (found !== undefined) candidates = candidates.length === 0 ? found : merged(candidates, found);
    }
    return candidates;
  };
}

function merged(some: readonly number[], others: readonly number[]): readonly number[] {
  return [...some, ...others].sort((a, b) => a - b);
}

/** The comparison that a condition begins with, where it is one of a loaded value with constants. */
function startOf(
  condition: Expr,
  compiler: Compiler,
): { readonly name: string; readonly of: Expr; readonly values: readonly Json[] } | null {
  let first = condition;
  while (first.kind === "and") first = first.left;
  if (first.kind === "equal" && !first.negated) {
    for (const [of, other] of [
      [first.left, first.right],
      [first.right, first.left],
    ] as const) {
      const name = other.kind === "constant" ? loadedName(of, compiler) : null;
      if (name !== null && other.kind === "constant") return { name, of, values: [other.value] };
    }
  }
  if (first.kind === "in" && !first.negated && first.list.kind === "constant") {
    const name = loadedName(first.of, compiler);
    const { value } = first.list;
    if (name !== null && Array.isArray(value)) return { name, of: first.of, values: value };
  }
  return null;
}

/** A name for a value that is at hand: the tool's name, or a part of the request that step 2 has loaded. */
function loadedName(expr: Expr, compiler: Compiler): string | null {
  if (expr.kind === "tool") return expr.property === "name" ? "tool" : null;
  const slot = compiler.slotOf(pathOf(expr) ?? []);
  return slot === undefined ? null : `slot ${slot}`;
}

/** The path that a chain of fields names, or null where it starts from something else than a root. */
export function pathOf(expr: Expr): readonly string[] | null {
  if (expr.kind === "root") return [expr.root];
  if (expr.kind !== "field") return null;
  const path = pathOf(expr.of);
  return path && [...path, expr.name];
}
