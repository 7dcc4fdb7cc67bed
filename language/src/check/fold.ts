import { glob } from "@agentpolicy/runtime/values/glob";
import { codePoints } from "@agentpolicy/runtime/values/text";
import type { Expr, Method, ToolProperty } from "../core/expr.ts";
import { fits } from "../types/constant.ts";
import { isList } from "../types/fits.ts";
import type { Json } from "../types/type.ts";

/** What an expression may read that is known before any request. */
export interface Known {
  readonly tool?: (property: ToolProperty) => Json | undefined;
  readonly locals?: ReadonlyMap<string, Json>;
  readonly call?: (fn: string, args: readonly Json[]) => Json | undefined;
}

/** The expression, or the constant that it always gives. */
export const foldConstant = (expr: Expr): Expr => {
  const value = knownValue(expr, {});
  return value === undefined ? expr : { kind: "constant", value, at: expr.at };
};

/**
 * The value of an expression as far as it is known before any request; undefined where it depends on one, or where
 * evaluating it would fault. Follows the meaning of core expressions exactly.
 */
export const knownValue = (expr: Expr, known: Known): Json | undefined => {
  switch (expr.kind) {
    case "constant":
      return expr.value;
    case "tool":
      return known.tool?.(expr.property);
    case "local":
      return known.locals?.get(expr.name);
    case "not":
    case "and":
    case "or":
    case "if":
      return logic(expr, known);
    case "equal":
    case "compare":
    case "in":
    case "like":
    case "matches":
    case "is":
      return comparison(expr, known);
    case "field":
      return fieldOfKnown(knownValue(expr.of, known), expr.name);
    case "default": {
      const of = knownValue(expr.of, known);
      return of === null ? knownValue(expr.otherwise, known) : of;
    }
    case "arithmetic":
      return arithmetic(expr, known);
    case "list":
      return all(expr.items, known);
    case "call": {
      const args = all(expr.args, known);
      return args === undefined ? undefined : known.call?.(expr.fn, args);
    }
    case "quantify":
      return quantify(expr, known);
    case "method":
      return method(expr.method, knownValue(expr.of, known), all(expr.args, known));
    default:
      return undefined;
  }
};

const fieldOfKnown = (of: Json | undefined, name: string): Json | undefined => {
  if (typeof of !== "object" || of === null || isList(of)) return undefined;
  return Object.hasOwn(of, name) ? of[name] : undefined;
};

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

const all = (exprs: readonly Expr[], known: Known): readonly Json[] | undefined => {
  const values: Json[] = [];
  for (const expr of exprs) {
    const value = knownValue(expr, known);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
};

const logic = (expr: Of<"not" | "and" | "or" | "if">, known: Known): Json | undefined => {
  if (expr.kind === "not") {
    const of = knownValue(expr.of, known);
    return typeof of === "boolean" ? !of : undefined;
  }
  if (expr.kind === "if") {
    const test = knownValue(expr.test, known);
    return typeof test === "boolean" ? knownValue(test ? expr.then : expr.otherwise, known) : undefined;
  }
  const left = knownValue(expr.left, known);
  if (typeof left !== "boolean") return undefined;
  return left === (expr.kind === "or") ? left : knownValue(expr.right, known);
};

const comparison = (
  expr: Of<"equal" | "compare" | "in" | "like" | "matches" | "is">,
  known: Known,
): boolean | undefined => {
  if (expr.kind === "equal" || expr.kind === "compare") {
    const left = knownValue(expr.left, known);
    const right = knownValue(expr.right, known);
    if (left === undefined || right === undefined) return undefined;
    if (expr.kind === "equal") return (left === right) !== expr.negated;
    return typeof left === "number" && typeof right === "number"
      ? ordered(expr.operator, left, right)
      : undefined;
  }
  const of = knownValue(expr.of, known);
  if (of === undefined) return undefined;
  if (expr.kind === "is") return fits(of, expr.type);
  if (expr.kind === "in") {
    const list = knownValue(expr.list, known);
    return list !== undefined && isList(list) ? list.includes(of) !== expr.negated : undefined;
  }
  if (typeof of !== "string") return undefined;
  if (expr.kind === "like") return glob(expr.pattern)(of) !== expr.negated;
  if (expr.limit !== undefined && of.length > expr.limit) return undefined;
  return new RegExp(expr.source, "us").test(of);
};

const ordered = (operator: Of<"compare">["operator"], left: number, right: number): boolean => {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
};

const arithmetic = (expr: Of<"arithmetic">, known: Known): number | undefined => {
  const left = knownValue(expr.left, known);
  const right = knownValue(expr.right, known);
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  const value = computed(expr.operator, left, right);
  return Number.isFinite(value) ? value : undefined;
};

const computed = (operator: Of<"arithmetic">["operator"], left: number, right: number): number => {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
};

const quantify = (expr: Of<"quantify">, known: Known): Json | undefined => {
  const list = knownValue(expr.of, known);
  if (list === undefined || !isList(list)) return undefined;
  let count = 0;
  for (const item of list) {
    const locals = new Map(known.locals).set(expr.variable, item);
    const value = knownValue(expr.body, { ...known, locals });
    if (typeof value !== "boolean") return undefined;
    if (value) count += 1;
    if (value && expr.quantifier === "any") return true;
    if (!value && expr.quantifier === "all") return false;
  }
  return expr.quantifier === "count" ? count : expr.quantifier === "all";
};

const method = (name: Method, of: Json | undefined, args: readonly Json[] | undefined): Json | undefined => {
  if (of === undefined || args === undefined) return undefined;
  const [arg] = args;
  if (typeof of === "string") {
    if (name === "string.length") return codePoints(of);
    if (name === "string.lower") return of.toLowerCase();
    if (typeof arg !== "string") return undefined;
    if (name === "string.startsWith") return of.startsWith(arg);
    if (name === "string.endsWith") return of.endsWith(arg);
    return name === "string.contains" ? of.includes(arg) : undefined;
  }
  if (!isList(of)) return undefined;
  if (name === "list.length") return of.length;
  if (name === "list.contains") return arg === undefined ? undefined : of.includes(arg);
  if (arg === undefined || !isList(arg)) return undefined;
  if (name === "list.containsAll") return arg.every((item) => of.includes(item));
  return name === "list.containsAny" ? arg.some((item) => of.includes(item)) : undefined;
};
