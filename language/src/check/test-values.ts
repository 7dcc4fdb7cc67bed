import {
  MISSING_ARGUMENT,
  TYPE_MISMATCH,
  UNKNOWN_ARGUMENT,
  UNKNOWN_FIELD,
} from "../diagnostics/messages/types.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ExprNode, Name } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { fits, typeOfConstant } from "../types/constant.ts";
import { isList } from "../types/fits.ts";
import { printType } from "../types/print.ts";
import type { Json, RecordType, Type } from "../types/type.ts";
import { type Context, complain } from "./expr/context.ts";
import { membersOf } from "./expr/facts.ts";
import { declaredHere } from "./related.ts";
import { locate } from "./world.ts";

/**
 * Reports the smallest parts of a constant that do not fit: a wrong value, a name that is not declared, a field that is
 * missing (unless `isPartial`: then the outermost may leave fields out). `path` is the value's own, `input` for instance.
 */
export const reportMisfits = (
  node: ExprNode,
  value: Json,
  type: Type,
  path: string,
  cx: Context,
  isPartial: boolean,
): void => {
  const inner = node.kind === "paren" ? node.of : node;
  const record = recordFor(value, type);
  if (record !== null && inner.kind === "record" && isRecord(value)) {
    const names = new Map(inner.fields.map((field) => [field.name.text, field]));
    for (const [name, field] of names) {
      const declared =
        record.fields.get(name)?.type ?? (typeof record.rest === "string" ? null : record.rest);
      if (declared === null) reportName(field.name, record, path, cx);
      else reportMisfits(field.value, value[name] as Json, declared, `${path}.${name}`, cx, false);
    }
    if (!isPartial) reportMissing(inner, record, names, path, cx);
    return;
  }
  const [only] = membersOf(type).filter(({ kind }) => kind === "list");
  if (only?.kind === "list" && inner.kind === "list" && isList(value)) {
    const { element } = only;
    const wrong = inner.items.filter((_, at) => !fits(value[at] as Json, element));
    for (const [at, item] of inner.items.entries()) {
      if (wrong.includes(item)) reportMisfits(item, value[at] as Json, element, `${path}[${at}]`, cx, false);
    }
    if (wrong.length > 0) return;
  }
  if (fits(value, type)) return;
  const facts = {
    what: `\`${path}\``,
    expected: printType(type, { bounds: true }),
    found: printType(typeOfConstant(value)),
  };
  complain(cx, TYPE_MISMATCH, facts, node);
};

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !isList(value);

/** The record type that a value is meant to have: the only one, or the first that it fits. */
const recordFor = (value: Json, type: Type): RecordType | null => {
  const records = membersOf(type).filter((member): member is RecordType => member.kind === "record");
  if (records.length === 1) return records[0] ?? null;
  return records.find((record) => fits(value, record)) ?? null;
};

const reportName = (name: Name, record: RecordType, path: string, cx: Context): void => {
  // A record that declares nothing takes what it is given.
  if (record.fields.size === 0 && record.rest !== "closed" && path !== "context" && path !== "resource")
    return;
  const known = [...record.fields.keys()];
  const near = suggest(name.text, known);
  const fixes = near === undefined ? [] : [replaceFix(locate(cx.file, name), near)];
  if (path === "input")
    complain(cx, UNKNOWN_ARGUMENT, { name: name.text, near, known, elsewhere: false }, name, { fixes });
  else complain(cx, UNKNOWN_FIELD, { name: name.text, record: path, near, known }, name, { fixes });
};

const reportMissing = (
  node: Span,
  record: RecordType,
  given: ReadonlyMap<string, unknown>,
  path: string,
  cx: Context,
): void => {
  const missing = [...record.fields].filter(([name, field]) => !field.optional && !given.has(name));
  if (missing.length === 0) return;
  const fields = missing.map(([name, field]) => `${name}: ${printType(field.type)}`);
  const related = missing.flatMap(([, field]) => declaredHere(field.at)).slice(0, 2);
  complain(cx, MISSING_ARGUMENT, { path, fields }, node, { related });
};
