import { childrenOf } from "../../core/children.ts";
import type { Expr } from "../../core/expr.ts";
import { type Demand, demand } from "./solve.ts";

export const contains = (expr: Expr, test: (part: Expr) => boolean): boolean =>
  test(expr) || childrenOf(expr).some((part) => contains(part, test));

/** Whether an expression can be impossible to evaluate: a parser refuses, a sum is not finite, a text is too long. */
export const canFault = (expr: Expr): boolean =>
  contains(
    expr,
    ({ kind, ...rest }) =>
      kind === "parse" || kind === "arithmetic" || (kind === "matches" && "limit" in rest),
  );

/** Whether an expression asks what is there, so that what stands behind it may be read at all. */
export const isGuard = (expr: Expr): boolean =>
  contains(
    expr,
    (part) =>
      part.kind === "has" ||
      part.kind === "is" ||
      part.kind === "default" ||
      (part.kind === "equal" &&
        [part.left, part.right].some((side) => side.kind === "constant" && side.value === null)),
  );

/** The ways in which a demand can be met, one of which is enough; the demand itself where it is not so made. */
export const alternativesOf = ({ expr, holds }: Demand): readonly Demand[] => {
  if (expr.kind === "not") return alternativesOf(demand(expr.of, !holds));
  if ((expr.kind === "or" && holds) || (expr.kind === "and" && !holds))
    return [...alternativesOf(demand(expr.left, holds)), ...alternativesOf(demand(expr.right, holds))];
  return [{ expr, holds }];
};

export const opposite = ({ expr, holds }: Demand): Demand => ({ expr, holds: !holds });
