import type { Expr } from "@agentpolicy/language";
import { glob } from "@agentpolicy/runtime/values/glob";
import { PARSERS } from "../interpret/parsers.ts";
import { calculate, compareNumbers } from "../plan/simplify.ts";
import { rootChecker } from "./checks.ts";
import { type Frame, fault, need, type Run } from "./frame.ts";
import { compileMethod } from "./methods.ts";

/** Operators that need all of their operands. `compile` gives closures that may give `undefined` for what is absent. */
export function compileOperator(expr: Expr, compile: (expr: Expr) => Run): Run {
  switch (expr.kind) {
    case "equal":
      return compileEqual(compile(expr.left), compile(expr.right), expr.negated);
    case "compare": {
      const { operator } = expr;
      return numerically(compile(expr.left), compile(expr.right), (left, right) =>
        compareNumbers(operator, left, right),
      );
    }
    case "arithmetic": {
      const { operator } = expr;
      return numerically(compile(expr.left), compile(expr.right), (left, right) => {
        const result = calculate(operator, left, right);
        return Number.isFinite(result) ? result : fault();
      });
    }
    case "in":
      return compileIn(expr, compile);
    case "like": {
      const { negated } = expr;
      const fits = glob(expr.pattern);
      return textually(compile(expr.of), (text) => fits(text) !== negated);
    }
    case "matches":
      return compileMatches(expr.source, expr.limit ?? Number.POSITIVE_INFINITY, compile(expr.of));
    case "parse": {
      const parse = PARSERS[expr.parser];
      return textually(compile(expr.of), (text) => need(parse(text)));
    }
    case "is": {
      const of = compile(expr.of);
      const check = rootChecker("value", expr.type, () => 0);
      return (frame) => {
        const value = of(frame);
        if (value === undefined) return false;
        const misfit = check(value, []);
        if (misfit?.found === "unreadable") throw new Error("unreadable");
        return misfit === null;
      };
    }
    case "list": {
      const items = expr.items.map(compile);
      return (frame) => items.map((item) => there(item(frame)));
    }
    case "method":
      return compileMethod(expr.method, compile(expr.of), expr.args.map(compile));
    default:
      return fault;
  }
}

/** A value, `null` included; a fault where it is absent. */
export function there(value: unknown): unknown {
  return value === undefined ? fault() : value;
}

function compileEqual(left: Run, right: Run, negated: boolean): Run {
  return (frame) => {
    const a = there(left(frame));
    const b = there(right(frame));
    if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) return fault();
    return (a === b) !== negated;
  };
}

function compileIn(expr: Expr & { readonly kind: "in" }, compile: (expr: Expr) => Run): Run {
  const { negated } = expr;
  const of = compile(expr.of);
  if (expr.list.kind === "constant" && Array.isArray(expr.list.value)) {
    const values = new Set<unknown>(expr.list.value);
    return (frame) => values.has(there(of(frame))) !== negated;
  }
  const list = compile(expr.list);
  return (frame) => {
    const value = there(of(frame));
    const among = list(frame);
    return Array.isArray(among) ? isAmong(among, value) !== negated : fault();
  };
}

/** Whether a list has a primitive; what is not a primitive is in no list. */
export function isAmong(list: readonly unknown[], value: unknown): boolean {
  return (typeof value !== "object" || value === null) && list.indexOf(value) >= 0;
}

function compileMatches(source: string, limit: number, of: Run): Run {
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, "us");
  } catch {
    return fault;
  }
  return textually(of, (text) => (text.length > limit ? fault() : pattern.test(text)));
}

function textually(of: Run, then: (text: string) => unknown): Run {
  return (frame) => {
    const text = of(frame);
    return typeof text === "string" ? then(text) : fault();
  };
}

function numerically(left: Run, right: Run, then: (left: number, right: number) => unknown): Run {
  return (frame: Frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === "number" && typeof b === "number" ? then(a, b) : fault();
  };
}
