import { childrenOf, mapChildren } from "../../core/children.ts";
import type { Expr } from "../../core/expr.ts";
import type { PolicyFunction } from "../../core/policy.ts";

/**
 * The expression with every call of a policy's function replaced by what the function says. Variables get names that
 * occur once (`a#7`), so that nothing is captured. Null where that would be larger than `most` nodes.
 */
export const inlineCalls = (
  expr: Expr,
  functions: ReadonlyMap<string, PolicyFunction>,
  most = 5_000,
): Expr | null => {
  const size = sizeWithoutNames(expr);
  if (size !== null) return size > most ? null : expr;
  let nodes = 0;
  let names = 0;
  const visit = (at: Expr, names_: ReadonlyMap<string, Expr>): Expr => {
    nodes += 1;
    if (nodes > most) return at;
    if (at.kind === "local") {
      // What stands for the parameter keeps the place where the parameter is written.
      const given = names_.get(at.name);
      return given === undefined ? at : { ...given, at: at.at };
    }
    if (at.kind === "call") {
      const fn = functions.get(at.fn);
      if (fn === undefined) return at;
      const args = at.args.map((arg) => visit(arg, names_));
      return visit(fn.body, new Map(fn.parameters.map(({ name }, i) => [name, args[i]!] as const)));
    }
    if (at.kind === "quantify") {
      names += 1;
      const variable = `${at.variable}#${names}`;
      const inner = new Map(names_).set(at.variable, { kind: "local", name: variable, at: at.at });
      return { ...at, variable, of: visit(at.of, names_), body: visit(at.body, inner) };
    }
    return mapChildren(at, (part) => visit(part, names_));
  };
  const result = visit(expr, new Map());
  return nodes > most ? null : result;
};

/** The number of nodes of an expression without calls and variables; null where there are any. */
const sizeWithoutNames = (expr: Expr): number | null => {
  if (expr.kind === "call" || expr.kind === "local" || expr.kind === "quantify") return null;
  let size = 1;
  for (const part of childrenOf(expr)) {
    const inner = sizeWithoutNames(part);
    if (inner === null) return null;
    size += inner;
  }
  return size;
};

/** What is asked for again and again: tests and what they are about. Chains of them would be long, so they are not kept. */
const KEPT: ReadonlySet<Expr["kind"]> = new Set([
  "field",
  "has",
  "method",
  "parse",
  "equal",
  "compare",
  "in",
]);
const keys = new WeakMap<Expr, string>();

/** A text that two expressions share exactly if they are written alike, places and names of variables apart. */
export const keyOf = (expr: Expr, bound: readonly string[] = []): string => {
  if (bound.length > 0 || !KEPT.has(expr.kind)) return writeKey(expr, bound);
  const known = keys.get(expr);
  if (known !== undefined) return known;
  const key = writeKey(expr, bound);
  keys.set(expr, key);
  return key;
};

const writeKey = (expr: Expr, bound: readonly string[]): string => {
  const key = (part: Expr): string => keyOf(part, bound);
  switch (expr.kind) {
    case "constant":
      return JSON.stringify(expr.value);
    case "root":
      return expr.root;
    case "tool":
      return `tool.${expr.property}`;
    case "local": {
      const depth = bound.lastIndexOf(expr.name);
      return depth < 0 ? `$${expr.name}` : `$${depth}`;
    }
    case "track":
      return `track ${expr.track}`;
    case "field":
    case "has":
      return `${expr.kind === "has" ? "has " : ""}${key(expr.of)}[${JSON.stringify(expr.name)}]`;
    case "like":
      return `${key(expr.of)}${not(expr)} like ${JSON.stringify(expr.pattern)}`;
    case "matches":
      return `${key(expr.of)} matches ${JSON.stringify(expr.source)}`;
    case "is":
      return `${key(expr.of)} is ${JSON.stringify(expr.type, plainMaps)}`;
    case "quantify":
      return `${expr.quantifier}(${key(expr.of)}, ${keyOf(expr.body, [...bound, expr.variable])})`;
    case "compare":
    case "arithmetic":
      return `(${key(expr.left)} ${expr.operator} ${key(expr.right)})`;
    case "method":
      return `${expr.method}(${[expr.of, ...expr.args].map(key).join(", ")})`;
    case "parse":
      return `${expr.parser}(${key(expr.of)})`;
    case "call":
      return `${expr.fn}(${expr.args.map(key).join(", ")})`;
    case "equal":
    case "in":
      return `${expr.kind}${not(expr)}(${childrenOf(expr).map(key).join(", ")})`;
    default:
      return `${expr.kind}(${childrenOf(expr).map(key).join(", ")})`;
  }
};

const not = ({ negated }: { readonly negated: boolean }): string => (negated ? " not" : "");

const plainMaps = (_key: string, value: unknown): unknown =>
  value instanceof Map ? [...value].map(([name, field]) => [name, field.type, field.optional]) : value;
