import type { Expr, PolicyFunction, Root, ToolProperty } from "@agentpolicy/language";

import { glob } from "@agentpolicy/runtime/values/glob";
import { isOfType } from "./fits.ts";
import { callMethod } from "./methods.ts";
import { FAULT, given, gives, type Outcome, UNREADABLE } from "./outcome.ts";
import { parseText } from "./parsers.ts";
import { kindOf, readElement, readField, readLength } from "./read.ts";

/** All that an expression may look at. */
export interface Scope {
  /** A root's value; an absent object root is `{}`. */
  readonly root: (root: Root) => Outcome;
  /** What is known of the tool called. */
  readonly tool: (property: ToolProperty) => unknown;
  readonly figure: (track: string) => Outcome;
  readonly functions: ReadonlyMap<string, PolicyFunction>;
  readonly locals: ReadonlyMap<string, Outcome>;
  /** The functions that are being evaluated: none may call itself, by whatever way. */
  readonly calling?: readonly string[];
  /** Told of every expression that is evaluated, after what it is made of. */
  readonly trace?: (expr: Expr, outcome: Outcome) => void;
}

/**
 * The value of an expression: from left to right, no further than is needed, never throwing, whatever the
 * expression. What a checker would have refused is a fault.
 */
export function evaluate(expr: Expr, scope: Scope): Outcome {
  const outcome = evaluateKind(expr, scope);
  scope.trace?.(expr, outcome);
  return outcome;
}

/** Like `evaluate`, for places where a value must be: absent is a fault there. */
export function evaluateStrictly(expr: Expr, scope: Scope): Outcome {
  const outcome = evaluate(expr, scope);
  return outcome.kind === "absent" ? FAULT : outcome;
}

function evaluateKind(expr: Expr, scope: Scope): Outcome {
  switch (expr.kind) {
    case "constant":
      return gives(expr.value);
    case "root":
      return scope.root(expr.root);
    case "tool":
      return given(scope.tool(expr.property));
    case "track":
      return scope.figure(expr.track);
    case "local":
      return scope.locals.get(expr.name) ?? FAULT;
    case "field":
      return withValue(expr.of, scope, (of) => readField(of, expr.name));
    case "has":
      return withValue(expr.of, scope, (of) => {
        const field = readField(of, expr.name);
        return field.kind === "value" || field.kind === "absent" ? gives(field.kind === "value") : field;
      });
    case "default": {
      const of = evaluate(expr.of, scope);
      const missing = of.kind === "absent" || (of.kind === "value" && of.value === null);
      return missing ? evaluate(expr.otherwise, scope) : of;
    }
    case "not":
      return withBoolean(expr.of, scope, (of) => gives(!of));
    case "and":
      return withBoolean(expr.left, scope, (left) => (left ? booleanOf(expr.right, scope) : gives(false)));
    case "or":
      return withBoolean(expr.left, scope, (left) => (left ? gives(true) : booleanOf(expr.right, scope)));
    case "if":
      return withBoolean(expr.test, scope, (test) => evaluate(test ? expr.then : expr.otherwise, scope));
    case "is": {
      const of = evaluate(expr.of, scope);
      if (of.kind === "absent") return gives(false);
      return of.kind === "value" ? isOfType(of.value, expr.type) : of;
    }
    case "call":
      return evaluateCall(expr.fn, expr.args, scope);
    case "quantify":
      return evaluateQuantifier(expr, scope);
    default:
      return evaluateOperator(expr, scope);
  }
}

type Special =
  | "constant"
  | "root"
  | "tool"
  | "track"
  | "local"
  | "field"
  | "has"
  | "default"
  | "not"
  | "and"
  | "or"
  | "if"
  | "is"
  | "call"
  | "quantify";
type Operator = Exclude<Expr, { readonly kind: Special }>;

/** Operators that need all of their operands' values. */
function evaluateOperator(expr: Operator, scope: Scope): Outcome {
  switch (expr.kind) {
    case "equal":
      return withValue(expr.left, scope, (left) =>
        withValue(expr.right, scope, (right) => equalTo(left, right, expr.negated)),
      );
    case "compare":
      return withNumbers(expr, scope, (left, right) => {
        if (expr.operator === "<") return left < right;
        if (expr.operator === "<=") return left <= right;
        return expr.operator === ">" ? left > right : left >= right;
      });
    case "arithmetic":
      return withNumbers(expr, scope, (left, right) => {
        if (expr.operator === "+") return left + right;
        if (expr.operator === "-") return left - right;
        return expr.operator === "*" ? left * right : left / right;
      });
    case "in":
      return withValue(expr.of, scope, (of) =>
        withValue(expr.list, scope, (list) => {
          const found = callMethod("list.contains", list, [of]);
          return found.kind === "value" ? gives(found.value !== expr.negated) : found;
        }),
      );
    case "like":
      return withText(expr.of, scope, (of) => gives(glob(expr.pattern)(of) !== expr.negated));
    case "matches":
      return withText(expr.of, scope, (of) => matchesPattern(of, expr.source, expr.limit));
    case "parse":
      return withText(expr.of, scope, (of) => given(parseText(expr.parser, of)));
    case "list":
      return withValues(expr.items, scope, gives);
    case "method":
      return withValues([expr.of, ...expr.args], scope, ([of, ...args]) => callMethod(expr.method, of, args));
  }
}

function evaluateCall(id: string, args: readonly Expr[], scope: Scope): Outcome {
  const { calling = [] } = scope;
  const fn = scope.functions.get(id);
  if (fn === undefined || calling.includes(id)) return FAULT;
  return withValues(args, scope, (values) => {
    const locals = new Map(fn.parameters.map(({ name }, i) => [name, gives(values[i])]));
    return evaluate(fn.body, { ...scope, locals, calling: [...calling, id] });
  });
}

function evaluateQuantifier(expr: Expr & { readonly kind: "quantify" }, scope: Scope): Outcome {
  return withList(expr.of, scope, (list, length) => {
    let count = 0;
    for (let i = 0; i < length; i++) {
      const element = readElement(list, i);
      if (element.kind === "unreadable") return UNREADABLE;
      const locals = new Map(scope.locals).set(expr.variable, element);
      const holds = booleanOf(expr.body, { ...scope, locals });
      if (holds.kind !== "value") return holds;
      if (holds.value === true) count++;
      if (expr.quantifier === "any" && holds.value === true) return gives(true);
      if (expr.quantifier === "all" && holds.value === false) return gives(false);
    }
    if (expr.quantifier === "count") return gives(count);
    return gives(expr.quantifier === "all");
  });
}

/** Kinds never mix, and what is not a primitive is equal to nothing. */
function equalTo(left: unknown, right: unknown, negated: boolean): Outcome {
  const records = [left, right].map(kindOf).filter((kind) => kind === "list" || kind === "record");
  if (records.length === 2) return FAULT;
  return gives((left === right) !== negated);
}

function matchesPattern(text: string, source: string, limit: number | undefined): Outcome {
  if (limit !== undefined && text.length > limit) return FAULT;
  try {
    return gives(new RegExp(source, "us").test(text));
  } catch {
    return FAULT;
  }
}

type Then<T> = (value: T) => Outcome;

function withValue(expr: Expr, scope: Scope, then: Then<unknown>): Outcome {
  const outcome = evaluateStrictly(expr, scope);
  return outcome.kind === "value" ? then(outcome.value) : outcome;
}

function withValues(exprs: readonly Expr[], scope: Scope, then: Then<readonly unknown[]>): Outcome {
  const values: unknown[] = [];
  for (const expr of exprs) {
    const outcome = evaluateStrictly(expr, scope);
    if (outcome.kind !== "value") return outcome;
    values.push(outcome.value);
  }
  return then(values);
}

function withText(expr: Expr, scope: Scope, then: Then<string>): Outcome {
  return withValue(expr, scope, (value) => (typeof value === "string" ? then(value) : FAULT));
}

function withBoolean(expr: Expr, scope: Scope, then: Then<boolean>): Outcome {
  return withValue(expr, scope, (value) => (typeof value === "boolean" ? then(value) : FAULT));
}

function booleanOf(expr: Expr, scope: Scope): Outcome {
  return withBoolean(expr, scope, gives);
}

function withNumbers(
  expr: { readonly left: Expr; readonly right: Expr },
  scope: Scope,
  then: (left: number, right: number) => number | boolean,
): Outcome {
  return withValues([expr.left, expr.right], scope, ([left, right]) => {
    if (typeof left !== "number" || typeof right !== "number") return FAULT;
    const result = then(left, right);
    return typeof result === "boolean" || Number.isFinite(result) ? gives(result) : FAULT;
  });
}

function withList(
  expr: Expr,
  scope: Scope,
  then: (list: readonly unknown[], length: number) => Outcome,
): Outcome {
  return withValue(expr, scope, (value) => {
    if (kindOf(value) !== "list") return kindOf(value) === "unreadable" ? UNREADABLE : FAULT;
    const length = readLength(value as readonly unknown[]);
    return length.kind === "value" ? then(value as readonly unknown[], length.value as number) : length;
  });
}
