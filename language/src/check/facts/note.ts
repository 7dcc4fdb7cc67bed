import type { ExprNode, Name } from "../../syntax/ast.ts";
import type { Field, Type } from "../../types/type.ts";
import { type Context, type Env, type Local, POISON, type Result } from "../expr/context.ts";
import { membersOf } from "../expr/facts.ts";
import { elementOf } from "../expr/kinds.ts";
import { locate } from "../world.ts";
import type { ExpectedNote, TypeNote } from "./recorder.ts";

/** Notes the type of an expression for the tools under check. */
export const noteType = (cx: Context, node: ExprNode, { type, absent }: Partial<Result>, env: Env): void => {
  const { recorder } = cx.world;
  if (recorder === null || type === undefined || type === POISON) return;
  const unknown = cx.tool === "unknown" && cx.within !== "where";
  const { dead } = env.facts;
  const note = { type, tools: cx.findings.group, unknown, mayBeAbsent: absent !== undefined, dead };
  const before = recorder.types.get(node);
  if (before === undefined) recorder.types.set(node, note);
  else if (!Array.isArray(before)) recorder.types.set(node, isSame(before, note) ? note : [before, note]);
  else if (isSame(before.at(-1) as TypeNote, note)) before[before.length - 1] = note;
  else before.push(note);
};

/** Whether both are of one group: some expressions are looked at twice. */
const isSame = (a: TypeNote, b: TypeNote): boolean => a.tools === b.tools && a.unknown === b.unknown;

/** Notes which type fits where an expression stands, and which fits in the parts of a literal. */
export const noteExpected = (
  cx: Context,
  node: ExprNode | undefined,
  type: Type,
  of: ExpectedNote["of"] = null,
): void => {
  const { recorder } = cx.world;
  if (recorder === null || node === undefined || type === POISON || type.kind === "never") return;
  const note = { file: cx.file.path, type, of };
  const before = recorder.expected.get(node);
  if (before === undefined) recorder.expected.set(node, note);
  else if (Array.isArray(before)) {
    if (before.every((other) => other.type !== type)) before.push(note);
  } else if (before.type !== type) recorder.expected.set(node, [before, note]);
  if (node.kind === "paren") noteExpected(cx, node.of, type, of);
  else if (node.kind === "if") {
    noteExpected(cx, node.then, type, of);
    noteExpected(cx, node.otherwise, type, of);
  } else if (node.kind === "list") {
    const element = elementOf(type);
    for (const item of node.items) noteExpected(cx, item, element, of);
  } else if (node.kind === "record") noteRecord(cx, node, type);
};

const noteRecord = (cx: Context, node: Extract<ExprNode, { kind: "record" }>, type: Type): void => {
  for (const member of type.kind === "union" ? type.members : [type]) {
    if (member.kind !== "record") continue;
    for (const { name, value } of node.fields) {
      const field = member.fields.get(name.text);
      if (field !== undefined) {
        noteFields(cx, name, [field]);
        noteExpected(cx, value, field.type, field);
      } else if (typeof member.rest !== "string") noteExpected(cx, value, member.rest);
    }
  }
};

/** Notes which declared fields a name stands for. `of` is the request path of what has the field, where it is one. */
export const noteFields = (
  cx: Context,
  name: Name,
  declared: readonly Field[],
  of: readonly string[] | null = null,
): void => {
  const { recorder } = cx.world;
  if (recorder === null || declared.length === 0) return;
  const fields =
    of?.[0] === "input" ? [...declared, ...fieldsOfGroup(cx, [...of.slice(1), name.text])] : declared;
  let note = recorder.fields.get(name);
  if (note === undefined) {
    note = { file: cx.file.path, fields: new Map() };
    recorder.fields.set(name, note);
  }
  for (const field of fields) if (field.type !== POISON) note.fields.set(field.at ?? field.type, field);
};

/** The fields that other tools of the group under check declare at a path: tools of one kind are checked by one of them. */
const fieldsOfGroup = ({ findings, tool, world }: Context, path: readonly string[]): readonly Field[] =>
  findings.group.flatMap((name) => {
    const other = world.tools.byName.get(name);
    return other === undefined || other === tool ? [] : fieldsAt(other.input, path);
  });

/** `[]` on a path is each element of a list. */
const fieldsAt = (type: Type, [first = "", ...rest]: readonly string[]): readonly Field[] =>
  membersOf(type).flatMap((member) => {
    if (member.kind === "list" && first === "[]") return fieldsAt(member.element, rest);
    const field = member.kind === "record" ? member.fields.get(first) : undefined;
    if (field === undefined) return [];
    return rest.length === 0 ? [field] : fieldsAt(field.type, rest);
  });

/** Notes that a name stands for a parameter. */
export const noteParameter = (cx: Context, name: Name, local: Local): void => {
  const file = cx.file.path;
  cx.world.recorder?.parameters.set(name, { file, declared: locate(cx.file, local.span) });
};

/** Notes a parameter, its type and where it may be named: in a stretch of text, and the blanks after it. */
export const noteScope = (
  cx: Context,
  name: Name,
  type: Type,
  span: { readonly start: number; readonly end: number },
): void => {
  const { recorder } = cx.world;
  if (recorder === null) return;
  const known = recorder.scopes.get(name);
  if (known !== undefined) known.types.add(type);
  else {
    const at = locate(cx.file, name);
    const place = { file: cx.file.path, start: span.start, end: span.end };
    recorder.scopes.set(name, { ...place, name: name.text, at, types: new Set([type]) });
  }
};
