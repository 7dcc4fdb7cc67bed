import {
  type CheckedPolicy,
  type Expr,
  type Json,
  mapChildren,
  type RecordType,
  type Type,
} from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";
import { readyPolicy } from "../../../trial/ready.ts";
import { sampleOf } from "../../../trial/sample.ts";
import { rulesFor } from "../../hover/governing.ts";
import { type Candidates, candidatesFor } from "./candidates.ts";

/** The roots of a request as a test states them: `input` beside `actor`, `context` and the rest. */
export type TestRequest = { readonly [root: string]: Json };

/** Requests of one tool that are worth trying. */
export interface Trial {
  readonly tool: string;
  readonly candidates: readonly Candidates[];
  /** Those that change least of a plain request come first. */
  readonly requests: () => Generator<TestRequest>;
}

/** Paths that are changed at once, at most. */
const CHANGES = 4;

/** The trial of a tool of a policy without errors. */
export function trialOf(snapshot: Snapshot, tool: string): Trial {
  const checked = readyPolicy(snapshot)?.checked;
  const input = checked?.tools.get(tool)?.input;
  if (checked === undefined || input === undefined)
    return { tool, candidates: [], requests: () => choices({}, [], 0) };
  const types: Readonly<Record<string, Type>> = { ...checked.roots, input };
  const base: TestRequest = Object.fromEntries(
    Object.entries(types)
      .filter(([root, type]) => type.kind === "record" && root !== "model" && root !== "session")
      .map(([root, type]) => [root, withoutIds(root, sampleOf(type))]),
  );
  const candidates = candidatesFor(rulesFor(snapshot, tool), tool, expander(checked), (path) =>
    fieldAt(types, path),
  );
  return { tool, candidates, requests: () => combinations(base, candidates) };
}

/** Tests say who acts only where it matters. */
const withoutIds = (root: string, value: Json): Json =>
  root === "actor" && typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "id" && name !== "type"))
    : value;

/** Functions of the policy in the place of their calls, as far as there are not too many. */
export function expander({ functions }: CheckedPolicy): (expr: Expr) => Expr {
  let left = 200;
  const expand = (expr: Expr): Expr => {
    const called = expr.kind === "call" ? functions.get(expr.fn) : undefined;
    if (expr.kind !== "call" || called === undefined || left <= 0) return mapChildren(expr, expand);
    left -= 1;
    const given = new Map(called.parameters.map(({ name }, index) => [name, expr.args[index] as Expr]));
    return expand(substituted(called.body, given));
  };
  return (expr) => elements(expand(expr), new Map());
}

const substituted = (expr: Expr, given: ReadonlyMap<string, Expr>): Expr =>
  expr.kind === "local"
    ? (given.get(expr.name) ?? expr)
    : mapChildren(expr, (child) => substituted(child, given));

/** What is asked of each item of a list is asked of its first one. */
function elements(expr: Expr, lists: ReadonlyMap<string, Expr>): Expr {
  if (expr.kind === "local") {
    const list = lists.get(expr.name);
    return list === undefined
      ? expr
      : { kind: "method", method: "list.item", of: list, args: [], at: expr.at };
  }
  if (expr.kind !== "quantify") return mapChildren(expr, (child) => elements(child, lists));
  const of = elements(expr.of, lists);
  return { ...expr, of, body: elements(expr.body, new Map(lists).set(expr.variable, of)) };
}

function fieldAt(types: Readonly<Record<string, Type>>, [root = "", ...path]: readonly string[]) {
  let type: Type | undefined = types[root];
  let optional = false;
  for (const name of path) {
    const record: RecordType | undefined = (type?.kind === "union" ? type.members : [type]).find(
      (one): one is RecordType => one?.kind === "record",
    );
    const field = record?.fields.get(name);
    type = field?.type;
    optional ||= field?.optional ?? true;
  }
  return type === undefined || path.length === 0 ? null : { type, optional };
}

function* combinations(base: TestRequest, candidates: readonly Candidates[]): Generator<TestRequest> {
  for (let changed = 0; changed <= Math.min(CHANGES, candidates.length); changed += 1)
    yield* choices(base, candidates, changed);
}

function* choices(
  base: TestRequest,
  candidates: readonly Candidates[],
  left: number,
): Generator<TestRequest> {
  if (left === 0) yield base;
  else
    for (const [index, { path, values }] of candidates.entries())
      for (const value of values)
        yield* choices(placed(base, path, value), candidates.slice(index + 1), left - 1);
}

/** A request with a value at a path; the value goes away where it is `undefined`. */
export function placed(request: TestRequest, path: readonly string[], value: Json | undefined): TestRequest {
  const [name, ...rest] = path;
  if (name === undefined) return request;
  if (rest.length === 0) {
    if (value !== undefined) return { ...request, [name]: value };
    return Object.fromEntries(Object.entries(request).filter(([key]) => key !== name));
  }
  const inner = request[name];
  const record = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...request, [name]: placed(record as TestRequest, rest, value) };
}
