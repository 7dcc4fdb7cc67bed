import { UNKNOWN_ARGUMENT } from "../diagnostics/messages/types.ts";
import type { ExprNode, Name } from "../syntax/ast.ts";
import type { Location } from "../text/span.ts";
import { ANY, union } from "../types/build.ts";
import type { Field, Type } from "../types/type.ts";
import { type Context, complainEverywhere, EMPTY_ENV } from "./expr/context.ts";
import { membersOf } from "./expr/facts.ts";
import { isRoot } from "./expr/name.ts";
import { reportUnknownArgument, reportUnknownField } from "./expr/unknown.ts";
import { noteFields, noteType } from "./facts/note.ts";

/** The names of a path such as `input.iban` or `context.ticket`; null where the expression is none. */
export const requestPath = (node: ExprNode): readonly Name[] | null => {
  if (node.kind === "paren") return requestPath(node.of);
  if (node.kind === "name") return isRoot(node.name.text) && node.name.text !== "now" ? [node.name] : null;
  if (node.kind !== "member") return null;
  const of = requestPath(node.of);
  return of === null ? null : [...of, node.name];
};

/** Where a path leads: whether it must always be there, and where its last name is declared. */
export interface PathEnd {
  readonly isRequired: boolean;
  readonly at: Location | undefined;
}

/**
 * Follows a path through the types, whatever may be absent on the way. A name that is not declared is reported, for
 * `needs` and `mask` only if no tool of the subject declares it; then, or where it is no path, null.
 */
export const resolvePath = (node: ExprNode, cx: Context): PathEnd | null => {
  const path = requestPath(node);
  const [root, ...fields] = path ?? [];
  if (root === undefined || !isRoot(root.text) || root.text === "now") return null;
  let type: Type = root.text === "input" ? (cx.input ?? ANY) : cx.world.roots[root.text];
  let end: PathEnd = { isRequired: fields.length > 0, at: undefined };
  let written = root.text as string;
  const nodes = nodesOf(node);
  for (const [at, field] of fields.entries()) {
    notePlace(cx, nodes[at], type);
    const next = step(type, field.text);
    const kind = root.text === "input" && written === "input" ? "argument" : "field";
    if (next === null) {
      if (kind === "argument") reportUnknownArgument(field, cx, { everywhere: true });
      else reportUnknownField(field, written, type, cx);
      return null;
    }
    if (kind === "argument") complainEverywhere(cx, UNKNOWN_ARGUMENT, null, field);
    noteFields(
      cx,
      field,
      next.fields,
      path?.slice(0, at + 1).map(({ text }) => text),
    );
    end = { isRequired: end.isRequired && next.isRequired, at: next.at };
    type = next.type;
    written = `${written}.${field.text}`;
  }
  notePlace(cx, nodes.at(-1), type);
  return end;
};

const notePlace = (cx: Context, node: ExprNode | undefined, type: Type): void => {
  if (node !== undefined) noteType(cx, node, { type }, EMPTY_ENV);
};

/** The expressions that a path consists of, root first. */
const nodesOf = (node: ExprNode): readonly ExprNode[] => {
  if (node.kind === "paren") return nodesOf(node.of);
  return node.kind === "member" ? [...nodesOf(node.of), node] : [node];
};

interface Step extends PathEnd {
  readonly type: Type;
  readonly fields: readonly Field[];
}

const step = (type: Type, name: string): Step | null => {
  const types: Type[] = [];
  const fields: Field[] = [];
  let isRequired = true;
  let at: Location | undefined;
  for (const member of membersOf(type)) {
    if (member.kind === "any") types.push(ANY);
    const field = member.kind === "record" ? member.fields.get(name) : undefined;
    if (member.kind === "record" && field === undefined && typeof member.rest !== "string")
      types.push(member.rest);
    if (field !== undefined) {
      types.push(field.type);
      fields.push(field);
    }
    isRequired &&= field !== undefined && !field.optional;
    at ??= field?.at;
  }
  return types.length === 0 ? null : { type: union(types), isRequired, at, fields };
};
