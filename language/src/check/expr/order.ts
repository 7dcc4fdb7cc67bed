import type { Expr } from "../../core/expr.ts";
import { ANY_NOT_NARROWED, NO_ORDER } from "../../diagnostics/messages/types.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { BOOLEAN } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import { type Range, rangeOf } from "../../types/range.ts";
import type { Type } from "../../types/type.ts";
import { noteExpected } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { locate } from "../world.ts";
import { always } from "./always.ts";
import {
  type Context,
  complain,
  complainEverywhere,
  type Env,
  isPoison,
  plain,
  poisoned,
  type Result,
  textOf,
} from "./context.ts";
import { describeType } from "./describe.ts";
import { elaborate } from "./elaborate.ts";
import { membersOf } from "./facts.ts";
import { kindOf } from "./kinds.ts";

type Node = Extract<ExprNode, { kind: "binary" }>;
type Operator = "<" | "<=" | ">" | ">=";

/** `<`, `<=`, `>`, `>=`: two numbers, two instants or two durations. */
export const comparison = (node: Node, operator: Operator, cx: Context, env: Env): Result => {
  const inner = { ...env, condition: env.condition ?? node };
  const left = elaborate(node.left, cx, inner);
  const right = elaborate(node.right, cx, inner);
  noteExpected(cx, node.right, left.declared ?? left.type, node.left);
  noteExpected(cx, node.left, right.declared ?? right.type, node.right);
  if (isPoison(left, right)) return poisoned(cx, env, node);
  const kinds = [kindOf(left.type), kindOf(right.type)] as const;
  for (const [at, part] of [node.left, node.right].entries()) {
    const kind = kinds[at];
    if (kind === "number" || kind === "instant" || kind === "duration") continue;
    const text = textOf(cx, part);
    if (kind === "any") complain(cx, ANY_NOT_NARROWED, { text, wanted: "number" }, part);
    else {
      const type = printType((at === 0 ? left : right).type);
      complain(cx, NO_ORDER, { operator, left: type, right: null }, part);
    }
    return poisoned(cx, env, node);
  }
  if (kinds[0] !== kinds[1]) {
    complain(cx, NO_ORDER, { operator, left: printType(left.type), right: printType(right.type) }, node);
    return poisoned(cx, env, node);
  }
  reportAlways(left, right, operator, node, cx);
  const at = locate(cx.file, node);
  const core: Expr = { kind: "compare", operator, left: left.core, right: right.core, at };
  return plain(env, foldConstant(core), BOOLEAN, { varies: left.varies === true || right.varies === true });
};

const reportAlways = (left: Result, right: Result, operator: Operator, node: Node, cx: Context): void => {
  const isConstant = left.core.kind === "constant" && right.core.kind === "constant";
  const a = hull(left.declared ?? left.type);
  const b = hull(right.declared ?? right.type);
  const outcome = isConstant || a === null || b === null ? null : decided(a, b, operator);
  for (const which of [true, false]) {
    const because = outcome === which ? isAlways(left, right, cx, node) : "";
    const facts = outcome === which ? { text: textOf(cx, node), outcome: which, because } : null;
    complainEverywhere(cx, always(which), facts, node);
  }
};

/** Why a comparison is decided: what the side that is no constant can be. */
export const isAlways = (left: Result, right: Result, cx: Context, node: Node): string => {
  const [side, part] = left.core.kind === "constant" ? [right, node.right] : [left, node.left];
  return `\`${textOf(cx, part)}\` is ${describeType(side.declared ?? side.type)}`;
};

/** The numbers between the least and the greatest value of the type; null where it is not of numbers. */
export const hull = (type: Type): Range | null => {
  let all: Range | null = null;
  for (const member of membersOf(type)) {
    const range = rangeOfMember(member);
    if (range === null) return null;
    all = all === null ? range : around(all, range);
  }
  return all;
};

const rangeOfMember = (type: Type): Range | null => {
  if (type.kind === "number") return rangeOf(type);
  if (type.kind !== "literal" || typeof type.value !== "number") return null;
  return { low: type.value, lowOpen: false, high: type.value, highOpen: false, integer: false };
};

const around = (a: Range, b: Range): Range => {
  const low = Math.min(a.low, b.low);
  const high = Math.max(a.high, b.high);
  return {
    low,
    lowOpen: (a.low > low || a.lowOpen) && (b.low > low || b.lowOpen),
    high,
    highOpen: (a.high < high || a.highOpen) && (b.high < high || b.highOpen),
    integer: a.integer && b.integer,
  };
};

/** The outcome for all values of the two ranges; null where it depends. */
const decided = (a: Range, b: Range, operator: Operator): boolean | null => {
  if (operator === ">" || operator === ">=") return decided(b, a, operator === ">" ? "<" : "<=");
  const isOpen = a.highOpen || b.lowOpen;
  if (a.high < b.low || (a.high === b.low && (operator === "<=" || isOpen))) return true;
  const isOpenBelow = a.lowOpen || b.highOpen;
  if (a.low > b.high || (a.low === b.high && (operator === "<" || isOpenBelow))) return false;
  return null;
};
