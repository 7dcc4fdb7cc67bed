import { figuresFor, NO_HISTORY } from "@agentpolicy/compiler";
import {
  type CheckedPolicy,
  type Expr,
  type Json,
  mapChildren,
  type RecordType,
  type Type,
} from "@agentpolicy/language";
import type { Decision } from "@agentpolicy/runtime/abi";
import type { Snapshot } from "../../../snapshot.ts";
import { readyPolicy } from "../../../trial/ready.ts";
import { sampleOf } from "../../../trial/sample.ts";
import { rulesFor } from "../../hover/governing.ts";
import { type Candidates, candidatesFor } from "./candidates.ts";

/** The roots of a request as a test states them: `input` beside `actor`, `context` and the rest. */
export type TestRequest = { readonly [root: string]: Json };

export interface Found {
  readonly tool: string;
  readonly request: TestRequest;
  readonly decision: Decision;
}

/** So many requests are tried. */
const MOST = 4000;
/** The moment that a test begins at, where it says none (decision record 0004). */
const START = Date.UTC(2026, 0, 1);

/** A request that a rule decides, and one of the same tool that it does not, as like the first as can be. */
export function requestsFor(
  snapshot: Snapshot,
  id: string,
): { readonly reached: Found | null; readonly missed: Found | null } {
  const ready = readyPolicy(snapshot);
  const rule = ready?.checked.rules.find((one) => one.id === id);
  if (ready === null || rule === undefined) return { reached: null, missed: null };
  const tools = [...new Set(rule.bodies.flatMap((body) => body.tools))].sort();
  let budget = MOST;
  for (const tool of tools.slice(0, 20)) {
    const tried = trialOf(snapshot, tool);
    let missed: Found | null = null;
    for (const request of tried.requests()) {
      budget -= 1;
      if (budget < 0) return { reached: null, missed: null };
      const decision = tried.decide(request);
      if (decision.code === "invalid_request" || decision.code === "invalid_value") continue;
      const found = { tool, request, decision };
      if (!decision.rules.includes(id)) missed ??= found;
      else return { reached: found, missed: nearest(tried, found, id) ?? missed };
    }
  }
  return { reached: null, missed: null };
}

interface Trial {
  readonly candidates: readonly Candidates[];
  readonly requests: () => Generator<TestRequest>;
  readonly decide: (request: TestRequest) => Decision;
}

function trialOf(snapshot: Snapshot, tool: string): Trial {
  const { checked, policy } = readyPolicy(snapshot) as NonNullable<ReturnType<typeof readyPolicy>>;
  const { roots } = checked;
  const input = checked.tools.get(tool)?.input as Type;
  const types: Readonly<Record<string, Type>> = { ...roots, input };
  const base: TestRequest = Object.fromEntries(
    Object.entries({ ...roots, input })
      .filter(([root, type]) => type.kind === "record" && root !== "model" && root !== "session")
      .map(([root, type]) => [root, withoutIds(root, sampleOf(type))]),
  );
  const candidates = candidatesFor(rulesFor(snapshot, tool), tool, expander(checked), (path) =>
    fieldAt(types, path),
  );
  return {
    candidates,
    requests: () => combinations(base, candidates),
    decide: (request) => {
      const { input: given, ...rest } = request;
      const whole = {
        session: { id: "test" },
        now: START,
        ...rest,
        actor: { type: "agent", id: "test", ...(rest.actor as object) },
        action: { name: tool, input: given ?? {} },
      };
      return policy.decide(whole, figuresFor(policy, whole, NO_HISTORY, START));
    },
  };
}

/** Tests say who acts only where it matters. */
const withoutIds = (root: string, value: Json): Json =>
  root === "actor" && typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "id" && name !== "type"))
    : value;

/** Functions of the policy in the place of their calls, as far as there are not too many. */
function expander({ functions }: CheckedPolicy): (expr: Expr) => Expr {
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

/** What a test says of each item of a list, it says of the list that has that item alone. */
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

/** Every combination of candidates, those that change least of the plain request first. */
function* combinations(base: TestRequest, candidates: readonly Candidates[]): Generator<TestRequest> {
  yield base;
  for (let changed = 1; changed <= Math.min(4, candidates.length); changed += 1)
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
function placed(request: TestRequest, path: readonly string[], value: Json | undefined): TestRequest {
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

/** The request that one change takes away from the rule. */
function nearest(trial: Trial, { tool, request }: Found, id: string): Found | null {
  for (const { path, values } of trial.candidates)
    for (const value of values) {
      const other = placed(request, path, value);
      const decision = trial.decide(other);
      const isSound = decision.code !== "invalid_request" && decision.code !== "invalid_value";
      if (isSound && !decision.rules.includes(id)) return { tool, request: other, decision };
    }
  return null;
}
