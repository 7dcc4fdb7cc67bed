import type { Expr } from "../../core/expr.ts";
import { ANY_NOT_NARROWED, DIVISION, NO_ARITHMETIC, NOT_FINITE } from "../../diagnostics/messages/types.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { DURATION, INSTANT, INTEGER, literal, NEVER, NUMBER } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import type { Type } from "../../types/type.ts";
import { noteExpected } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { constant, locate } from "../world.ts";
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
import { elaborate } from "./elaborate.ts";
import { membersOf } from "./facts.ts";
import { type Kind, kindOf } from "./kinds.ts";

type Node<K extends ExprNode["kind"]> = Extract<ExprNode, { kind: K }>;
type Operator = "+" | "-" | "*" | "/";

/** `+ - * /`: numbers; an instant plus or minus a duration; durations added and subtracted. */
export const arithmetic = (node: Node<"binary">, operator: Operator, cx: Context, env: Env): Result => {
  const inner = { ...env, condition: env.condition ?? node };
  const left = elaborate(node.left, cx, inner);
  const right = elaborate(node.right, cx, inner);
  noteExpected(cx, node.right, partnerOf(left.type), node.left);
  noteExpected(cx, node.left, partnerOf(right.type), node.right);
  if (isPoison(left, right)) return poisoned(cx, env, node);
  const type = resultOf(operator, left.type, right.type);
  if (type === null) {
    reportOperands(node, operator, left, right, cx);
    return poisoned(cx, env, node);
  }
  if (operator === "/" && !isDivisor(right.core)) {
    const isZero = right.core.kind === "constant";
    complain(cx, DIVISION, { isZero, text: textOf(cx, node.right) }, node.right);
    return poisoned(cx, env, node);
  }
  const at = locate(cx.file, node);
  return folded(
    { kind: "arithmetic", operator, left: left.core, right: right.core, at },
    type,
    node,
    cx,
    env,
    left,
    right,
  );
};

/** What is computed with a value of the type, for editors. */
const partnerOf = (type: Type): Type => {
  const kind = kindOf(type);
  return kind === "instant" || kind === "duration" ? DURATION : kind === "number" ? NUMBER : NEVER;
};

const folded = (
  core: Expr,
  type: Type,
  node: ExprNode,
  cx: Context,
  env: Env,
  ...parts: readonly Result[]
): Result => {
  const varies = parts.some((part) => part.varies === true);
  const zoned = parts.find(({ zone }) => zone !== undefined);
  const zone = zoned?.zone === undefined ? {} : { zone: zoned.zone };
  const value = foldConstant(core);
  if (value.kind === "constant" && typeof value.value === "number") {
    const known = type.kind === "number" ? literal(value.value) : type;
    return plain(env, constant(value.at, value.value, type), known, { varies });
  }
  if (parts.every((part) => part.core.kind === "constant")) {
    complain(cx, NOT_FINITE, { text: textOf(cx, node) }, node);
    return poisoned(cx, env, node);
  }
  return plain(env, value, type, { varies, ...zone });
};

const isDivisor = (core: Expr): boolean =>
  core.kind === "constant" && typeof core.value === "number" && core.value !== 0;

const resultOf = (operator: Operator, left: Type, right: Type): Type | null => {
  const kinds = `${kindOf(left)} ${operator} ${kindOf(right)}`;
  switch (kinds) {
    case "number + number":
    case "number - number":
    case "number * number":
      return isInteger(left) && isInteger(right) ? INTEGER : NUMBER;
    case "number / number":
      return NUMBER;
    case "instant + duration":
    case "instant - duration":
    case "duration + instant":
      return INSTANT;
    case "duration + duration":
    case "duration - duration":
      return DURATION;
    default:
      return null;
  }
};

const isInteger = (type: Type): boolean =>
  membersOf(type).every((member) =>
    member.kind === "literal" ? Number.isInteger(member.value) : member.kind === "number" && member.integer,
  );

const reportOperands = (
  node: Node<"binary">,
  operator: Operator,
  left: Result,
  right: Result,
  cx: Context,
): void => {
  for (const [side, part] of [
    [left, node.left],
    [right, node.right],
  ] as const) {
    if (kindOf(side.type) !== "any") continue;
    complain(cx, ANY_NOT_NARROWED, { text: textOf(cx, part), wanted: "number" }, part);
    return;
  }
  const kinds = [kindOf(left.type), kindOf(right.type)] as const;
  const facts = {
    operator,
    left: printType(left.type),
    right: printType(right.type),
    help: helpFor(operator, kinds),
  };
  complain(cx, NO_ARITHMETIC, facts, faultyOf(node, kinds));
};

/** The side that no arithmetic can take, where it is one side only. */
const faultyOf = (node: Node<"binary">, [left, right]: readonly [Kind, Kind]): ExprNode => {
  const computes = (kind: Kind) => kind === "number" || kind === "instant" || kind === "duration";
  if (computes(left) && !computes(right)) return node.right;
  return computes(right) && !computes(left) ? node.left : node;
};

const helpFor = (operator: Operator, [left, right]: readonly [Kind, Kind]): string | undefined => {
  if (left === "string" || right === "string")
    return "text is not joined; in `because` and `ask`, write `{…}`";
  if (left === "instant" && right === "instant" && operator === "-") {
    return "move one instant to the other side: `a < b + 1h`";
  }
  return undefined;
};

export const negate = (node: Node<"negate">, cx: Context, env: Env): Result => {
  const of = elaborate(node.of, cx, env);
  noteExpected(cx, node.of, NUMBER);
  if (isPoison(of)) return of;
  const at = locate(cx.file, node);
  if (kindOf(of.type) !== "number") {
    if (kindOf(of.type) === "any")
      complain(cx, ANY_NOT_NARROWED, { text: textOf(cx, node.of), wanted: "number" }, node.of);
    else
      complain(
        cx,
        NO_ARITHMETIC,
        { operator: "-", left: printType(of.type), right: null, help: undefined },
        node.of,
      );
    return poisoned(cx, env, node);
  }
  // JSON has no negative zero that differs; `0 - x` gives the same values.
  const core: Expr = { kind: "arithmetic", operator: "-", left: constant(at, 0), right: of.core, at };
  return folded(core, isInteger(of.type) ? INTEGER : NUMBER, node, cx, env, of);
};
