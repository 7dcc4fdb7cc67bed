import { checkOperators, hasOperator, type Known } from "./check-operators.ts";
import { CYCLE } from "./copy.ts";
import type { Issue } from "./issues.ts";
import { isOperator, isRecord, kind, meant, nearlyOperator, quoted } from "./words.ts";

type Path = Issue["path"];

/** Deeper matchers are a mistake. */
const DEEPEST = 32;

const VALUE = "a string, number, boolean, null, list or record";

/** Checks the fields of `actor`, `context`, `resource` or `input`. `texts` are those that are text in every request. */
export function checkFields(fields: unknown, texts: readonly string[] = []): readonly Issue[] {
  if (!isRecord(fields)) return [{ path: [], message: `expected a record of fields, found ${kind(fields)}` }];
  return Object.entries(fields).flatMap(([name, matcher]): readonly Issue[] => {
    if (texts.includes(name)) return checkDeclared(matcher, "string", true, [name]);
    if (!isOperator(name)) return checkMatcher(matcher, [name], 1);
    const message = `${quoted(name)} is an operator; it stands below the field that it is about`;
    return [{ path: [name], message }];
  });
}

/** What a field is asked that is always of one kind, where it is there: such a value, or operators on it. */
export function checkDeclared(
  matcher: unknown,
  of: NonNullable<Known>,
  required = false,
  path: Path = [],
): readonly Issue[] {
  const wanted = `expected a ${of} or operators, found`;
  if (!isRecord(matcher)) {
    if (typeof matcher === "string" && of === "string") return checkText(matcher, path);
    return of === "number" && Number.isFinite(matcher)
      ? []
      : [{ path, message: `${wanted} ${kind(matcher)}` }];
  }
  if (!hasOperator(matcher)) {
    const [name = ""] = Object.keys(matcher);
    return [{ path, message: `${wanted} a record${hintFor(name) ?? ""}` }];
  }
  const issues = checkOperators(matcher, path, of);
  if (!required || matcher.exists === undefined) return issues;
  return [...issues, { path: [...path, "exists"], message: "this is there in every request" }];
}

function checkMatcher(matcher: unknown, path: Path, depth: number): readonly Issue[] {
  const fail = (message: string): readonly Issue[] => [{ path, message }];
  if (typeof matcher === "boolean" || matcher === null) return [];
  if (typeof matcher === "string") return checkText(matcher, path);
  if (typeof matcher === "number") {
    return Number.isFinite(matcher) ? [] : fail(`expected a finite number, found ${String(matcher)}`);
  }
  if (matcher === CYCLE || typeof matcher !== "object")
    return fail(`expected ${VALUE}, found ${kind(matcher)}`);
  if (depth === DEEPEST) return fail(`records and lists here may be ${DEEPEST} deep at most`);
  if (Array.isArray(matcher)) {
    return matcher.flatMap((item: unknown, i) => checkMatcher(item, [...path, i], depth + 1));
  }
  const fields = matcher as { readonly [name: string]: unknown };
  if (hasOperator(fields)) return checkOperators(fields, path, null);
  return Object.entries(fields).flatMap(([name, inner]): readonly Issue[] => {
    const hint = hintFor(name);
    if (hint === undefined) return checkMatcher(inner, [...path, name], depth + 1);
    return [{ path: [...path, name], message: `there is no operator ${quoted(name)}${hint}` }];
  });
}

/** `*` is any run of characters. What `?` is meant to be beside it is not certain, so it may not stand there. */
function checkText(value: string, path: Path): readonly Issue[] {
  if (!value.includes("*") || !value.includes("?")) return [];
  return [{ path, message: "`?` cannot stand in a text with `*`; take `*` for it" }];
}

/** For a field's name that is surely meant to be an operator. */
function hintFor(name: string): string | undefined {
  const operator = nearlyOperator(name);
  return operator === undefined ? undefined : meant(name, [operator]);
}
