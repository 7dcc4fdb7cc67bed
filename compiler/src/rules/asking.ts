import { ANY, type Expr, listOf, optional, recordOf, STRING, type Type } from "@agentpolicy/language";
import type { Known } from "./check-operators.ts";
import { hasOperator } from "./check-operators.ts";
import {
  all,
  cannotBeJudged,
  either,
  equal,
  field,
  has,
  ifElse,
  is,
  method,
  not,
  type Place,
} from "./exprs.ts";
import { operatorsHold } from "./operators.ts";
import type { Matcher, Operators } from "./rule-objects.ts";
import type { RulesText } from "./source-text.ts";
import { isRecord } from "./words.ts";

type Path = readonly (string | number)[];

/** What matchers are turned into expressions with. */
export interface Asking {
  readonly text: RulesText;
  /** As their parser gives them. */
  readonly internalDomains: readonly string[];
}

/** A field of a record, what it is asked, and where that is written. */
export interface AskedField {
  readonly of: Expr;
  readonly name: string;
  readonly matcher: Matcher;
  readonly path: Path;
  /** The kind that every request keeps to, where the field is there; null: none. */
  readonly known?: Known;
  /** Whether every request has the field. */
  readonly required?: boolean;
}

/** The fields of a record, sorted: the order in which an object names them has no meaning. */
export function fieldsHold(
  of: Expr,
  fields: object,
  path: Path,
  asking: Asking,
  about: (name: string) => Pick<AskedField, "known" | "required"> = () => ({}),
): Expr {
  const parts = Object.entries(fields as { readonly [name: string]: Matcher })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, matcher]) =>
      fieldHolds({ of, name, matcher, path: [...path, name], ...about(name) }, asking),
    );
  return all(parts, asking.text.pair(path));
}

/**
 * Whether a field is what it is asked to be. What an absent one comes to is known beforehand: not to match, to match
 * (`exists: false`), or not to be judged (an order, an inequality, an address of nothing).
 */
export function fieldHolds(
  { of, name, matcher, path, known = null, required = false }: AskedField,
  asking: Asking,
): Expr {
  const at = asking.text.pair(path);
  const value = field(of, name, at);
  const holds = valueHolds(value, matcher, { known, path }, asking);
  if (required) return holds;
  const there = has(of, name, at);
  const absent = ofAbsent(matcher);
  if (absent === false) return all([there, holds], at);
  if (absent === "unjudged") return whereJudged(there, value, holds, at);
  return known === null ? either([not(there, at), holds]) : not(there, at);
}

/** One test where both what is there and its kind are asked for. */
function whereJudged(there: Expr, value: Expr, holds: Expr, at: Place): Expr {
  if (holds.kind !== "if" || holds.test.kind !== "is" || holds.otherwise.kind === "if") {
    return ifElse(there, holds, cannotBeJudged(value, at), at);
  }
  return { ...holds, test: all([there, holds.test], at) };
}

/** What a matcher comes to where nothing is there. */
export function ofAbsent(matcher: Matcher): boolean | "unjudged" {
  if (!isRecord(matcher)) return false;
  if (hasOperator(matcher)) return ofAbsentOperators(matcher as Operators);
  const names = Object.keys(matcher).sort();
  for (const name of names) {
    const absent = ofAbsent((matcher as { readonly [field: string]: Matcher })[name]!);
    if (absent !== true) return absent;
  }
  return true;
}

function ofAbsentOperators({
  exists,
  eq,
  in: among,
  contains,
  neq,
  ...others
}: Operators): boolean | "unjudged" {
  if (exists !== undefined) return !exists;
  if (eq !== undefined) return false;
  if (neq !== undefined) return "unjudged";
  if (among !== undefined) return false;
  const compares = [others.lt, others.lte, others.gt, others.gte].some((operand) => operand !== undefined);
  if (compares) return "unjudged";
  return contains === undefined ? "unjudged" : false;
}

/** Whether a value that is there is what it is asked to be. A value of another kind cannot be judged. */
export function valueHolds(
  value: Expr,
  matcher: Matcher,
  { known, path }: { readonly known: Known; readonly path: Path },
  asking: Asking,
): Expr {
  const at = asking.text.pair(path);
  const ofKind = (type: Type, holds: Expr): Expr =>
    known === null ? ifElse(is(value, type, at), holds, cannotBeJudged(value, at), at) : holds;
  if (matcher === null) return is(value, { kind: "null" }, at);
  if (typeof matcher === "string") return ofKind(STRING, textHolds(value, matcher, at));
  if (typeof matcher === "number")
    return ofKind({ kind: "number", integer: false }, equal(value, matcher, at));
  if (typeof matcher === "boolean") return ofKind({ kind: "boolean" }, equal(value, matcher, at));
  if (Array.isArray(matcher)) return ofKind(listOf(ANY), itemsHold(value, matcher, path, asking));
  if (hasOperator(matcher as { readonly [name: string]: unknown })) {
    return operatorsHold(value, matcher as Operators, known, {
      at: (name) => asking.text.pair([...path, name]),
      internalDomains: asking.internalDomains,
    });
  }
  const names = Object.keys(matcher).sort();
  const type = recordOf(names.map((name) => [name, optional(ANY)] as const));
  return ofKind(type, fieldsHold(value, matcher, path, asking));
}

function textHolds(value: Expr, text: string, at: Place): Expr {
  return text.includes("*")
    ? { kind: "like", of: value, pattern: text, negated: false, at }
    : equal(value, text, at);
}

/** A list as long as the matcher's, whose items match one by one. */
function itemsHold(list: Expr, matchers: readonly Matcher[], path: Path, asking: Asking): Expr {
  const at = asking.text.pair(path);
  const [only] = matchers;
  if (only !== undefined && matchers.length === 1) return oneHolds(list, only, path, asking);
  const items = matchers.map((matcher, i) => {
    const here = [...path, i];
    const item = method("list.item", list, [i], asking.text.pair(here));
    return valueHolds(item, matcher, { known: null, path: here }, asking);
  });
  return all([equal(method("list.length", list, [], at), matchers.length, at), ...items], at);
}

/** A list of one item: what the language has words for, too. */
function oneHolds(list: Expr, matcher: Matcher, path: Path, asking: Asking): Expr {
  const at = asking.text.pair(path);
  const here = [...path, 0];
  // Lists within lists have parameters of their own.
  const variable = `item${path.length}`;
  const item: Expr = { kind: "local", name: variable, at: asking.text.pair(here) };
  const body = valueHolds(item, matcher, { known: null, path: here }, asking);
  return all(
    [
      equal(method("list.length", list, [], at), 1, at),
      { kind: "quantify", quantifier: "any", of: list, variable, body, at },
    ],
    at,
  );
}
