import * as z from "zod/mini";
import { isPossible } from "./check-possible.ts";
import { closed, flag, type Issue, issuesOf, judged, number, someOf } from "./issues.ts";
import { isOperator, kind, OPERATORS, type Operator, quoted } from "./words.ts";

/** What a value may be for an operator to say something of it. */
export type Kind = "string" | "number" | "boolean" | "null" | "list";

const WORDS: Readonly<Record<Kind, string>> = {
  string: "text",
  number: "numbers",
  boolean: "true and false",
  null: "null",
  list: "lists",
};

const isPrimitive = (value: unknown): boolean =>
  value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);

const wrong = (what: string, value: unknown): readonly Issue[] => [
  { path: [], message: `expected ${what}, found ${kind(value)}` },
];

const primitive = judged((value) =>
  isPrimitive(value) ? [] : wrong("a string, number, boolean or null", value),
);

const part = judged((value) =>
  isPrimitive(value) && value !== null ? [] : wrong("a string, number or boolean", value),
);

const OPERATOR_SCHEMA = closed({
  exists: z.optional(flag),
  eq: z.optional(primitive),
  neq: z.optional(primitive),
  in: z.optional(someOf(primitive, "a list of values")),
  lt: z.optional(number),
  lte: z.optional(number),
  gt: z.optional(number),
  gte: z.optional(number),
  contains: z.optional(part),
  externalEmail: z.optional(flag),
});

/** A value that must be of one kind in every request that gets as far as the rules, or that may be anything. */
export type Known = "string" | "number" | null;

/** Checks an operator object: its operators, their operands, and that some value could meet all of them. */
export function checkOperators(
  operators: { readonly [name: string]: unknown },
  path: Issue["path"],
  known: Known,
): readonly Issue[] {
  const issues = issuesOf(OPERATOR_SCHEMA, operators, path);
  if (issues.length > 0) return issues;
  const kinds = checkKinds(operators, path, known);
  if (kinds.length > 0 || isPossible(operators)) return kinds;
  return [{ path, message: "no value is all that is asked here" }];
}

function checkKinds(
  operators: { readonly [name: string]: unknown },
  path: Issue["path"],
  known: Known,
): readonly Issue[] {
  const names = OPERATORS.filter((name) => name !== "exists" && Object.hasOwn(operators, name));
  const fail = (name: Operator, message: string): readonly Issue[] => [{ path: [...path, name], message }];
  const [first] = names;
  if (operators.exists === false && first !== undefined) {
    return fail(first, `nothing is left for ${quoted(first)} to look at where \`exists\` is false`);
  }
  let left: readonly Kind[] | null = known === null ? null : [known];
  for (const name of names) {
    const kinds = kindsFor(name, operators[name]);
    if (known !== null && !kinds?.includes(known)) {
      return fail(
        name,
        `${quoted(name)} is about ${worded(kinds ?? ["null"])} here; this is always ${WORDS[known]}`,
      );
    }
    if (known !== null && name === "in" && kinds?.some((one) => one !== known)) {
      return fail(name, `some of these are not ${WORDS[known]}, which this always is`);
    }
    if (kinds === null) continue;
    const before: readonly Kind[] | null = left;
    left = before === null ? kinds : before.filter((one) => kinds.includes(one));
    if (left.length === 0) {
      const others = worded(before ?? []);
      return fail(
        name,
        `${quoted(name)} is about ${worded(kinds)} here; what stands beside it is about ${others}`,
      );
    }
  }
  return [];
}

function worded(kinds: readonly Kind[]): string {
  return [...new Set(kinds)].map((one) => WORDS[one]).join(" or ");
}

/** The kinds of value that an operator can be true of; null where that is any. */
function kindsFor(name: Operator, operand: unknown): readonly Kind[] | null {
  switch (name) {
    case "eq":
      return [kindOf(operand)];
    case "neq":
      return operand === null ? null : [kindOf(operand)];
    case "in":
      return (operand as readonly unknown[]).map(kindOf);
    case "contains":
      return typeof operand === "string" ? ["string", "list"] : ["list"];
    case "externalEmail":
      return ["string", "list"];
    default:
      return ["number"];
  }
}

function kindOf(value: unknown): Kind {
  return value === null ? "null" : (typeof value as Kind);
}

/** Whether a record says what a value is asked, rather than naming its fields. */
export function hasOperator(record: { readonly [name: string]: unknown }): boolean {
  return Object.keys(record).some(isOperator);
}
