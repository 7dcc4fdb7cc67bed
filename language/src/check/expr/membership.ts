import { glob } from "@agentpolicy/runtime/values/glob";
import type { Expr } from "../../core/expr.ts";
import {
  ANY_NOT_NARROWED,
  NEVER_EQUAL,
  NOT_A_LIST,
  NOT_COMPARABLE,
  NOT_CONSTANT,
} from "../../diagnostics/messages/types.ts";
import type { ExprNode } from "../../syntax/ast.ts";
import { BOOLEAN, listOf, NEVER, STRING } from "../../types/build.ts";
import { typeOfConstant } from "../../types/constant.ts";
import { printType } from "../../types/print.ts";
import { overlaps } from "../../types/relate.ts";
import type { Json, Type } from "../../types/type.ts";
import { noteExpected } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { locate } from "../world.ts";
import { always } from "./always.ts";
import { reportText } from "./call.ts";
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
import { isEnum, reportValue } from "./equality.ts";
import { exclude, membersOf, narrow } from "./facts.ts";
import { elementOf, isPrimitive, kindOf } from "./kinds.ts";

type Node = Extract<ExprNode, { kind: "binary" }>;

/** `a in list`, `a not in list`. */
export const membership = (node: Node, cx: Context, env: Env): Result => {
  const inner = { ...env, condition: env.condition ?? node };
  const of = elaborate(node.left, cx, inner);
  const list = elaborate(node.right, cx, inner);
  if (!isPoison(of)) noteExpected(cx, node.right, listOf(of.declared ?? of.type), node.left);
  if (!isPoison(list)) noteExpected(cx, node.left, elementOf(list.type), node.right);
  if (isPoison(of, list)) return poisoned(cx, env, node);
  if (!mayBeMember(of, list, node, cx)) return poisoned(cx, env, node);
  const negated = node.operator === "not in";
  const at = locate(cx.file, node);
  const core: Expr = { kind: "in", of: of.core, list: list.core, negated, at };
  const more = { ...learnt(of, list, negated, env), varies: of.varies === true || list.varies === true };
  return plain(env, foldConstant(core), BOOLEAN, more);
};

/** What the items of a constant list are. A list is looked at once, however many rules ask for it. */
const heldBy = (list: Json): Type => {
  if (typeof list !== "object" || list === null) return NEVER;
  const known = held.get(list) ?? elementOf(typeOfConstant(list));
  held.set(list, known);
  return known;
};

const held = new WeakMap<object, Type>();

/** That a text is one of more than these is nothing that a later test could make use of. */
const MOST_LISTED = 256;

const learnt = (of: Result, list: Result, negated: boolean, env: Env): Partial<Result> => {
  if (of.place === undefined || list.core.kind !== "constant") return {};
  if (!membersOf(elementOf(list.type)).every(({ kind }) => kind === "literal" || kind === "null")) return {};
  // What is in the list, which may be less than its declared type lets be there.
  const element = heldBy(list.core.value);
  if (membersOf(element).length > MOST_LISTED && !isEnum(of.place.type)) return {};
  const yes = narrow(env.facts, of.place, element);
  const no = exclude(env.facts, of.place, element);
  return negated ? { yes: no, no: yes } : { yes, no };
};

const mayBeMember = (of: Result, list: Result, node: Node, cx: Context): boolean => {
  const text = textOf(cx, node.right);
  const kind = kindOf(list.type);
  if (kind === "any") {
    complain(cx, ANY_NOT_NARROWED, { text, wanted: "string[]" }, node.right);
    return false;
  }
  if (kind !== "list") {
    complain(
      cx,
      NOT_A_LIST,
      {
        operator: node.operator,
        type: printType(list.type),
        isText: kind === "string",
        text,
        of: textOf(cx, node.left),
      },
      node.right,
    );
    return false;
  }
  return mayContain(list, of, node.left, node.right, node.operator, node, cx);
};

/** Whether a list could hold a value; for `in` and `contains`. Reports where it cannot. */
export const mayContain = (
  list: Result,
  of: Result,
  ofNode: ExprNode,
  listNode: ExprNode,
  operator: string,
  node: ExprNode,
  cx: Context,
): boolean => {
  const element = elementOf(list.type);
  for (const [type, part] of [
    [of.type, ofNode],
    [element, listNode],
  ] as const) {
    if (type.kind === "any") {
      complain(
        cx,
        ANY_NOT_NARROWED,
        { text: textOf(cx, part), wanted: printType(type === element ? of.type : element) },
        part,
      );
      return false;
    }
    if (isPrimitive(type) || type.kind === "never") continue;
    complain(cx, NOT_COMPARABLE, { operator, type: printType(type), kind: kindOf(type) }, part);
    return false;
  }
  const kinds = new Set(membersOf(of.type).map(kindOf));
  if (element.kind !== "never" && !membersOf(element).some((member) => kinds.has(kindOf(member)))) {
    complain(cx, NEVER_EQUAL, { left: printType(of.type), right: printType(element), operator }, node);
    return false;
  }
  reportItems(of, list, element, ofNode, listNode, operator, node, cx);
  return true;
};

/** Reports list items, or the value looked for, that the other side can never be. */
const reportItems = (
  of: Result,
  list: Result,
  element: Type,
  ofNode: ExprNode,
  listNode: ExprNode,
  operator: string,
  node: ExprNode,
  cx: Context,
): void => {
  if (of.core.kind === "constant" && list.core.kind === "constant") return;
  const declared = of.declared ?? of.type;
  const outcome = operator === "not in";
  if (listNode.kind === "list" && list.core.kind === "constant") {
    const values = list.core.value as readonly Json[];
    for (const [at, item] of listNode.items.entries()) {
      const type = typeOfConstant(values[at] as Json);
      const fits = overlaps(type, declared);
      if (isEnum(declared))
        reportValue(fits ? null : { value: type, of: declared, text: textOf(cx, ofNode) }, item, cx);
    }
    if (isEnum(declared)) return;
  }
  if (of.core.kind === "constant" && isEnum(element)) {
    const fits = overlaps(of.type, element);
    reportValue(fits ? null : { value: of.type, of: element, text: textOf(cx, listNode) }, ofNode, cx);
    return;
  }
  // An empty list has a lint of its own.
  if (element.kind === "never") return;
  const because = `\`${textOf(cx, ofNode)}\` is ${describeType(declared)}`;
  const facts = overlaps(declared, element) ? null : { text: textOf(cx, node), outcome, because };
  complainEverywhere(cx, always(outcome), facts, node);
};

/** `text like "pattern"`: a glob over the whole text; the pattern is a constant. */
export const like = (node: Node, cx: Context, env: Env): Result => {
  const inner = { ...env, condition: env.condition ?? node };
  const of = elaborate(node.left, cx, inner);
  const pattern = elaborate(node.right, cx, inner);
  noteExpected(cx, node.left, STRING);
  noteExpected(cx, node.right, STRING);
  if (isPoison(of, pattern)) return poisoned(cx, env, node);
  const { operator } = node;
  const kind = kindOf(of.type);
  if (kind !== "string") {
    reportText(of, node.left, `the left side of \`${operator}\``, cx);
    return poisoned(cx, env, node);
  }
  if (pattern.core.kind !== "constant" || typeof pattern.core.value !== "string") {
    complain(
      cx,
      NOT_CONSTANT,
      { what: `the pattern of \`${operator}\``, isText: kindOf(pattern.type) === "string" },
      node.right,
    );
    return poisoned(cx, env, node);
  }
  const negated = operator === "not like";
  const source = pattern.core.value;
  reportUnmatched(of, source, node, negated, cx);
  const at = locate(cx.file, node);
  const core: Expr = { kind: "like", of: of.core, pattern: source, negated, at };
  return plain(env, foldConstant(core), BOOLEAN, { varies: of.varies === true });
};

/** A pattern that matches none of the listed values, or each of them. */
const reportUnmatched = (of: Result, source: string, node: Node, negated: boolean, cx: Context): void => {
  const declared = of.declared ?? of.type;
  if (of.core.kind === "constant" || !isEnum(declared)) return;
  const matches = glob(source);
  const matched = membersOf(declared).map(
    (member) => member.kind === "literal" && matches(String(member.value)),
  );
  const because = `\`${textOf(cx, node.left)}\` is \`${printType(declared)}\``;
  for (const outcome of [true, false]) {
    const isSo = matched.every((matching) => matching === (outcome !== negated));
    complainEverywhere(cx, always(outcome), isSo ? { text: textOf(cx, node), outcome, because } : null, node);
  }
};
