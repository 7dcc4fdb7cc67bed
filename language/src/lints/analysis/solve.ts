import type { Expr } from "../../core/expr.ts";
import { assume } from "./atoms.ts";
import { constantOf, type Facts, noFacts } from "./facts.ts";
import { hierarchyHolds } from "./hierarchy.ts";
import { relationsHold } from "./relations.ts";
import { elementOf, type Typing, typeOf } from "./typing.ts";

/** That an expression was evaluated without a fault and gave `holds`. */
export interface Demand {
  readonly expr: Expr;
  readonly holds: boolean;
}

export const demand = (expr: Expr, holds = true): Demand => ({ expr, holds });

/** How many more cases may be looked at. */
export interface Cases {
  left: number;
}

/** What a demand comes to: demands that must all be met, or several ways to meet it, or a test of its own. */
type Step =
  | { readonly kind: "all"; readonly demands: readonly Demand[] }
  | { readonly kind: "ways"; readonly ways: readonly (readonly Demand[])[] }
  | { readonly kind: "test" };

const all = (...demands: readonly Demand[]): Step => ({ kind: "all", demands });
const ways = (...list: readonly (readonly Demand[])[]): Step => ({ kind: "ways", ways: list });

/** The operand of a test that may be written `x ?? y`, and the same test of something else. */
const operandsOf = (expr: Expr): readonly { readonly of: Expr; readonly swap: (other: Expr) => Expr }[] => {
  switch (expr.kind) {
    case "equal":
    case "compare":
      return [
        { of: expr.left, swap: (left) => ({ ...expr, left }) },
        { of: expr.right, swap: (right) => ({ ...expr, right }) },
      ];
    case "in":
    case "like":
    case "matches":
    case "is":
    case "quantify":
    case "method":
      return [{ of: expr.of, swap: (of) => ({ ...expr, of }) }];
    case "default":
      return [{ of: expr, swap: (other) => other }];
    default:
      return [];
  }
};

const isNull = (of: Expr): Expr => ({
  kind: "equal",
  left: of,
  right: { kind: "constant", value: null, at: of.at },
  negated: false,
  at: of.at,
});

/** The ways in which `x` in `x ?? y` is not there or null. */
const missing = (of: Expr): readonly Demand[] =>
  of.kind === "field"
    ? [demand({ kind: "has", of: of.of, name: of.name, at: of.at }, false), demand(isNull(of))]
    : [demand(isNull(of))];

const stepOfDefault = ({ expr, holds }: Demand): Step => {
  for (const { of, swap } of operandsOf(expr)) {
    if (of.kind !== "default") continue;
    const given = [demand(isNull(of.of), false), demand(swap(of.of), holds)];
    return ways(given, ...missing(of.of).map((way) => [way, demand(swap(of.otherwise), holds)]));
  }
  return { kind: "test" };
};

const stepOf = (wanted: Demand): Step => {
  const { expr, holds } = wanted;
  switch (expr.kind) {
    case "not":
      return all(demand(expr.of, !holds));
    case "and":
    case "or":
      // Left to right, and no further than needed: `a or b` holds where a does, or where a does not and b does.
      if ((expr.kind === "and") === holds) return all(demand(expr.left, holds), demand(expr.right, holds));
      return ways([demand(expr.left, holds)], [demand(expr.left, !holds), demand(expr.right, holds)]);
    case "if":
      return ways(
        [demand(expr.test, true), demand(expr.then, holds)],
        [demand(expr.test, false), demand(expr.otherwise, holds)],
      );
    case "in": {
      if (expr.list.kind !== "list" || constantOf(expr.list) !== null) return stepOfDefault(wanted);
      const equals = expr.list.items.map(
        (right): Expr => ({ kind: "equal", left: expr.of, right, negated: false, at: expr.at }),
      );
      if (holds === expr.negated) return all(...equals.map((one) => demand(one, false)));
      return ways(...equals.map((one) => [demand(one)]));
    }
    default:
      return stepOfDefault(wanted);
  }
};

/** Whether some element would have to be what no element can be. */
const contradictsInside = ({ expr, holds }: Demand, facts: Facts, typing: Typing, cases: Cases): boolean => {
  if (expr.kind !== "quantify" || expr.quantifier === "count" || (expr.quantifier === "any") !== holds)
    return false;
  const locals = new Map(typing.locals).set(expr.variable, elementOf(typeOf(expr.of, typing)));
  return isContradiction([demand(expr.body, holds)], { ...typing, locals }, cases, facts);
};

/**
 * Whether no request at all meets all demands. `true` is a proof; `false` may also mean that it is too hard to see.
 * Conjunctions become facts about values; what can be met in several ways is tried way by way.
 */
export const isContradiction = (
  demands: readonly Demand[],
  typing: Typing,
  cases: Cases,
  known: Facts = noFacts,
): boolean => {
  cases.left -= 1;
  if (cases.left < 0) return false;
  let facts: Facts = known;
  const open = [...demands];
  const choices: { readonly wanted: Demand; readonly ways: readonly (readonly Demand[])[] }[] = [];
  while (open.length > 0) {
    const wanted = open.shift()!;
    const step = stepOf(wanted);
    if (step.kind === "all") open.unshift(...step.demands);
    else if (step.kind === "ways") choices.push({ wanted, ways: step.ways });
    else {
      const more = assume(wanted.expr, wanted.holds, facts, typing);
      if (more === null || contradictsInside(wanted, more, typing, cases)) return true;
      facts = more;
    }
  }
  if (!relationsHold(facts, typing) || !hierarchyHolds(facts)) return true;
  const [first, ...others] = choices;
  if (first === undefined) return false;
  const later = others.map(({ wanted }) => wanted);
  return first.ways.every((way) => isContradiction([...way, ...later], typing, cases, facts));
};
