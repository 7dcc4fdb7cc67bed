import type { Expr, RuleBody } from "@agentpolicy/language";
import { isTooDeepAhead, type KnownAhead } from "./ahead.ts";
import type { Cover } from "./cover.ts";
import type { CanFault } from "./faults.ts";
import { constantOf, simplify } from "./simplify.ts";

/** What is certain and what is possible of a condition before there are any arguments, both over `actor` and `context`. */
interface Bounds {
  readonly must: Expr;
  readonly may: Expr;
}

/** Whether a call could end in anything but `deny` (decision 0006): a boolean, or an expression over `actor` and `context`. */
export function visibleOf(
  cover: Cover,
  byDefault: "deny" | "approval_required",
  ahead: KnownAhead,
  canFault: CanFault,
): boolean | Expr {
  const at = { file: "", start: 0, end: 0 };
  let denied: Expr = { kind: "constant", value: false, at };
  let open: Expr = { kind: "constant", value: byDefault !== "deny", at };
  for (const { rule, body } of cover.rules) {
    const bounds = ruleBounds(body, ahead, at);
    if (rule.effect === "deny") denied = either(denied, bounds.must);
    else open = either(open, bounds.may);
  }
  const visible = simplify(both(negate(denied), open), canFault);
  const value = constantOf(visible);
  return typeof value === "boolean" ? value : visible;
}

function ruleBounds(body: RuleBody, ahead: KnownAhead, at: Expr["at"]): Bounds {
  const TRUE: Expr = { kind: "constant", value: true, at };
  const when = body.when === null ? { must: TRUE, may: TRUE } : boundsOf(body.when, ahead);
  if (body.unless === null) return when;
  const unless = boundsOf(body.unless, ahead);
  return { must: both(when.must, negate(unless.may)), may: both(when.may, negate(unless.must)) };
}

/**
 * Kleene's three values, unknown being `must` false and `may` true. `if` counts as `test and then or not test and
 * otherwise`, so that bounds grow no faster than the condition. A maximal part that is none of the connectives
 * is known or unknown as a whole.
 */
function boundsOf(expr: Expr, ahead: KnownAhead): Bounds {
  if (ahead(expr)) return { must: expr, may: expr };
  switch (expr.kind) {
    case "not": {
      const of = boundsOf(expr.of, ahead);
      return { must: negate(of.may), may: negate(of.must) };
    }
    case "and":
    case "or": {
      const left = boundsOf(expr.left, ahead);
      const right = boundsOf(expr.right, ahead);
      const join = expr.kind === "and" ? both : either;
      return { must: join(left.must, right.must), may: join(left.may, right.may) };
    }
    case "if": {
      if (isTooDeepAhead(expr)) return unknown(expr);
      const test = boundsOf(expr.test, ahead);
      const then = boundsOf(expr.then, ahead);
      const otherwise = boundsOf(expr.otherwise, ahead);
      return {
        must: either(both(test.must, then.must), both(negate(test.may), otherwise.must)),
        may: either(both(test.may, then.may), both(negate(test.must), otherwise.may)),
      };
    }
    default:
      return unknown(expr);
  }
}

function unknown({ at }: Expr): Bounds {
  return { must: { kind: "constant", value: false, at }, may: { kind: "constant", value: true, at } };
}

function both(left: Expr, right: Expr): Expr {
  if (constantOf(left) === false || constantOf(right) === true) return left;
  if (constantOf(right) === false || constantOf(left) === true) return right;
  return { kind: "and", left, right, at: left.at };
}

function either(left: Expr, right: Expr): Expr {
  if (constantOf(left) === true || constantOf(right) === false) return left;
  if (constantOf(right) === true || constantOf(left) === false) return right;
  return { kind: "or", left, right, at: left.at };
}

function negate(of: Expr): Expr {
  const value = constantOf(of);
  if (typeof value === "boolean") return { kind: "constant", value: !value, at: of.at };
  return of.kind === "not" ? of.of : { kind: "not", of, at: of.at };
}
