import type { Expr } from "../../core/expr.ts";
import type { Range } from "../../types/range.ts";
import type { Json } from "../../types/type.ts";
import { domainOf, noneOf, numbersAmong, oneOf, outsideOf, textsIn, truth } from "./domain.ts";
import { keyOf } from "./expr.ts";
import { constantOf, type Facts, type Relation, refine } from "./facts.ts";
import { numbersIn } from "./numbers.ts";
import { passing, type TextTest } from "./strings.ts";
import type { Typing } from "./typing.ts";

type Compare = Expr & { readonly kind: "compare" };

const relate = (relation: Relation, facts: Facts, typing: Typing): Facts | null => {
  if (keyOf(relation.left) === keyOf(relation.right))
    return relation.operator === "==" || relation.operator === "<=" ? facts : null;
  const everything = domainOf({ kind: "any" });
  const left = refine(relation.left, everything, facts, typing);
  const both = left === null ? null : refine(relation.right, everything, left, typing);
  return both === null ? null : { ...both, relations: [...both.relations, relation] };
};

const FLIPPED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;
const OPPOSITE = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

const boundsOf = (operator: Compare["operator"], value: number): Partial<Range> => {
  switch (operator) {
    case "<":
      return { high: value, highOpen: true };
    case "<=":
      return { high: value };
    case ">":
      return { low: value, lowOpen: true };
    case ">=":
      return { low: value };
  }
};

const assumeCompare = (expr: Compare, holds: boolean, facts: Facts, typing: Typing): Facts | null => {
  const operator = holds ? expr.operator : OPPOSITE[expr.operator];
  const left = constantOf(expr.left)?.value;
  const right = constantOf(expr.right)?.value;
  if (typeof right === "number")
    return refine(expr.left, numbersAmong(numbersIn(boundsOf(operator, right))), facts, typing);
  if (typeof left === "number")
    return refine(expr.right, numbersAmong(numbersIn(boundsOf(FLIPPED[operator], left))), facts, typing);
  const isLess = operator === "<" || operator === "<=";
  return relate(
    isLess
      ? { operator, left: expr.left, right: expr.right }
      : { operator: operator === ">" ? "<" : "<=", left: expr.right, right: expr.left },
    facts,
    typing,
  );
};

const assumeEqual = (left: Expr, right: Expr, holds: boolean, facts: Facts, typing: Typing): Facts | null => {
  const values = (value: Json) => (holds ? oneOf([value]) : noneOf([value]));
  const a = constantOf(left);
  const b = constantOf(right);
  if (b !== null) return refine(left, values(b.value), facts, typing);
  if (a !== null) return refine(right, values(a.value), facts, typing);
  return relate({ operator: holds ? "==" : "!=", left, right }, facts, typing);
};

const TEXT_METHODS: ReadonlyMap<string, TextTest["kind"]> = new Map([
  ["string.startsWith", "startsWith"],
  ["string.endsWith", "endsWith"],
  ["string.contains", "contains"],
]);

/** The facts once a test that cannot be taken apart is known to hold or not to hold; null where it cannot. */
export const assume = (expr: Expr, holds: boolean, facts: Facts, typing: Typing): Facts | null => {
  switch (expr.kind) {
    case "equal":
      return assumeEqual(expr.left, expr.right, holds !== expr.negated, facts, typing);
    case "compare":
      return assumeCompare(expr, holds, facts, typing);
    case "in": {
      const list = constantOf(expr.list)?.value;
      const isIn = holds !== expr.negated;
      if (Array.isArray(list)) return refine(expr.of, isIn ? oneOf(list) : noneOf(list), facts, typing);
      return refine({ ...expr, negated: false }, truth(isIn), facts, typing);
    }
    case "like":
      return refine(expr.of, textsIn(passing("like", expr.pattern, holds !== expr.negated)), facts, typing);
    case "matches":
      return refine(expr.of, textsIn(passing("matches", expr.source, holds)), facts, typing);
    case "is":
      return refine(expr.of, holds ? domainOf(expr.type) : outsideOf(expr.type), facts, typing);
    case "method": {
      const kind = TEXT_METHODS.get(expr.method);
      const text = expr.args[0] === undefined ? undefined : constantOf(expr.args[0])?.value;
      if (kind !== undefined && typeof text === "string")
        return refine(expr.of, textsIn(passing(kind, text, holds)), facts, typing);
      return refine(expr, truth(holds), facts, typing);
    }
    default:
      return refine(expr, truth(holds), facts, typing);
  }
};
