import type { Expr } from "../../core/expr.ts";
import type { Json } from "../../types/type.ts";
import { type Domain, isNothing, meet, numbersAmong, oneOf, textsIn, truth } from "./domain.ts";
import { keyOf } from "./expr.ts";
import { hullOf, numbersIn, numbersOf } from "./numbers.ts";
import { ALL_STRINGS, type Strings } from "./strings.ts";
import { fieldOf, startingDomain, type Typing, typeOf } from "./typing.ts";

/** What is known of a request so far: which values each expression can still have, and how expressions compare. */
export interface Facts {
  readonly values: ReadonlyMap<string, Known>;
  readonly relations: readonly Relation[];
}

export interface Known {
  readonly expr: Expr;
  readonly domain: Domain;
}

/** `left operator right`, where neither is a constant. */
export interface Relation {
  readonly operator: "==" | "!=" | "<" | "<=";
  readonly left: Expr;
  readonly right: Expr;
}

export const noFacts: Facts = { values: new Map(), relations: [] };

/** The value of an expression that reads nothing. */
export const constantOf = (expr: Expr): { readonly value: Json } | null => {
  if (expr.kind === "constant") return expr;
  if (expr.kind !== "list") return null;
  const items = expr.items.map(constantOf);
  return items.every((item) => item !== null) ? { value: items.map((item) => item!.value) } : null;
};

const presence = (expr: Expr & { readonly kind: "has" }, typing: Typing): Domain => {
  const { there } = fieldOf(typeOf(expr.of, typing), expr.name);
  if (there === "perhaps") return { ...truth(true), false: true };
  return truth(there === "always");
};

/** The values that an expression can have by its type and by the facts so far. */
export const domainIn = (expr: Expr, facts: Facts, typing: Typing): Domain => {
  const constant = constantOf(expr);
  if (constant !== null) return oneOf([constant.value]);
  const known = facts.values.get(keyOf(expr))?.domain;
  if (known !== undefined) return known;
  if (expr.kind === "has") return presence(expr, typing);
  if (expr.kind === "method" && expr.method === "string.length")
    return meet(startingDomain(expr, typing), lengths(domainIn(expr.of, facts, typing).strings));
  if (expr.kind === "method" && expr.method === "list.length") {
    const list = typeOf(expr.of, typing);
    if (list.kind === "list")
      return numbersAmong(
        numbersIn({
          integer: true,
          low: list.minItems ?? 0,
          high: list.maxItems ?? Number.POSITIVE_INFINITY,
        }),
      );
  }
  return startingDomain(expr, typing);
};

const lengths = (strings: Strings | null): Domain => {
  if (strings?.only) return numbersAmong(numbersOf([...strings.only].map((text) => [...text].length)));
  const { min, max } = strings ?? ALL_STRINGS;
  return numbersAmong(numbersIn({ integer: true, low: min, high: max }));
};

/** The fields that are surely read, and so are there, when an expression is evaluated. */
const fieldsRead = (expr: Expr): readonly (Expr & { readonly kind: "field" })[] => {
  switch (expr.kind) {
    case "field":
      return [...fieldsRead(expr.of), expr];
    case "default":
      return expr.of.kind === "field" ? fieldsRead(expr.of.of) : fieldsRead(expr.of);
    case "and":
    case "or":
      return fieldsRead(expr.left);
    case "if":
      return fieldsRead(expr.test);
    case "has":
    case "not":
    case "like":
    case "matches":
    case "is":
    case "parse":
    case "quantify":
      return fieldsRead(expr.of);
    case "equal":
    case "compare":
    case "arithmetic":
      return [...fieldsRead(expr.left), ...fieldsRead(expr.right)];
    case "in":
      return [...fieldsRead(expr.of), ...fieldsRead(expr.list)];
    case "method":
      return [expr.of, ...expr.args].flatMap(fieldsRead);
    default:
      return [];
  }
};

const narrow = (expr: Expr, to: Domain, facts: Facts, typing: Typing): Facts | null => {
  const domain = meet(domainIn(expr, facts, typing), to);
  if (isNothing(domain)) return null;
  if (constantOf(expr) !== null) return facts;
  return { ...facts, values: new Map(facts.values).set(keyOf(expr), { expr, domain }) };
};

/** The facts with an expression's values narrowed; null where nothing is left. What was read is there. */
export const refine = (expr: Expr, to: Domain, facts: Facts, typing: Typing): Facts | null => {
  let result = narrow(expr, to, facts, typing);
  for (const { of, name, at } of fieldsRead(expr)) {
    if (result === null) return null;
    result = narrow({ kind: "has", of, name, at }, truth(true), result, typing);
  }
  if (result === null || expr.kind !== "method" || expr.method !== "string.length") return result;
  const numbers = domainIn(expr, result, typing).numbers;
  if (numbers === null) return null;
  const { low, high } = hullOf(numbers);
  return refine(expr.of, textsIn({ ...ALL_STRINGS, min: Math.max(0, low), max: high }), result, typing);
};
