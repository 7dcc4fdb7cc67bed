import { childrenOf } from "../../core/children.ts";
import type { Expr } from "../../core/expr.ts";
import type { CheckedPolicy, RuleBody } from "../../core/policy.ts";
import type { Location } from "../../text/span.ts";
import { ANY } from "../../types/build.ts";
import { typeKey } from "../../types/key.ts";
import type { Type } from "../../types/type.ts";
import { inlineCalls, keyOf } from "./expr.ts";
import { type Cases, type Demand, demand, isContradiction } from "./solve.ts";
import { fieldOf, type Typing, typeOf } from "./typing.ts";

/** One of the things that must all be so for a rule to match, and where it is written. */
export interface Part {
  readonly demand: Demand;
  readonly at: Location;
  /** What is written there, before functions are replaced by what they say. */
  readonly written: Expr;
}

const flatten = ({ expr, holds }: Demand): readonly Demand[] => {
  if (expr.kind === "not") return flatten(demand(expr.of, !holds));
  if ((expr.kind === "and" && holds) || (expr.kind === "or" && !holds))
    return [...flatten(demand(expr.left, holds)), ...flatten(demand(expr.right, holds))];
  return [{ expr, holds }];
};

/** Longer conditions are left alone: sets of values grow with each part. */
const MOST_PARTS = 300;

/** The parts of an expression that is to hold (or not to hold); null where it is too large to be looked into. */
export const partsOfDemand = (wanted: Demand, policy: CheckedPolicy): readonly Part[] | null => {
  const parts: Part[] = [];
  const all = flatten(wanted);
  if (all.length > MOST_PARTS) return null;
  for (const { expr, holds } of all) {
    const inlined = inlineCalls(expr, policy.functions);
    if (inlined === null) return null;
    parts.push({ demand: demand(inlined, holds), at: expr.at, written: expr });
  }
  return parts;
};

/** What must be so for a rule to match by this body. */
export const partsOfBody = (
  body: Pick<RuleBody, "when" | "unless">,
  policy: CheckedPolicy,
): readonly Part[] | null => {
  const when = body.when === null ? [] : partsOfDemand(demand(body.when, true), policy);
  const unless = body.unless === null ? [] : partsOfDemand(demand(body.unless, false), policy);
  return when === null || unless === null ? null : [...when, ...unless];
};

/** What is known of any request, whichever tool is called. */
export const untyped = (policy: CheckedPolicy): Typing => ({ policy, input: ANY, locals: new Map() });

type FieldOrHas = Expr & { readonly kind: "field" | "has" };

const fieldsRead = (expr: Expr, into: Map<string, FieldOrHas>): void => {
  if (expr.kind === "field" || expr.kind === "has") into.set(keyOf(expr), expr);
  for (const part of childrenOf(expr)) fieldsRead(part, into);
};

/** What a tool's types say of a field: of which type it is, and whether it is there. */
const factsOf = ({ of, name }: FieldOrHas, typing: Typing): string => {
  const { type, there } = fieldOf(typeOf(of, typing), name);
  return `${there} ${typeKey(type)}`;
};

/** More kinds of tools than this under one body are judged without their types. */
const MOST_TYPINGS = 40;

/** The different things known of requests for the tools of a body, as far as these parts care. */
export const typingsOf = (
  { tools, unknown }: { readonly tools: readonly string[]; readonly unknown: boolean },
  parts: readonly Part[],
  policy: CheckedPolicy,
): readonly Typing[] => {
  const fields = new Map<string, FieldOrHas>();
  for (const part of parts) fieldsRead(part.demand.expr, fields);
  const found = typingsOfTools(tools, fields, policy);
  if (found === null) return [untyped(policy)];
  const typings = new Map(found);
  if (unknown) add(typings, ANY, fields, policy);
  return typings.size === 0 ? [untyped(policy)] : [...typings.values()];
};

type Fields = ReadonlyMap<string, FieldOrHas>;
type Typings = ReadonlyMap<string, Typing>;

const known = new WeakMap<CheckedPolicy, Map<readonly string[], Map<string, Typings | null>>>();

/** By what they say of the fields; null where there are too many. Many bodies share their tools and read the same fields. */
const typingsOfTools = (tools: readonly string[], fields: Fields, policy: CheckedPolicy): Typings | null => {
  const ofPolicy = known.get(policy) ?? new Map<readonly string[], Map<string, Typings | null>>();
  known.set(policy, ofPolicy);
  const ofTools = ofPolicy.get(tools) ?? new Map<string, Typings | null>();
  ofPolicy.set(tools, ofTools);
  const key = [...fields.keys()].join("\n");
  const before = ofTools.get(key);
  if (before !== undefined) return before;
  const typings = new Map<string, Typing>();
  for (const name of tools) {
    const tool = policy.tools.get(name);
    if (tool !== undefined) add(typings, tool.input, fields, policy);
    if (typings.size > MOST_TYPINGS) break;
  }
  const found = typings.size > MOST_TYPINGS ? null : typings;
  ofTools.set(key, found);
  return found;
};

const add = (typings: Map<string, Typing>, input: Type, fields: Fields, policy: CheckedPolicy): void => {
  const typing: Typing = { policy, input, locals: new Map() };
  typings.set([...fields.values()].map((field) => factsOf(field, typing)).join("\n"), typing);
};

const MOST_CASES = 500;

export const cases = (): Cases => ({ left: MOST_CASES });

/** Whether no request for any of these tools makes all parts so. `true` is a proof. */
export const neverAll = (parts: readonly Part[], typings: readonly Typing[]): boolean => {
  const demands = parts.map((part) => part.demand);
  return typings.every((typing) => isContradiction(demands, typing, cases()));
};

/** The fewest of the parts that already contradict each other; the last of them as late as can be. */
export const culprits = (parts: readonly Part[], typings: readonly Typing[]): readonly Part[] => {
  let left = parts;
  for (const part of parts) {
    const without = left.filter((other) => other !== part);
    if (neverAll(without, typings)) left = without;
  }
  return left;
};
