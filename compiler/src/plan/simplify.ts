import { type Expr, type Json, mapChildren } from "@agentpolicy/language";
import type { CanFault } from "./faults.ts";

/**
 * The same expression with what is known before any request worked out. An expression that can fault is never
 * dropped in favour of what stands after it, so the simplified one faults exactly where the given one does.
 */
export function simplify(expr: Expr, canFault: CanFault): Expr {
  return fold(
    mapChildren(expr, (child) => simplify(child, canFault)),
    canFault,
  );
}

/** `when and not unless`, simplified; null where it always holds. */
export function conditionOf(when: Expr | null, unless: Expr | null, canFault: CanFault): Expr | null {
  const negated: Expr | null = unless === null ? null : { kind: "not", of: unless, at: unless.at };
  const whole: Expr | null =
    when === null || negated === null
      ? (when ?? negated)
      : { kind: "and", left: when, right: negated, at: when.at };
  if (whole === null) return null;
  const condition = simplify(whole, canFault);
  return constantOf(condition) === true ? null : condition;
}

/** The value of a constant; undefined for anything else. */
export function constantOf(expr: Expr): Json | undefined {
  return expr.kind === "constant" ? expr.value : undefined;
}

function constant(value: Json, at: Expr["at"]): Expr {
  return { kind: "constant", value, at };
}

function fold(expr: Expr, canFault: CanFault): Expr {
  switch (expr.kind) {
    case "not":
      return foldNot(expr);
    case "and":
    case "or":
      return foldConnective(expr, canFault);
    case "if": {
      const test = constantOf(expr.test);
      if (typeof test === "boolean") return test ? expr.then : expr.otherwise;
      return expr;
    }
    case "default": {
      const of = constantOf(expr.of);
      if (of === undefined) return expr;
      return of === null ? expr.otherwise : expr.of;
    }
    case "equal": {
      const left = constantOf(expr.left);
      const right = constantOf(expr.right);
      if (!isPrimitive(left) || !isPrimitive(right)) return expr;
      return constant((left === right) !== expr.negated, expr.at);
    }
    case "in":
      return foldIn(expr);
    case "compare":
    case "arithmetic":
      return foldNumbers(expr);
    default:
      return expr;
  }
}

function foldNot(expr: Expr & { readonly kind: "not" }): Expr {
  const of = expr.of;
  const value = constantOf(of);
  if (typeof value === "boolean") return constant(!value, expr.at);
  if (of.kind === "equal" || of.kind === "in" || of.kind === "like") return { ...of, negated: !of.negated };
  return expr;
}

function foldConnective(expr: Expr & { readonly kind: "and" | "or" }, canFault: CanFault): Expr {
  const decides = expr.kind === "or";
  const left = constantOf(expr.left);
  if (left === decides) return expr.left;
  if (left === !decides) return expr.right;
  const right = constantOf(expr.right);
  if (right === !decides) return expr.left;
  if (right === decides && !canFault(expr.left)) return expr.right;
  return expr;
}

function foldIn(expr: Expr & { readonly kind: "in" }): Expr {
  const of = constantOf(expr.of);
  const list = constantOf(expr.list);
  if (!isPrimitive(of) || !Array.isArray(list)) return expr;
  return constant(list.includes(of) !== expr.negated, expr.at);
}

function foldNumbers(expr: Expr & { readonly kind: "compare" | "arithmetic" }): Expr {
  const left = constantOf(expr.left);
  const right = constantOf(expr.right);
  if (typeof left !== "number" || typeof right !== "number") return expr;
  if (expr.kind === "compare") return constant(compareNumbers(expr.operator, left, right), expr.at);
  const result = calculate(expr.operator, left, right);
  return Number.isFinite(result) ? constant(result, expr.at) : expr;
}

export function compareNumbers(operator: "<" | "<=" | ">" | ">=", left: number, right: number): boolean {
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

export function calculate(operator: "+" | "-" | "*" | "/", left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  return operator === "*" ? left * right : left / right;
}

function isPrimitive(value: Json | undefined): value is string | number | boolean | null {
  return value !== undefined && (value === null || typeof value !== "object");
}
