import { ANY_NOT_NARROWED, LAMBDA, NOT_CONDITION, UNGUARDED } from "../../diagnostics/messages/types.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { BOOLEAN, DURATION, literal, NULL } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import { isAssignable } from "../../types/relate.ts";
import type { Json, Type } from "../../types/type.ts";
import { noteExpected, noteType } from "../facts/note.ts";
import { constant, locate } from "../world.ts";
import { member } from "./access.ts";
import { arithmetic, negate } from "./arithmetic.ts";
import { call } from "./call.ts";
import {
  type Context,
  complain,
  type Env,
  isPoison,
  plain,
  poisoned,
  type Result,
  textOf,
} from "./context.ts";
import { equality } from "./equality.ts";
import { guardFixes } from "./fixes.ts";
import { list, record } from "./literals.ts";
import { choose, conjunction, disjunction, negation } from "./logic.ts";
import { like, membership } from "./membership.ts";
import { name } from "./name.ts";
import { comparison } from "./order.ts";
import { defaulted, presence, typeTest } from "./tests.ts";

/**
 * Resolves and types one expression. A value that may be absent is an error here (see `evaluate` for where it is not).
 * Problems go to the context's findings; the result of a faulty expression has the type `POISON`.
 */
export const elaborate = (node: ExprNode, cx: Context, env: Env): Result => {
  const result = evaluate(node, cx, env);
  const { absent } = result;
  if (absent === undefined) return result;
  const key = result.place?.key ?? textOf(cx, node);
  const before = cx.findings.guards.get(key);
  if (before === undefined || before === absent.nameSpan.start) {
    // What is not shown does not stand for what comes later.
    if (cx.findings.muted === 0) cx.findings.guards.set(key, absent.nameSpan.start);
    const path = textOf(cx, node);
    const facts = { path, record: absent.record, name: absent.name };
    const fixes = guardFixes(cx, env, node, absent);
    complain(cx, UNGUARDED, facts, absent.nameSpan, { related: absent.declaredAt ?? [], fixes });
  } else cx.findings.errors += 1;
  const { absent: _, ...present } = result;
  // Anything at all would be the next complaint, though the missing guard is the mistake.
  return present.type.kind === "any" ? poisoned(cx, env, node) : present;
};

/** An expression that must be true or false. */
export const condition = (node: ExprNode, cx: Context, env: Env): Result => {
  noteExpected(cx, node, BOOLEAN);
  const result = elaborate(node, cx, { ...env, condition: { start: node.start, end: node.end } });
  if (isPoison(result)) return { ...result, yes: env.facts, no: env.facts };
  if (isAssignable(result.type, BOOLEAN)) return result;
  const text = textOf(cx, node);
  if (result.type.kind === "any") complain(cx, ANY_NOT_NARROWED, { text, wanted: "boolean" }, node);
  else complain(cx, NOT_CONDITION, { found: printType(result.type), text }, node);
  return poisoned(cx, env, node);
};

/** As `elaborate`, but the value may be absent; `??` alone can take that. */
export const evaluate = (node: ExprNode, cx: Context, env: Env): Result => {
  const result = evaluateNode(node, cx, env);
  noteType(cx, node, result, env);
  return result;
};

const evaluateNode = (node: ExprNode, cx: Context, env: Env): Result => {
  const at = locate(cx.file, node);
  const fixed = (value: Json, type: Type): Result => plain(env, constant(at, value, type), type);
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
      return fixed(node.value, literal(node.value));
    case "null":
      return fixed(null, NULL);
    case "duration":
      return fixed(node.milliseconds, DURATION);
    case "list":
      return list(node, cx, env);
    case "record":
      return record(node, cx, env);
    case "name":
      return name(node, cx, env);
    case "member":
      return member(node, cx, env);
    case "call":
      return call(node, cx, env);
    case "lambda":
      complain(cx, LAMBDA, { name: null }, node);
      return poisoned(cx, env, node);
    case "not":
      return negation(node, cx, env);
    case "negate":
      return negate(node, cx, env);
    case "binary":
      return binary(node, cx, env);
    case "has":
      return presence(node, cx, env);
    case "is":
      return typeTest(node, cx, env);
    case "if":
      return choose(node, cx, env);
    case "paren":
      return evaluate(node.of, cx, env);
    case "error":
      cx.findings.errors += 1;
      return poisoned(cx, env, node);
  }
};

type BinaryNode = Extract<ExprNode, { kind: "binary" }>;

const binary = (node: BinaryNode, cx: Context, env: Env): Result => {
  switch (node.operator) {
    case "and":
      return conjunction(node, cx, env);
    case "or":
      return disjunction(node, cx, env);
    case "==":
    case "!=":
      return equality(node, cx, env);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(node, node.operator, cx, env);
    case "in":
    case "not in":
      return membership(node, cx, env);
    case "like":
    case "not like":
      return like(node, cx, env);
    case "??":
      return defaulted(node, cx, env);
    default:
      return arithmetic(node, node.operator, cx, env);
  }
};
