import type { Json } from "../../protocol.ts";

/** What a field of the form is for, from its JSON Schema. What has no field of its own is written as JSON. */
export type Shape =
  | { readonly kind: "choice"; readonly values: readonly Json[] }
  | { readonly kind: "text"; readonly long: boolean }
  | { readonly kind: "number"; readonly integer: boolean }
  | { readonly kind: "flag" }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  | { readonly kind: "texts" }
  | { readonly kind: "json" };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly doc: string | null;
  /** A type in a word or two. */
  readonly hint: string;
  readonly shape: Shape;
}

type Schema = Readonly<Record<string, Json>>;

export const schemaFrom = (value: Json | undefined): Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};

/** The fields of an object schema; none where it names none. */
export function fieldsOf(value: Json | undefined, root: Schema = schemaFrom(value)): readonly Field[] {
  const schema = resolved(schemaFrom(value), root);
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schemaFrom(schema.properties)).map(([name, property]) => {
    const of = resolved(schemaFrom(property), root);
    return {
      name,
      required: required.includes(name),
      doc: typeof of.description === "string" ? of.description : null,
      hint: hintOf(of),
      shape: shapeOf(of, root),
    };
  });
}

function shapeOf(schema: Schema, root: Schema): Shape {
  const values = constantsOf(schema);
  if (values) return { kind: "choice", values };
  switch (schema.type) {
    case "string":
      return { kind: "text", long: Number(schema.maxLength ?? 0) > 200 };
    case "number":
    case "integer":
      return { kind: "number", integer: schema.type === "integer" };
    case "boolean":
      return { kind: "flag" };
    case "array":
      return resolved(schemaFrom(schema.items), root).type === "string" &&
        !constantsOf(resolved(schemaFrom(schema.items), root))
        ? { kind: "texts" }
        : { kind: "json" };
    case "object": {
      const fields = fieldsOf(schema, root);
      return fields.length === 0 ? { kind: "json" } : { kind: "record", fields };
    }
    default:
      return { kind: "json" };
  }
}

/** The values of an `enum`, of a `const`, and of a choice between constants. */
function constantsOf(schema: Schema): readonly Json[] | null {
  if (Array.isArray(schema.enum)) return schema.enum;
  if (schema.const !== undefined) return [schema.const];
  const options = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(options) || options.length === 0) return null;
  const all = options.map((option) => constantsOf(schemaFrom(option)));
  return all.every((values) => values !== null) ? all.flat() : null;
}

function hintOf(schema: Schema): string {
  const { type, minimum, maximum, format } = schema;
  const name = Array.isArray(type) ? type.join(" or ") : typeof type === "string" ? type : "";
  const range = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ];
  return [name, ...(typeof format === "string" ? [`(${format})`] : []), ...range].join(" ");
}

/** Follows a reference within the schema, once: what refers to itself is written as JSON. */
function resolved(schema: Schema, root: Schema): Schema {
  const { $ref } = schema;
  if (typeof $ref !== "string" || !$ref.startsWith("#/")) return schema;
  const found = $ref
    .slice(2)
    .split("/")
    .reduce<Json | undefined>(
      (at, part) => schemaFrom(at)[part.replaceAll("~1", "/").replaceAll("~0", "~")],
      root,
    );
  const target = schemaFrom(found);
  return JSON.stringify(target).includes(JSON.stringify($ref))
    ? {}
    : { ...target, ...(schema.description !== undefined && { description: schema.description }) };
}
