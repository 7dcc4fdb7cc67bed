import type { Field, RecordType, Type } from "./type.ts";

const keys = new WeakMap<Type, string>();

/**
 * A canonical text of a type: two types have the same key exactly if they are the same type (`sameType`). What only
 * documents (descriptions, places, defaults, formats) is left out; fields and members are sorted. The key of an object
 * is computed once, so grouping many tools by the same types is cheap.
 */
export const typeKey = (type: Type): string => {
  const known = keys.get(type);
  if (known !== undefined) return known;
  const key = write(type);
  keys.set(type, key);
  return key;
};

const write = (type: Type): string => {
  switch (type.kind) {
    case "literal":
      return JSON.stringify(type.value);
    case "string":
      return `string${bound("<", type.minLength)}${bound(">", type.maxLength)}`;
    case "number":
      return [
        type.integer ? "integer" : "number",
        bound("<", type.minimum),
        bound(">", type.maximum),
        bound("<<", type.exclusiveMinimum),
        bound(">>", type.exclusiveMaximum),
      ].join("");
    case "list":
      return `[${typeKey(type.element)}${bound("<", type.minItems)}${bound(">", type.maxItems)}]`;
    case "record":
      return writeRecord(type);
    case "union":
      return `(${type.members.map(typeKey).sort().join("|")})`;
    case "opaque":
      return `@${type.name}`;
    default:
      return type.kind;
  }
};

const bound = (sign: string, value: number | undefined): string =>
  value === undefined ? "" : `${sign}${value}`;

const writeRecord = (type: RecordType): string => {
  const fields = [...type.fields].map(([name, field]) => writeField(name, field)).sort();
  return `{${fields.join(",")};${typeof type.rest === "string" ? type.rest : `*${typeKey(type.rest)}`}}`;
};

const writeField = (name: string, field: Field): string =>
  `${JSON.stringify(name)}${field.optional ? "?" : ""}:${typeKey(field.type)}`;
