import type { Expr } from "../../core/expr.ts";
import { NOT_CONSTANT } from "../../diagnostics/messages/types.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { BOOLEAN, union } from "../../types/build.ts";
import { constant, locate } from "../world.ts";
import { type Context, complain, type Env, isPoison, muted, poisoned, type Result } from "./context.ts";
import { condition, elaborate } from "./elaborate.ts";
import { dead, type Facts, join } from "./facts.ts";

type Node<K extends ExprNode["kind"]> = Extract<ExprNode, { kind: K }>;

/** The result of a condition, folded where it is constant; then one of its outcomes is never reached. */
const settled = (result: Result, facts: Facts): Result => {
  const { core, varies } = result;
  if (core.kind !== "constant" || varies !== true) return result;
  return core.value === true
    ? { ...result, yes: facts, no: dead(facts) }
    : { ...result, yes: dead(facts), no: facts };
};

/** The right side of `and` or `or`, or a branch; silent where it cannot be reached. */
const reached = (
  node: ExprNode,
  cx: Context,
  env: Env,
  facts: Facts,
): { readonly result: Result; readonly failed: boolean } => {
  const { value, failed } = muted(cx, facts.dead, () => condition(node, cx, { ...env, facts }));
  return { result: value, failed };
};

export const conjunction = (node: Node<"binary">, cx: Context, env: Env): Result => {
  const left = settled(condition(node.left, cx, env), env.facts);
  const { result, failed } = reached(node.right, cx, env, left.yes);
  if (isPoison(left) || (isPoison(result) && !failed)) return poisoned(cx, env, node);
  const at = locate(cx.file, node);
  const varies = left.varies === true || result.varies === true;
  const facts = { type: BOOLEAN, yes: result.yes, no: join(left.no, result.no), varies };
  if (left.core.kind === "constant")
    return { ...facts, core: left.core.value === true ? result.core : left.core };
  // What cannot be reached and has an error never runs: `false` stands for it.
  const right = failed ? constant(at, false) : result.core;
  if (right.kind === "constant" && right.value === true) return { ...facts, core: left.core };
  return { ...facts, core: { kind: "and", left: left.core, right, at } };
};

export const disjunction = (node: Node<"binary">, cx: Context, env: Env): Result => {
  const left = settled(condition(node.left, cx, env), env.facts);
  const { result, failed } = reached(node.right, cx, env, left.no);
  if (isPoison(left) || (isPoison(result) && !failed)) return poisoned(cx, env, node);
  const at = locate(cx.file, node);
  const varies = left.varies === true || result.varies === true;
  const facts = { type: BOOLEAN, yes: join(left.yes, result.yes), no: result.no, varies };
  if (left.core.kind === "constant")
    return { ...facts, core: left.core.value === false ? result.core : left.core };
  const right = failed ? constant(at, false) : result.core;
  if (right.kind === "constant" && right.value === false) return { ...facts, core: left.core };
  return { ...facts, core: { kind: "or", left: left.core, right, at } };
};

export const negation = (node: Node<"not">, cx: Context, env: Env): Result => {
  const of = condition(node.of, cx, env);
  if (isPoison(of)) return of;
  const at = locate(cx.file, node);
  const core: Result["core"] =
    of.core.kind === "constant" ? constant(at, of.core.value !== true) : { kind: "not", of: of.core, at };
  return { core, type: BOOLEAN, yes: of.no, no: of.yes, varies: of.varies === true };
};

export const choose = (node: Node<"if">, cx: Context, env: Env): Result => {
  const test = settled(condition(node.test, cx, env), env.facts);
  const branch = (part: ExprNode, facts: Facts) =>
    muted(cx, facts.dead, () => elaborate(part, cx, { ...env, facts, condition: null }));
  const then = branch(node.then, test.yes);
  const otherwise = branch(node.otherwise, test.no);
  const live = [then, otherwise].filter(({ failed }) => !failed).map(({ value }) => value);
  if (isPoison(test, ...live) || live.length === 0) return poisoned(cx, env, node);
  const varies = test.varies === true || live.some((result) => result.varies === true);
  const zone = live.find((result) => result.zone !== undefined)?.zone;
  if (zone !== undefined && live.some((result) => zoneName(result.zone) !== zoneName(zone))) {
    complain(cx, NOT_CONSTANT, { what: "a time zone", isText: true }, node);
    return poisoned(cx, env, node);
  }
  const common = {
    varies,
    type: union(live.map(({ type }) => type)),
    yes: live.map(({ yes }) => yes).reduce(join),
    no: live.map(({ no }) => no).reduce(join),
    ...(zone === undefined ? {} : { zone }),
  };
  const at = locate(cx.file, node);
  if (test.core.kind === "constant") {
    const taken = test.core.value === true ? then.value : otherwise.value;
    return { ...taken, varies };
  }
  // The test stays where one way is never taken, as it may fault and what it reads must fit; `false` stands for the way.
  const [first, second] = [then, otherwise].map(({ value, failed }) =>
    failed ? constant(at, false) : value.core,
  );
  return { ...common, core: ifElse(test.core, first as Expr, second as Expr, at) };
};

const zoneName = (zone: Expr | undefined): unknown => (zone?.kind === "constant" ? zone.value : undefined);

const ifElse = (test: Expr, then: Expr, otherwise: Expr, at: Expr["at"]): Expr => {
  return { kind: "if", test, then, otherwise, at };
};
