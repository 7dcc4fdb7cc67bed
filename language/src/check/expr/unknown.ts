import type { Fix } from "../../diagnostics/diagnostic.ts";
import { UNKNOWN_ARGUMENT, UNKNOWN_FIELD, UNKNOWN_PROPERTY } from "../../diagnostics/messages/types.ts";
import { replaceFix } from "../../diagnostics/replace.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Name } from "../../syntax/ast.ts";
import { printType } from "../../types/print.ts";
import type { Type } from "../../types/type.ts";
import { declaredHere } from "../related.ts";
import { locate } from "../world.ts";
import { type Context, complain, complainEverywhere } from "./context.ts";
import { membersOf } from "./facts.ts";

/**
 * Reports an argument that the tool under check does not declare. Where another tool of the subject does, the name is
 * right and `guard` is what to do; else the nearest name of any tool is offered.
 */
export const reportUnknownArgument = (
  name: Name,
  cx: Context,
  options: { readonly everywhere?: boolean; readonly guard?: readonly Fix[] } = {},
): void => {
  if (isMissing(name)) return;
  const known = fieldNames(cx.inputs());
  const elsewhere = known.includes(name.text);
  const near = elsewhere ? undefined : (difference(name.text, known) ?? suggest(name.text, known));
  const fixes = elsewhere ? (options.guard ?? []) : replacing(name, near, cx);
  const related = cx.tool === null || cx.tool === "unknown" ? [] : declaredHere(cx.tool.at);
  const facts = {
    name: name.text,
    near,
    known: cx.input === null ? known : fieldNames([cx.input]),
    elsewhere,
  };
  if (options.everywhere === true) complainEverywhere(cx, UNKNOWN_ARGUMENT, facts, name, { fixes, related });
  else complain(cx, UNKNOWN_ARGUMENT, facts, name, { fixes, related });
};

/** `amount - 3` where `amount-3` is written, which is one name. */
const difference = (text: string, known: readonly string[]): string | undefined => {
  const whole = known.find((field) => text.startsWith(`${field}-`));
  return whole === undefined ? undefined : `${whole} - ${text.slice(whole.length + 1)}`;
};

/** Whether there is no name after the dot, which the parser has said. */
const isMissing = ({ text, quoted }: Name): boolean => text === "" && quoted !== true;

/** How other languages call the properties and methods that are here. */
const HABITS: Readonly<Record<string, string>> = {
  includes: "contains",
  some: "any",
  every: "all",
  size: "length",
  len: "length",
  toLowerCase: "lower",
  lowercase: "lower",
  hostname: "host",
  protocol: "scheme",
  pathname: "path",
};

/** Reports a property or method that a value does not have; `all` are those that it has. */
export const reportUnknownProperty = (name: Name, type: Type, all: readonly string[], cx: Context): void => {
  const habit = Object.hasOwn(HABITS, name.text) ? HABITS[name.text] : undefined;
  const near = habit !== undefined && all.includes(habit) ? habit : suggest(name.text, all);
  const facts = { name: name.text, type: printType(type), near, all };
  complain(cx, UNKNOWN_PROPERTY, facts, name, { fixes: replacing(name, near, cx) });
};

/** Reports a field that a record, or none of a union's records, declares. `record` is its text. */
export const reportUnknownField = (name: Name, record: string, type: Type, cx: Context): void => {
  if (isMissing(name)) return;
  const known = fieldNames(membersOf(type));
  const near = suggest(name.text, known);
  complain(cx, UNKNOWN_FIELD, { name: name.text, record, near, known }, name, {
    fixes: replacing(name, near, cx),
  });
};

const replacing = (name: Name, near: string | undefined, cx: Context): readonly Fix[] =>
  near === undefined ? [] : [replaceFix(locate(cx.file, name), near)];

const fieldNames = (types: readonly Type[]): readonly string[] => [
  ...new Set(types.flatMap((type) => (type.kind === "record" ? [...type.fields.keys()] : []))),
];
