import type { Field, Json, RecordType, Type } from "../types/type.ts";

type JsonObject = { readonly [key: string]: Json };

/** The JSON Schema (2020-12) of a type; for tools declared in place, whose fingerprints and forms need one. */
export const schemaOf = (type: Type): JsonObject => {
  switch (type.kind) {
    case "literal":
      return { const: type.value };
    case "null":
    case "boolean":
      return { type: type.kind };
    case "string":
      return { type: "string", ...bounds({ minLength: type.minLength, maxLength: type.maxLength }) };
    case "number": {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = type;
      const range = bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum });
      return { type: type.integer ? "integer" : "number", ...range };
    }
    case "list": {
      const { minItems, maxItems } = type;
      return { type: "array", items: schemaOf(type.element), ...bounds({ minItems, maxItems }) };
    }
    case "record":
      return recordSchema(type);
    case "union":
      return unionSchema(type.members);
    default:
      return {};
  }
};

const bounds = (given: { readonly [name: string]: number | undefined }): JsonObject =>
  Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );

const recordSchema = (type: RecordType): JsonObject => {
  const properties = [...type.fields].map(([name, field]) => [name, fieldSchema(field)] as const);
  const required = [...type.fields].filter(([, { optional }]) => !optional).map(([name]) => name);
  const { rest } = type;
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    ...(rest === "hidden" ? {} : { additionalProperties: rest === "closed" ? false : schemaOf(rest) }),
  };
};

const fieldSchema = (field: Field): JsonObject => ({
  ...schemaOf(field.type),
  ...(field.doc === undefined ? {} : { description: field.doc }),
});

const unionSchema = (members: readonly Type[]): JsonObject => {
  const values = members.flatMap((member) => (member.kind === "literal" ? [member.value] : []));
  return values.length === members.length ? { enum: values } : { anyOf: members.map(schemaOf) };
};
