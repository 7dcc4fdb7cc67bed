import type { Expr } from "../../core/expr.ts";
import { PARENTHESES, UNKNOWN_IMPORTED_NAME } from "../../diagnostics/messages/names.ts";
import { ANY_NOT_NARROWED, MAYBE_NULL, UNKNOWN_PROPERTY } from "../../diagnostics/messages/types.ts";
import { replaceFix } from "../../diagnostics/replace.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { ExprNode, Name } from "../../syntax/ast.ts";
import { ANY, union } from "../../types/build.ts";
import { printType } from "../../types/print.ts";
import type { Field, RecordType, Type } from "../../types/type.ts";
import { noteFields, noteType } from "../facts/note.ts";
import { foldConstant } from "../fold.ts";
import { declaredHere } from "../related.ts";
import { importedFile, lookUp, use } from "../scope.ts";
import { locate } from "../world.ts";
import {
  type Absence,
  type Context,
  complain,
  type Env,
  isPoison,
  POISON,
  plain,
  poisoned,
  type Result,
  sourceOf,
  textOf,
} from "./context.ts";
import { elaborate } from "./elaborate.ts";
import { fieldKey, fieldOf, fieldPlace, membersOf } from "./facts.ts";
import { guardFix } from "./fixes.ts";
import { kindOf } from "./kinds.ts";
import { methodsOf, PROPERTY_TYPES, propertiesOf, propertyOf } from "./methods.ts";
import { atPlace, declaredValue } from "./name.ts";
import { TOOL, toolProperty } from "./tool.ts";
import { reportUnknownArgument, reportUnknownField, reportUnknownProperty } from "./unknown.ts";

type Node = Extract<ExprNode, { kind: "member" }>;

/** `a.b`: a name of an import, a property of the tool, a field of a record or a built-in property. */
export const member = (node: Node, cx: Context, env: Env): Result => {
  if (node.of.kind === "name" && !env.locals.has(node.of.name.text)) {
    if (node.of.name.text === "tool") {
      noteType(cx, node.of, { type: TOOL }, env);
      return toolProperty(node.name, node, cx, env);
    }
    const imported = importedName(node, cx, env);
    if (imported !== null) return imported;
  }
  const of = elaborate(node.of, cx, env);
  if (isPoison(of) || isMissing(node.name, cx)) return poisoned(cx, env, node);
  const kind = kindOf(of.type);
  if (kind === "record") return field(of, node.name, node, cx, env);
  return property(of, node, cx, env);
};

/** A name that the parser missed and has complained about. */
export const isMissing = (name: Name, cx: Context): boolean => {
  if (name.text !== "" || sourceOf(cx, name).startsWith('"')) return false;
  cx.findings.errors += 1;
  return true;
};

/** `org.internal-domains`; null where the name before the dot is no import. */
const importedName = (node: Node, cx: Context, env: Env): Result | null => {
  if (node.of.kind !== "name") return null;
  const declared = resolveImported(node.of.name, node.name, cx);
  if (declared === null) return null;
  return declared === "unknown" ? poisoned(cx, env, node) : declaredValue(declared, node, cx, env);
};

/** What `NAME.NAME` stands for where the first is an import; `unknown` where it was reported. */
export const resolveImported = (of: Name, wanted: Name, cx: Context) => {
  const declared = lookUp(cx.file, of.text);
  if (declared?.kind !== "import") return null;
  use(cx.world, declared, locate(cx.file, of));
  const file = importedFile(cx.world, declared);
  if (file === null) return "unknown" as const;
  const found = file.names.get(wanted.text);
  if (found !== undefined && found.kind !== "import") {
    use(cx.world, found, locate(cx.file, wanted));
    return found;
  }
  const names = [...file.names.values()].filter(({ kind }) => kind !== "import").map((other) => other.name);
  const near = suggest(wanted.text, names);
  const fixes = near === undefined ? [] : [replaceFix(locate(cx.file, wanted), near)];
  complain(
    cx,
    UNKNOWN_IMPORTED_NAME,
    { name: wanted.text, of: of.text, near, isImport: found !== undefined },
    wanted,
    { fixes },
  );
  return "unknown" as const;
};

/** The field of a record or of a union of records. */
export const field = (of: Result, name: Name, node: ExprNode, cx: Context, env: Env): Result => {
  const records = membersOf(of.type) as readonly RecordType[];
  const isPresent = of.place !== undefined && presenceOf(env, of.place.key, name.text) === true;
  const found = records.map((record) => memberField(record, name.text, isPresent));
  const declared = found.filter((entry) => entry !== "undeclared" && entry !== "closed");
  if (declared.length === 0) {
    if (of.core.kind === "root" && of.core.root === "input") {
      reportUnknownArgument(name, cx, { guard: guardFix(cx, env, node, name.text) });
    } else reportUnknownField(name, textOf(cx, of.core.at), of.type, cx);
    return poisoned(cx, env, node);
  }
  const types = found.flatMap((entry) =>
    entry === "closed" ? [] : entry === "undeclared" ? [ANY] : [entry.type],
  );
  noteFields(cx, name, declared, of.origin);
  if (types.includes(POISON)) return poisoned(cx, env, node);
  const type = union(types);
  const known = of.place === undefined ? undefined : presenceOf(env, of.place.key, name.text);
  const mayBeAbsent =
    known === false || (!isPresent && found.some((entry) => typeof entry === "string" || entry.optional));
  const at = locate(cx.file, node);
  const core = foldConstant({ kind: "field", of: of.core, name: name.text, at });
  const more: Partial<Result> = {
    origin: of.origin == null ? null : [...of.origin, name.text],
    varies: of.varies === true,
    declared: declaredField(of.declared ?? of.type, name.text) ?? type,
    ...(mayBeAbsent ? { absent: absence(of, name, cx, declared, type, records) } : {}),
  };
  if (of.place === undefined) return plain(env, core, type, more);
  return atPlace(env, core, fieldPlace(of.place, name.text, type), more);
};

/** The field's type before any test: that of all records which declare it; null where something else may stand there. */
const declaredField = (of: Type, name: string): Type | null => {
  const types: Type[] = [];
  for (const member of membersOf(of)) {
    if (member.kind === "any") return null;
    const found = member.kind === "record" ? fieldOf(member, name) : null;
    if (found !== null) types.push(found.type);
  }
  return types.length === 0 ? null : union(types);
};

const presenceOf = (env: Env, key: string, name: string): boolean | undefined =>
  env.facts.known.get(fieldKey(key, name))?.present;

/** What one record says of a field: `closed` where it cannot be there, `undeclared` where the schema is silent. */
const memberField = (
  record: RecordType,
  name: string,
  isPresent: boolean,
): Field | "closed" | "undeclared" => {
  const declared = record.fields.get(name);
  if (declared !== undefined) return declared;
  if (record.rest === "closed") return "closed";
  if (record.rest !== "hidden") return { type: record.rest, optional: true };
  return isPresent ? { type: ANY, optional: false } : "undeclared";
};

const absence = (
  of: Result,
  name: Name,
  cx: Context,
  found: readonly (Field | "closed" | "undeclared")[],
  type: Type,
  records: readonly RecordType[],
): Absence => {
  const places = found.flatMap((entry) => (typeof entry === "string" ? [] : declaredHere(entry.at)));
  return {
    name: name.text,
    nameSpan: name,
    record: textOf(cx, of.core.at),
    declaredAt: places.slice(0, records.length > 1 ? 2 : 1),
    type,
  };
};

/** A built-in property of what is no record: `text.length`, `url(x).host`, `now.hour`. */
const property = (of: Result, node: Node, cx: Context, env: Env): Result => {
  const kind = kindOf(of.type);
  const { text } = node.name;
  if (kind === "any" || kind === "mixed" || kind === "null" || kind === "never") {
    return unreadable(of, node, cx, env);
  }
  const method = propertyOf(kind, text);
  if (method !== null) {
    const zone = of.zone === undefined ? [] : [of.zone];
    const core: Expr = { kind: "method", method, of: of.core, args: zone, at: locate(cx.file, node) };
    return plain(env, foldConstant(core), PROPERTY_TYPES[method](of.type), {
      declared: PROPERTY_TYPES[method](of.declared ?? of.type),
      varies: of.varies === true,
    });
  }
  if (methodsOf(kind).includes(text)) {
    complain(cx, PARENTHESES, { name: text, missing: true, help: `write \`.${text}(…)\`` }, node.name);
    return poisoned(cx, env, node);
  }
  const all = [...propertiesOf(kind), ...methodsOf(kind)];
  reportUnknownProperty(node.name, of.type, all, cx);
  return poisoned(cx, env, node);
};

/** A value that must be narrowed before anything of it can be read. */
export const unreadable = (
  of: Result,
  node: { readonly of: ExprNode; readonly name: Name },
  cx: Context,
  env: Env,
): Result => {
  const text = textOf(cx, node.of);
  if (kindOf(of.type) === "any") complain(cx, ANY_NOT_NARROWED, { text, wanted: undefined }, node.of);
  else if (membersOf(of.type).some((part) => part.kind === "null"))
    complain(cx, MAYBE_NULL, { text }, node.of);
  else
    complain(
      cx,
      UNKNOWN_PROPERTY,
      { name: node.name.text, type: printType(of.type), near: undefined, all: [] },
      node.name,
    );
  return poisoned(cx, env, node.name);
};
