import type { Expr } from "../../core/expr.ts";
import {
  ANY_NOT_NARROWED,
  MAYBE_NULL,
  NEEDLESS_DEFAULT,
  NEEDLESS_HAS,
  TYPE_MISMATCH,
} from "../../diagnostics/messages/types.ts";
import type { ExprNode, Name } from "../../syntax/ast.ts";
import { ANY, BOOLEAN, NULL, union } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import { isAssignable, overlaps } from "../../types/relate.ts";
import type { RecordType, Type } from "../../types/type.ts";
import { noteExpected, noteFields } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { declaredHere } from "../related.ts";
import { typeOfNode } from "../typenode.ts";
import { constant, locate } from "../world.ts";
import { isMissing } from "./access.ts";
import { always } from "./always.ts";
import {
  type Context,
  complain,
  complainEverywhere,
  type Env,
  isPoison,
  POISON,
  plain,
  poisoned,
  type Result,
  textOf,
} from "./context.ts";
import { elaborate, evaluate } from "./elaborate.ts";
import { dead, exclude, fieldOf, fieldPlace, membersOf, narrow, narrowPresence, subtract } from "./facts.ts";
import { kindOf } from "./kinds.ts";
import { reportUnknownArgument, reportUnknownField } from "./unknown.ts";

type Node<K extends ExprNode["kind"]> = Extract<ExprNode, { kind: K }>;

/** `a has b`: presence alone. Decided at once where the schema rules the field out. */
export const presence = (node: Node<"has">, cx: Context, env: Env): Result => {
  const of = elaborate(node.of, cx, { ...env, condition: env.condition ?? node });
  if (isPoison(of) || isMissing(node.name, cx)) return poisoned(cx, env, node);
  const name = node.name.text;
  if (kindOf(of.type) !== "record") {
    reportNoRecord(of, node, cx);
    return poisoned(cx, env, node);
  }
  const at = locate(cx.file, node);
  const records = membersOf(of.type) as readonly RecordType[];
  noteFields(
    cx,
    node.name,
    records.flatMap((record) => record.fields.get(name) ?? []),
    of.origin,
  );
  const isUnknown = !isDeclaredSomewhere(of, name, cx, records);
  if (isUnknown) reportUndeclared(of, node.name, cx);
  if (!mayHave(of, records, name)) {
    const core = constant(at, false);
    complainEverywhere(cx, NEEDLESS_HAS, null, node);
    return { core, type: BOOLEAN, yes: dead(env.facts), no: env.facts, varies: true };
  }
  reportNeedless(of, node, records, cx);
  const core: Expr = { kind: "has", of: of.core, name, at };
  if (of.place === undefined) return plain(env, core, BOOLEAN, { varies: of.varies === true });
  const yes = narrowPresence(env.facts, of.place, name, true);
  const no = narrowPresence(env.facts, of.place, name, false);
  const silenced = isUnknown ? narrow(yes, fieldPlace(of.place, name, ANY), POISON) : yes;
  return { core, type: BOOLEAN, yes: silenced, no, varies: of.varies === true };
};

/**
 * Whether any of the records can have the field. Fields that nothing declares are ignored (decision 0005): a lone record
 * has those that it declares or names a type for, and any where it declares none; members of a union say what they rule out.
 */
const mayHave = (of: Result, records: readonly RecordType[], name: string): boolean => {
  const isLone = membersOf(of.declared ?? of.type).length === 1;
  return records.some((record) =>
    isLone ? knows(record, name, isInput(of)) : fieldOf(record, name) !== null,
  );
};

const isInput = ({ origin }: Result): boolean => origin?.length === 1 && origin[0] === "input";

const reportNoRecord = (of: Result, node: Node<"has">, cx: Context): void => {
  const text = textOf(cx, node.of);
  if (kindOf(of.type) === "any")
    complain(cx, ANY_NOT_NARROWED, { text, wanted: `{ ${node.name.text}: any }` }, node.of);
  else if (membersOf(of.type).some(({ kind }) => kind === "null"))
    complain(cx, MAYBE_NULL, { text }, node.of);
  else
    complain(
      cx,
      TYPE_MISMATCH,
      { what: "the left side of `has`", expected: "record", found: printType(of.type) },
      node.of,
    );
};

/** Whether some tool of the subject declares the field, or leaves it open by declaring none at all. */
const isDeclaredSomewhere = (of: Result, name: string, cx: Context, here: readonly RecordType[]): boolean => {
  if (here.some((record) => knows(record, name, isInput(of)))) return true;
  if (of.origin == null || of.origin[0] !== "input") return false;
  return cx
    .inputs()
    .some((input) =>
      recordsAt(input, of.origin?.slice(1) ?? []).some((record) => knows(record, name, isInput(of))),
    );
};

/** A tool whose schema has an empty `properties` takes no arguments; elsewhere `{}` is any record. */
const knows = (record: RecordType, name: string, isInput: boolean): boolean =>
  record.fields.has(name) ||
  (record.rest !== "closed" && (record.rest !== "hidden" || (record.fields.size === 0 && !isInput)));

/** The records that can stand at a path of a type; `[]` steps into a list. */
const recordsAt = (type: Type, path: readonly string[]): readonly RecordType[] =>
  membersOf(type).flatMap((member) => {
    const [step, ...others] = path;
    if (step === undefined) return member.kind === "record" ? [member] : [];
    if (step === "[]") return member.kind === "list" ? recordsAt(member.element, others) : [];
    const field = member.kind === "record" ? member.fields.get(step) : undefined;
    return field === undefined ? [] : recordsAt(field.type, others);
  });

const reportUndeclared = (of: Result, name: Name, cx: Context): void => {
  if (of.core.kind === "root" && of.core.root === "input") reportUnknownArgument(name, cx);
  else reportUnknownField(name, textOf(cx, of.core.at), of.type, cx);
};

const reportNeedless = (of: Result, node: Node<"has">, records: readonly RecordType[], cx: Context): void => {
  const fields = records.map((record) => record.fields.get(node.name.text));
  const isRequired = fields.every((field) => field !== undefined && !field.optional);
  const facts = { name: node.name.text, record: textOf(cx, of.core.at) };
  const related = declaredHere(fields[0]?.at);
  complainEverywhere(cx, NEEDLESS_HAS, isRequired ? facts : null, node, { related });
};

/** `a is TYPE`. */
export const typeTest = (node: Node<"is">, cx: Context, env: Env): Result => {
  const of = elaborate(node.of, cx, { ...env, condition: env.condition ?? node });
  const type = typeOfNode(cx.world, cx.file, node.type, cx.findings);
  if (isPoison(of, { type })) return poisoned(cx, env, node);
  const declared = of.declared ?? of.type;
  const because = `\`${textOf(cx, node.of)}\` is \`${printType(declared)}\``;
  const text = textOf(cx, node);
  const holds = declared.kind !== "any" && isAssignable(declared, type);
  const never =
    !overlaps(declared, type) || kindOf(declared) === "instant" || kindOf(declared) === "duration";
  complainEverywhere(cx, always(true), holds ? { text, outcome: true, because } : null, node);
  complainEverywhere(cx, always(false), never ? { text, outcome: false, because } : null, node);
  const at = locate(cx.file, node);
  const core = foldConstant({ kind: "is", of: of.core, type, at });
  const varies = of.varies === true;
  if (of.place === undefined) return plain(env, core, BOOLEAN, { varies });
  const yes = narrow(env.facts, of.place, type);
  const no = exclude(env.facts, of.place, type);
  return { core, type: BOOLEAN, yes, no, varies };
};

/** `a ?? b`: b where a is absent or null. `isFirst`: another `??` follows, so that b may be absent as well. */
export const defaulted = (node: Node<"binary">, cx: Context, env: Env, isFirst = false): Result => {
  const inner: Env = { ...env, condition: env.condition ?? node };
  const left = withoutParens(node.left);
  const isChain = left.kind === "binary" && left.operator === "??";
  const of = isChain ? defaulted(left, cx, inner, true) : evaluate(left, cx, inner);
  const otherwise = (isFirst ? evaluate : elaborate)(node.right, cx, { ...env, condition: null });
  if (!isPoison(of)) noteExpected(cx, node.right, subtract(of.declared ?? of.type, NULL), node.left);
  if (isPoison(of, otherwise)) return poisoned(cx, env, node);
  const absent = otherwise.absent === undefined ? {} : { absent: otherwise.absent };
  if (of.type.kind === "any") {
    // The default says which type is meant only for what is absent.
    return plain(env, coreOf(node, of, otherwise, cx), ANY, { varies: of.varies === true, ...absent });
  }
  const isNeeded = of.absent !== undefined || overlaps(of.declared ?? of.type, NULL);
  complainEverywhere(cx, NEEDLESS_DEFAULT, isNeeded ? null : { text: textOf(cx, node.left) }, node.right);
  const present = subtract(of.type, NULL);
  const type = union([present, otherwise.type]);
  const declared = union([subtract(of.declared ?? of.type, NULL), otherwise.declared ?? otherwise.type]);
  const varies = of.varies === true || otherwise.varies === true;
  return plain(env, coreOf(node, of, otherwise, cx), type, { varies, declared, ...absent });
};

const withoutParens = (node: ExprNode): ExprNode => (node.kind === "paren" ? withoutParens(node.of) : node);

const coreOf = (node: Node<"binary">, of: Result, otherwise: Result, cx: Context): Expr =>
  foldConstant({ kind: "default", of: of.core, otherwise: otherwise.core, at: locate(cx.file, node) });
