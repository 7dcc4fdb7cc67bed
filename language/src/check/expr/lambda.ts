import type { Expr } from "../../core/expr.ts";
import { SHADOWED_NAME, UNUSED_NAME } from "../../diagnostics/messages/names.ts";
import {
  ANY_NOT_NARROWED,
  LAMBDA,
  NOT_CONDITION,
  WRONG_ARGUMENT_COUNT,
} from "../../diagnostics/messages/types.ts";
import type { ExprNode, Name } from "../../syntax/ast.ts";
import { BOOLEAN, numberOf } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import { rangeOf } from "../../types/range.ts";
import { isAssignable } from "../../types/relate.ts";
import type { Type } from "../../types/type.ts";
import { noteExpected, noteScope } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { declaredHere } from "../related.ts";
import { lookUp } from "../scope.ts";
import { locate } from "../world.ts";
import {
  type Context,
  complain,
  type Env,
  isPoison,
  type Local,
  plain,
  poisoned,
  type Result,
  textOf,
} from "./context.ts";
import { elaborate } from "./elaborate.ts";
import { membersOf, rootPlace } from "./facts.ts";
import { glance } from "./glance.ts";
import { elementOf } from "./kinds.ts";
import { isRoot } from "./name.ts";

export type Quantifier = "any" | "all" | "count";

type Call = Extract<ExprNode, { kind: "call" }>;

/** `list.any(x => …)`, `list.all(x => …)`, `list.count(x => …)`. */
export const quantify = (quantifier: Quantifier, of: Result, node: Call, cx: Context, env: Env): Result => {
  const [lambda] = node.args;
  if (lambda === undefined || node.args.length > 1) {
    complain(
      cx,
      WRONG_ARGUMENT_COUNT,
      { name: quantifier, wanted: 1, found: node.args.length, shape: "x => …" },
      node,
    );
    glance(node.args, cx, env);
    return poisoned(cx, env, node);
  }
  if (lambda.kind !== "lambda") {
    glance([lambda], cx, env);
    if (lambda.kind !== "error") complain(cx, LAMBDA, { name: quantifier }, lambda);
    return poisoned(cx, env, node);
  }
  const local = declareLocal(
    lambda.parameter,
    elementOf(of.type),
    cx,
    env,
    of.origin == null ? null : [...of.origin, "[]"],
  );
  const locals = new Map(env.locals).set(lambda.parameter.text, local);
  const inner = { ...env, locals, condition: lambda.body };
  noteScope(cx, lambda.parameter, local.type, lambda);
  noteExpected(cx, lambda.body, BOOLEAN);
  const body = elaborate(lambda.body, cx, inner);
  if (!local.used && !isPoison(body)) {
    complain(cx, UNUSED_NAME, { name: lambda.parameter.text, what: "parameter" }, lambda.parameter);
  }
  if (isPoison(body)) return poisoned(cx, env, node);
  if (!isAssignable(body.type, BOOLEAN)) {
    const text = textOf(cx, lambda.body);
    if (body.type.kind === "any") complain(cx, ANY_NOT_NARROWED, { text, wanted: "boolean" }, lambda.body);
    else complain(cx, NOT_CONDITION, { found: printType(body.type), text }, lambda.body);
    return poisoned(cx, env, node);
  }
  const at = locate(cx.file, node);
  const core: Expr = { kind: "quantify", quantifier, of: of.core, variable: local.core, body: body.core, at };
  const varies = of.varies === true || body.varies === true;
  if (quantifier === "count") return plain(env, foldConstant(core), countType(of.type), { varies });
  // Where some element made it true (or false), what that outcome says of everything else holds.
  const yes = quantifier === "any" ? body.yes : env.facts;
  const no = quantifier === "all" ? body.no : env.facts;
  return plain(env, foldConstant(core), BOOLEAN, { yes, no, varies });
};

const countType = (type: Type): Type => {
  const counts = membersOf(type).map((member) => (member.kind === "list" ? rangeOf(member).high : Infinity));
  const high = Math.max(0, ...counts);
  return numberOf({ integer: true, minimum: 0, maximum: Number.isFinite(high) ? high : undefined });
};

/** A parameter with a name that is unique in the core body. Reports one that hides another name. */
export const declareLocal = (
  parameter: Name,
  type: Type,
  cx: Context,
  env: Env,
  origin: readonly string[] | null,
): Local => {
  const { text } = parameter;
  const outer = env.locals.get(text);
  const declared = lookUp(cx.file, text);
  if (outer !== undefined || declared !== null || isRoot(text) || text === "tool") {
    const place = outer === undefined ? declared?.at : locate(cx.file, outer.span);
    complain(cx, SHADOWED_NAME, { name: text }, parameter, { related: declaredHere(place) });
  }
  let core = text;
  for (let at = 2; cx.taken.has(core); at += 1) core = `${text}_${at}`;
  cx.taken.add(core);
  return { core, type, span: parameter, place: rootPlace(`local ${core}`, type), origin, used: false };
};
