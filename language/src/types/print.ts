import type { Field, ListType, NumberType, RecordType, StringType, Type } from "./type.ts";

/** How much to print. */
export interface PrintOptions {
  /** Everything, however long. Otherwise long unions, wide records and deep ones are shortened with `…`. */
  readonly full?: boolean;
  /** With ranges, lengths and counts, which the language itself has no words for: `integer(1..100)`. */
  readonly bounds?: boolean;
}

/**
 * A type as the language writes it: `"a" | "b"`, `string[]`, `{ to: string, cc?: string[] }`. Fields of any other name
 * are written `*: TYPE`. Shortened to fit into a message unless `full` is asked for.
 */
export const printType = (type: Type, options: PrintOptions = {}): string => print(type, options, 0);

const MOST_MEMBERS = 8;
const MOST_FIELDS = 8;
const DEEPEST = 3;

const print = (type: Type, options: PrintOptions, depth: number): string => {
  switch (type.kind) {
    case "literal":
      return printLiteral(type.value, options);
    case "string":
      return `string${options.bounds ? bounds(type) : ""}`;
    case "number":
      return `${type.integer ? "integer" : "number"}${options.bounds ? bounds(type) : ""}`;
    case "list": {
      const element = print(type.element, options, depth);
      const counts = options.bounds ? bounds(type) : "";
      return `${type.element.kind === "union" ? `(${element})` : element}[]${counts}`;
    }
    case "record":
      return printRecord(type, options, depth);
    case "union":
      return shorten(type.members, MOST_MEMBERS, options)
        .map((member) => (member === null ? "…" : print(member, options, depth)))
        .join(" | ");
    case "opaque":
      return type.name;
    default:
      return type.kind;
  }
};

const LONGEST_TEXT = 60;

const printLiteral = (value: string | number | boolean, options: PrintOptions): string =>
  typeof value === "string" && value.length > LONGEST_TEXT && options.full !== true
    ? JSON.stringify(`${value.slice(0, LONGEST_TEXT)}…`)
    : JSON.stringify(value);

const printRecord = (type: RecordType, options: PrintOptions, depth: number): string => {
  const fields = [...type.fields];
  if (fields.length > 0 && depth >= DEEPEST && options.full !== true) return "{ … }";
  const parts = shorten(fields, MOST_FIELDS, options).map((entry) =>
    entry === null ? "…" : printField(entry, options, depth + 1),
  );
  if (typeof type.rest !== "string") parts.push(`*: ${print(type.rest, options, depth + 1)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
};

const printField = ([name, field]: readonly [string, Field], options: PrintOptions, depth: number): string =>
  `${printName(name)}${field.optional ? "?" : ""}: ${print(field.type, options, depth)}`;

/** A name as the language writes it: quoted where it is not a plain one. */
export const printName = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/.test(name) ? name : JSON.stringify(name);

/** The first of many, and `null` for the rest. */
const shorten = <T>(all: readonly T[], most: number, options: PrintOptions): readonly (T | null)[] =>
  options.full === true || all.length <= most ? all : [...all.slice(0, most - 2), null];

const bounds = (type: StringType | NumberType | ListType): string => {
  if (type.kind === "string") return range(type.minLength, type.maxLength);
  if (type.kind === "list") return range(type.minItems, type.maxItems);
  const more = [
    type.exclusiveMinimum === undefined ? "" : `>${type.exclusiveMinimum}`,
    type.exclusiveMaximum === undefined ? "" : `<${type.exclusiveMaximum}`,
  ].filter((text) => text !== "");
  return `${range(type.minimum, type.maximum)}${more.length === 0 ? "" : `(${more.join(" ")})`}`;
};

const range = (low: number | undefined, high: number | undefined): string =>
  low === undefined && high === undefined ? "" : `(${low ?? ""}..${high ?? ""})`;
