import type { Expr } from "../../core/expr.ts";
import {
  ANY_NOT_NARROWED,
  NEVER_EQUAL,
  NOT_COMPARABLE,
  NOT_IN_ENUM,
  UNGUARDED,
} from "../../diagnostics/messages/types.ts";
import { replaceFix } from "../../diagnostics/replace.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { BOOLEAN, NULL } from "../../types/build.ts";
import { printName, printType } from "../../types/print.ts";
import { overlaps } from "../../types/relate.ts";
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
  sourceOf,
  textOf,
} from "./context.ts";
import { elaborate, evaluate } from "./elaborate.ts";
import { exclude, type Facts, membersOf, narrow } from "./facts.ts";
import { isPrimitive, kindOf } from "./kinds.ts";
import { isAlways } from "./order.ts";

type Node = Extract<ExprNode, { kind: "binary" }>;

/** `a == b`, `a != b`: values without parts only, never across kinds. */
export const equality = (node: Node, cx: Context, env: Env): Result => {
  const inner = { ...env, condition: env.condition ?? node };
  const asked = absenceAsked(node, cx, inner);
  if (asked !== null) return asked;
  const left = elaborate(node.left, cx, inner);
  const right = elaborate(node.right, cx, inner);
  noteExpected(cx, node.right, left.declared ?? left.type, node.left);
  noteExpected(cx, node.left, right.declared ?? right.type, node.right);
  if (isPoison(left, right)) return poisoned(cx, env, node);
  const negated = node.operator === "!=";
  const at = locate(cx.file, node);
  const [nullSide, other] = isNull(left) ? [left, right] : [right, left];
  if (isNull(nullSide)) return againstNull(other, node, negated, cx, env);
  if (!isComparable(left, right, node, cx)) return poisoned(cx, env, node);
  if (!mayBeEqual(left, right, node, cx)) return poisoned(cx, env, node);
  const core: Expr = { kind: "equal", left: left.core, right: right.core, negated, at };
  const varies = left.varies === true || right.varies === true;
  const facts = learnt(left, right, env.facts);
  const [yes, no] = negated ? [facts.no, facts.yes] : [facts.yes, facts.no];
  return plain(env, foldConstant(core), BOOLEAN, { yes, no, varies });
};

/** A field that can only be null is still read, and compared as any other. */
const isNull = ({ core, type }: Result): boolean => core.kind === "constant" && type.kind === "null";

/** `input.cc == null` of a field that may be absent and is never null: a habit, and `has` is what is meant. */
const absenceAsked = (node: Node, cx: Context, env: Env): Result | null => {
  const of = node.right.kind === "null" ? node.left : node.left.kind === "null" ? node.right : null;
  if (of?.kind !== "member") return null;
  const result = evaluate(of, cx, env);
  if (result.absent === undefined || overlaps(result.type, NULL)) return null;
  const has = `${sourceOf(cx, of.of)} has ${printName(of.name.text)}`;
  const text = node.operator === "==" ? `not (${has})` : has;
  const facts = { path: textOf(cx, of), record: result.absent.record, name: result.absent.name };
  const fixes = [replaceFix(locate(cx.file, node), text)];
  complain(cx, UNGUARDED, facts, of.name, { related: result.absent.declaredAt ?? [], fixes });
  return poisoned(cx, env, node);
};

/** What is known where the two are equal, or not. */
const learnt = (left: Result, right: Result, facts: Facts): { readonly yes: Facts; readonly no: Facts } => {
  let yes = facts;
  let no = facts;
  for (const [side, other] of [
    [left, right.type],
    [right, left.type],
  ] as const) {
    if (side.place === undefined || !isSingle(other)) continue;
    yes = narrow(yes, side.place, other);
    no = exclude(no, side.place, other);
  }
  return { yes, no };
};

const isSingle = (type: Type): boolean => type.kind === "literal" || type.kind === "null";

const againstNull = (of: Result, node: Node, negated: boolean, cx: Context, env: Env): Result => {
  const at = locate(cx.file, node);
  const test: Expr =
    of.core.kind === "constant"
      ? { kind: "constant", value: of.core.value === null, at }
      : { kind: "is", of: of.core, type: NULL, at };
  const core: Expr = negated ? foldConstant({ kind: "not", of: test, at }) : test;
  const facts = {
    text: textOf(cx, node),
    outcome: negated,
    because: `\`${textOf(cx, of.core.at)}\` is never null`,
  };
  complainEverywhere(cx, always(negated), overlaps(of.declared ?? of.type, NULL) ? null : facts, node);
  const yes = of.place === undefined ? env.facts : narrow(env.facts, of.place, NULL);
  const no = of.place === undefined ? env.facts : exclude(env.facts, of.place, NULL);
  const outcome = negated ? { yes: no, no: yes } : { yes, no };
  return plain(env, core, BOOLEAN, { ...outcome, varies: of.varies === true });
};

/** Reports what `==` cannot be asked of. */
const isComparable = (left: Result, right: Result, node: Node, cx: Context): boolean => {
  for (const [side, part] of [
    [left, node.left],
    [right, node.right],
  ] as const) {
    const kind = kindOf(side.type);
    if (kind === "any") {
      const wanted = printType(side === left ? right.type : left.type);
      complain(cx, ANY_NOT_NARROWED, { text: textOf(cx, part), wanted }, part);
      return false;
    }
    if (kind === "instant" || kind === "duration" || isPrimitive(side.type)) continue;
    complain(cx, NOT_COMPARABLE, { operator: node.operator, type: printType(side.type), kind }, part);
    return false;
  }
  return true;
};

const mayBeEqual = (left: Result, right: Result, node: Node, cx: Context): boolean => {
  const a = left.declared ?? left.type;
  const b = right.declared ?? right.type;
  if (!overlapsKind(left.type, right.type)) {
    const facts = { left: printType(left.type), right: printType(right.type), operator: node.operator };
    complain(cx, NEVER_EQUAL, facts, node);
    return false;
  }
  const negated = node.operator === "!=";
  if (left.core.kind === "constant" && right.core.kind === "constant") return true;
  if (overlaps(a, b)) {
    const isEqual = a.kind === "literal" && b.kind === "literal";
    const because = `\`${textOf(cx, node.left)}\` can only be ${printType(a)}`;
    complainEverywhere(
      cx,
      always(!negated),
      isEqual ? { text: textOf(cx, node), outcome: !negated, because } : null,
      node,
    );
    complainEverywhere(cx, always(negated), null, node);
    reportValue(null, node.left, cx);
    reportValue(null, node.right, cx);
    return true;
  }
  if (a.kind === "literal" && isEnum(b))
    return reportValue({ value: a, of: b, text: textOf(cx, node.right) }, node.left, cx);
  if (b.kind === "literal" && isEnum(a))
    return reportValue({ value: b, of: a, text: textOf(cx, node.left) }, node.right, cx);
  const because = isAlways(left, right, cx, node);
  complainEverywhere(cx, always(negated), { text: textOf(cx, node), outcome: negated, because }, node);
  return true;
};

/** Whether values of the two could be of one kind. */
const overlapsKind = (a: Type, b: Type): boolean => {
  const kinds = new Set(membersOf(a).map(kindOf));
  return membersOf(b).some((member) => kinds.has(kindOf(member)));
};

/** Whether the type lists its values: literals (and null) only. */
export const isEnum = (type: Type): boolean =>
  type.kind === "union" && type.members.every(({ kind }) => kind === "literal" || kind === "null");

/** Reports a constant that is none of the listed values. */
export const reportValue = (
  facts: { readonly value: Type; readonly of: Type; readonly text: string } | null,
  span: Span,
  cx: Context,
): true => {
  if (facts === null || facts.value.kind !== "literal") {
    complainEverywhere(cx, NOT_IN_ENUM, null, span);
    return true;
  }
  const { value } = facts.value;
  const values = membersOf(facts.of).flatMap((member) =>
    member.kind === "literal" ? [String(member.value)] : [],
  );
  const near = typeof value === "string" ? suggest(value, values) : undefined;
  const fixes = near === undefined ? [] : [replaceFix(locate(cx.file, span), JSON.stringify(near))];
  const words = { value: printType(facts.value), text: facts.text, type: printType(facts.of), near };
  complainEverywhere(cx, NOT_IN_ENUM, words, span, { fixes });
  return true;
};
