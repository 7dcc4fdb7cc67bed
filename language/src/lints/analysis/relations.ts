import type { Expr } from "../../core/expr.ts";
import type { Range } from "../../types/range.ts";
import { type Domain, isNothing, meet, numbersAmong } from "./domain.ts";
import { keyOf } from "./expr.ts";
import { domainIn, type Facts, type Relation, refine } from "./facts.ts";
import { hullOf, numbersIn, rangeFrom } from "./numbers.ts";
import type { Typing } from "./typing.ts";

/** The range that the sum, difference, product or quotient of two ranges lies in. Rounding keeps the order of numbers. */
const arithmeticRange = (operator: "+" | "-" | "*" | "/", a: Range, b: Range): Range => {
  const ends = ((): readonly number[] => {
    switch (operator) {
      case "+":
        return [a.low + b.low, a.high + b.high];
      case "-":
        return [a.low - b.high, a.high - b.low];
      case "*":
        return [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
      case "/":
        return b.low <= 0 && b.high >= 0
          ? [Number.NaN]
          : [a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high];
    }
  })();
  return ends.some(Number.isNaN)
    ? rangeFrom({})
    : rangeFrom({ low: Math.min(...ends), high: Math.max(...ends) });
};

const domainWithArithmetic = (expr: Expr, facts: Facts, typing: Typing): Domain => {
  const domain = domainIn(expr, facts, typing);
  if (expr.kind !== "arithmetic") return domain;
  const [left, right] = [expr.left, expr.right].map(
    (part) => domainWithArithmetic(part, facts, typing).numbers,
  );
  if (!left || !right) return domain;
  const range = arithmeticRange(expr.operator, hullOf(left), hullOf(right));
  return meet(domain, numbersAmong(numbersIn(range)));
};

const onlyValue = (domain: Domain): string | number | boolean | null | undefined => {
  const values: (string | number | boolean | null)[] = [];
  if (domain.others || domain.strings?.only === null || domain.numbers?.only === null) return undefined;
  if (domain.null) values.push(null);
  if (domain.true) values.push(true);
  if (domain.false) values.push(false);
  values.push(...(domain.strings?.only ?? []), ...(domain.numbers?.only ?? []));
  return values.length === 1 ? values[0] : undefined;
};

/** Facts that follow from one comparison; null where it cannot be so. */
const follow = ({ operator, left, right }: Relation, facts: Facts, typing: Typing): Facts | null => {
  const a = domainWithArithmetic(left, facts, typing);
  const b = domainWithArithmetic(right, facts, typing);
  if (operator === "!=") {
    const value = onlyValue(a);
    return value !== undefined && value === onlyValue(b) ? null : facts;
  }
  if (operator === "==") {
    // Lists, records and parsed values are not compared; what remains must be on both sides.
    const both = { ...meet(a, b), others: false };
    const narrowed = isNothing(both) ? null : refine(left, both, facts, typing);
    return narrowed === null ? null : refine(right, both, narrowed, typing);
  }
  if (a.numbers === null || b.numbers === null) return null;
  const open = operator === "<";
  const below = numbersIn({ high: hullOf(b.numbers).high, highOpen: open || hullOf(b.numbers).highOpen });
  const above = numbersIn({ low: hullOf(a.numbers).low, lowOpen: open || hullOf(a.numbers).lowOpen });
  const narrowed = refine(left, numbersAmong(below), facts, typing);
  return narrowed === null ? null : refine(right, numbersAmong(above), narrowed, typing);
};

/** What is surely at most what, by the comparisons alone: from each expression to those that are not less. */
const orderOf = (relations: readonly Relation[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const above = new Map<string, Set<string>>();
  const add = (low: Expr, high: Expr): void => {
    const key = keyOf(low);
    above.set(key, (above.get(key) ?? new Set()).add(keyOf(high)));
  };
  for (const { operator, left, right } of relations) {
    if (operator === "!=") continue;
    add(left, right);
    if (operator === "==") add(right, left);
  }
  for (const highs of above.values())
    for (const high of highs) for (const higher of above.get(high) ?? []) highs.add(higher);
  return above;
};

/** Whether the comparisons go round in no circle: `a < b` and `b < a`, or `a == b` and `a != b`. */
const isOrdered = (relations: readonly Relation[]): boolean => {
  const above = orderOf(relations);
  const isAtMost = (low: Expr, high: Expr): boolean => above.get(keyOf(low))?.has(keyOf(high)) ?? false;
  return relations.every(({ operator, left, right }) => {
    if (operator === "<") return !isAtMost(right, left);
    return operator !== "!=" || !(isAtMost(left, right) && isAtMost(right, left));
  });
};

/** How often comparisons are followed: chains of this many are seen through. */
const ROUNDS = 4;

/** Whether the comparisons between expressions, and sums of them, can be so. `false` is a proof. */
export const relationsHold = (start: Facts, typing: Typing): boolean => {
  if (!isOrdered(start.relations)) return false;
  let facts = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const relation of facts.relations) {
      const more = follow(relation, facts, typing);
      if (more === null) return false;
      facts = more;
    }
    for (const { expr } of facts.values.values())
      if (isNothing(domainWithArithmetic(expr, facts, typing))) return false;
    if (facts.relations.length === 0) return true;
  }
  return true;
};
