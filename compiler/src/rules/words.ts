import { suggest } from "@agentpolicy/language";
import { CYCLE } from "./copy.ts";

/** The words of validation failures: what was found, what was expected, what was probably meant. */

export const OPERATORS = [
  "exists",
  "eq",
  "neq",
  "in",
  "lt",
  "lte",
  "gt",
  "gte",
  "contains",
  "externalEmail",
] as const;

export type Operator = (typeof OPERATORS)[number];

export function isOperator(name: string): name is Operator {
  return OPERATORS.some((operator) => operator === name);
}

/** Decisions and operators as others call them. */
const HABITS: ReadonlyMap<string, string> = new Map([
  ["permit", "allow"],
  ["approve", "approval_required"],
  ["require_approval", "approval_required"],
  ["ask", "clarification_required"],
  ["require_clarification", "clarification_required"],
  ["clarify", "clarification_required"],
  ["forbid", "deny"],
  ["block", "deny"],
  ["ne", "neq"],
  ["equals", "eq"],
  ["notequals", "neq"],
  ["ge", "gte"],
  ["le", "lte"],
  ["greaterthan", "gt"],
  ["lessthan", "lt"],
  ["greaterthanorequal", "gte"],
  ["lessthanorequal", "lte"],
  ["includes", "contains"],
]);

/** `; did you mean …?` where something close enough is among the candidates. */
export function meant(found: string, candidates: readonly string[]): string {
  const bare = found.replace(/^\$/, "");
  const habit = HABITS.get(found.toLowerCase()) ?? HABITS.get(plain(found)) ?? bare;
  const best = habit !== found && candidates.includes(habit) ? habit : suggest(bare, candidates);
  return best === undefined ? "" : `; did you mean ${quoted(best)}?`;
}

/** The operator that a field's name is so like that it can hardly be a field; undefined for others. */
export function nearlyOperator(name: string): Operator | undefined {
  const habit = HABITS.get(plain(name));
  return OPERATORS.find(
    (operator) =>
      operator === habit ||
      plain(name) === operator.toLowerCase() ||
      (operator.length > 5 && isOneEditApart(plain(name), operator.toLowerCase())),
  );
}

function plain(name: string): string {
  return name.toLowerCase().replace(/^\$|[-_]/g, "");
}

/** One character more, less or other, or two neighbours swapped. */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return swapped || restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB;
}

/** `"a", "b" or "c"`. */
export function listed(values: readonly string[]): string {
  const [last] = values.slice(-1);
  if (last === undefined || values.length === 1) return quoted(last ?? "");
  return `${values.slice(0, -1).map(quoted).join(", ")} or ${quoted(last)}`;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What kind of thing was found, for people: `a list`, `null`, `nothing`. */
export function kind(value: unknown): string {
  if (value === CYCLE) return "a record that holds itself";
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "object" ? "a record" : `a ${typeof value}`;
}
