import {
  type CheckedPolicy,
  type Expr,
  type Field,
  type Json,
  type Mask,
  type PolicyFunction,
  type RecordType,
  type Root,
  type Rule,
  type RuleBody,
  recordOf,
  required,
  STRING,
  type Template,
  type Tool,
  type Track,
  type Type,
} from "@agentpolicy/language";

/** Checked policies made by hand, for tests of what comes after the checker. */
export const AT = { file: "test.agentpolicy", start: 0, end: 0 };

const BOOLEANS = { negated: false, at: AT } as const;

/** `"input.amount"`: a path below a root. */
export function path(text: string): Expr {
  const [root, ...names] = text.split(".");
  let expr: Expr = { kind: "root", root: root as Root, at: AT };
  for (const name of names) expr = { kind: "field", of: expr, name, at: AT };
  return expr;
}

export const constant = (value: Json): Expr => ({ kind: "constant", value, at: AT });
export const field = (of: Expr, name: string): Expr => ({ kind: "field", of, name, at: AT });
export const has = (of: Expr, name: string): Expr => ({ kind: "has", of, name, at: AT });
export const local = (name: string): Expr => ({ kind: "local", name, at: AT });
export const not = (of: Expr): Expr => ({ kind: "not", of, at: AT });
export const and = (left: Expr, right: Expr): Expr => ({ kind: "and", left, right, at: AT });
export const or = (left: Expr, right: Expr): Expr => ({ kind: "or", left, right, at: AT });
export const equal = (left: Expr, right: Expr): Expr => ({ kind: "equal", left, right, ...BOOLEANS });
export const orElse = (of: Expr, otherwise: Expr): Expr => ({ kind: "default", of, otherwise, at: AT });
export const isType = (of: Expr, type: Type): Expr => ({ kind: "is", of, type, at: AT });
export const track = (id: string): Expr => ({ kind: "track", track: id, at: AT });
export const call = (fn: string, ...args: Expr[]): Expr => ({ kind: "call", fn, args, at: AT });
export const parse = (parser: (Expr & { kind: "parse" })["parser"], of: Expr): Expr => ({
  kind: "parse",
  parser,
  of,
  at: AT,
});
export const method = (name: (Expr & { kind: "method" })["method"], of: Expr, ...args: Expr[]): Expr => ({
  kind: "method",
  method: name,
  of,
  args,
  at: AT,
});
export const arithmetic = (operator: "+" | "-" | "*" | "/", left: Expr, right: Expr): Expr => ({
  kind: "arithmetic",
  operator,
  left,
  right,
  at: AT,
});
export const compare = (operator: "<" | "<=" | ">" | ">=", left: Expr, right: Expr): Expr => ({
  kind: "compare",
  operator,
  left,
  right,
  at: AT,
});
export const ifElse = (test: Expr, yes: Expr, no: Expr): Expr =>
  // biome-ignore lint/suspicious/noThenProperty: the field of the core form is called so; nothing awaits it
  ({ kind: "if", test, then: yes, otherwise: no, at: AT });
export const quantify = (
  quantifier: "any" | "all" | "count",
  of: Expr,
  variable: string,
  body: Expr,
): Expr => ({ kind: "quantify", quantifier, of, variable, body, at: AT });

export function tool(name: string, fields: Record<string, Field>, rest: RecordType["rest"] = "hidden"): Tool {
  return {
    name,
    server: null,
    tool: name,
    title: null,
    doc: null,
    hints: { readOnly: false, destructive: true, idempotent: false, openWorld: true },
    input: recordOf(Object.entries(fields), rest),
    schema: { type: "object" },
    at: AT,
  };
}

export interface RuleParts extends Partial<Omit<RuleBody, "tools" | "unknown">>, Partial<Omit<Rule, "id">> {
  readonly on?: readonly string[];
  readonly unknown?: boolean;
}

export function rule(id: string, effect: Rule["effect"], parts: RuleParts = {}): Rule {
  const {
    when = null,
    unless = null,
    because = null,
    ask = null,
    on = ["t"],
    unknown = false,
    ...rest
  } = parts;
  return {
    id,
    effect,
    risk: effect === "allow" ? "low" : "medium",
    requirements: [],
    ...(effect === "approval_required" && { approval: { from: [], approvals: 1, within: 86_400_000 } }),
    ...(effect === "clarification_required" && { clarification: { needs: [], within: 86_400_000 } }),
    doc: null,
    at: AT,
    nameAt: AT,
    bodies: [
      {
        tools: on,
        unknown,
        when,
        unless,
        because,
        ask: ask ?? (effect === "clarification_required" ? ["Which?"] : null),
      },
    ],
    ...rest,
  };
}

export const mask = (text: string, on: readonly string[] = ["t"]): Mask => ({
  path: text.split("."),
  tools: on,
  unknown: false,
  at: AT,
});

export function fn(id: string, parameters: Record<string, Type>, body: Expr): PolicyFunction {
  return { id, parameters: Object.entries(parameters).map(([name, type]) => ({ name, type })), body, at: AT };
}

export function trackOf(id: string, parts: Partial<Track> & { amount?: Expr; when?: Expr } = {}): Track {
  const { amount = null, when = null, ...rest } = parts;
  return {
    id,
    figure: "count",
    per: "actor",
    within: null,
    at: AT,
    bodies: [{ tools: ["t"], unknown: false, amount, when }],
    ...rest,
  };
}

export const template = (...parts: Template): Template => parts;

const ACTOR = recordOf([
  ["id", required(STRING)],
  ["type", required(STRING)],
]);
const EMPTY = recordOf([]);

export interface PolicyParts
  extends Partial<Omit<CheckedPolicy, "tools" | "functions" | "tracks" | "roots">> {
  readonly tools?: readonly Tool[];
  readonly functions?: readonly PolicyFunction[];
  readonly tracks?: readonly Track[];
  readonly roots?: Partial<CheckedPolicy["roots"]>;
}

export function policy(parts: PolicyParts): CheckedPolicy {
  const { tools = [tool("t", {})], functions = [], tracks = [], roots = {}, ...rest } = parts;
  return {
    name: "test",
    version: null,
    default: "deny",
    sources: [{ path: AT.file, text: "", kind: "policy" }],
    rules: [],
    masks: [],
    coversUnknown: (parts.rules ?? []).some(({ bodies }) => bodies.some(({ unknown }) => unknown)),
    tests: [],
    proofs: [],
    ...rest,
    tools: new Map(tools.map((one) => [one.name, one])),
    functions: new Map(functions.map((one) => [one.id, one])),
    tracks: new Map(tracks.map((one) => [one.id, one])),
    roots: {
      actor: ACTOR,
      context: EMPTY,
      resource: EMPTY,
      session: EMPTY,
      model: EMPTY,
      evidence: { kind: "list", element: EMPTY },
      ...roots,
    },
  };
}

/** A request of tool `t`, or of another. */
export function request(input: unknown, more: Record<string, unknown> = {}, name = "t"): unknown {
  return { actor: { type: "agent", id: "bot-1" }, action: { name, input }, ...more };
}
