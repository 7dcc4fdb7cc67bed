import { type CheckedPolicy, childrenOf, type Expr } from "@agentpolicy/language";

/**
 * Tells whether evaluating a well-typed expression can fault: a parser refuses, a number is not finite, an instant is out
 * of the calendar, an argument of `within` or `in` that is not a constant is refused, a text is too long for its pattern.
 */
export type CanFault = (expr: Expr) => boolean;

export function makeCanFault(policy: CheckedPolicy): CanFault {
  const functions = new Map<string, boolean>();
  const known = new WeakMap<Expr, boolean>();
  const inFunction = (id: string): boolean => {
    const done = functions.get(id);
    if (done !== undefined) return done;
    functions.set(id, true);
    const fn = policy.functions.get(id);
    const result = fn === undefined || canFault(fn.body);
    functions.set(id, result);
    return result;
  };
  const canFault = (expr: Expr): boolean => {
    let result = known.get(expr);
    if (result === undefined) {
      result = ownFault(expr, inFunction) || childrenOf(expr).some(canFault);
      known.set(expr, result);
    }
    return result;
  };
  return canFault;
}

function ownFault(expr: Expr, inFunction: (id: string) => boolean): boolean {
  switch (expr.kind) {
    case "parse":
    case "arithmetic":
      return true;
    case "matches":
      return expr.limit !== undefined;
    case "call":
      return inFunction(expr.fn);
    case "method":
      if (expr.method.startsWith("instant.")) return true;
      return /\.(within|in)$/.test(expr.method) && expr.args.some((arg) => arg.kind !== "constant");
    default:
      return false;
  }
}
