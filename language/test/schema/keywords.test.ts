import { describe, expect, it } from "vitest";
import { readJson } from "../../src/schema/json.ts";
import { inputFromSchema, typeFromSchema } from "../../src/schema/schema.ts";
import { printType } from "../../src/types/print.ts";
import type { Json } from "../../src/types/type.ts";

const read = (schema: Json) => {
  const { root } = readJson(JSON.stringify(schema));
  const { type, widenings } = typeFromSchema(root!, { file: "s.json", tool: "t" });
  return {
    type: printType(type, { full: true, bounds: true }),
    widened: widenings.map(({ path, keyword }) => `${path} ${keyword}`.trim()),
  };
};

const object = (properties: Json, more: { readonly [keyword: string]: Json } = {}): Json => ({
  type: "object",
  properties,
  ...more,
});

const text = { type: "string" };
const number = { type: "number" };

/** Made of entries, since an object with a key `then` looks like a promise. */
const conditional = (...schemas: readonly Json[]): Json =>
  Object.fromEntries(schemas.map((schema, at) => [["if", "then", "else"][at], schema])) as Json;

/** Name, schema, its type, and where that is wider than the schema. */
type Case = readonly [string, Json, string, (readonly string[])?];

const kinds: readonly Case[] = [
  ["true", true, "any"],
  ["false", false, "never"],
  ["{}", {}, "any"],
  [
    "annotations alone",
    { title: "T", description: "d", examples: [1], $comment: "c", deprecated: true },
    "any",
  ],
  ["type", text, "string"],
  ["integer", { type: "integer" }, "integer"],
  ["type array", { type: ["string", "null"] }, "string | null"],
  ["integer beside number", { type: ["integer", "number"] }, "number"],
  ["every type", { type: ["string", "number", "boolean", "array", "object", "null"] }, "any"],
  ["nullable", { type: "string", nullable: true }, "string | null"],
  ["nullable reference", { $ref: "#/$defs/a", nullable: true, $defs: { a: text } }, "string | null"],
  ["unknown type", { type: "float" }, "any", ["# type"]],
  ["keyword without type", { minLength: 2 }, "string(2..) | number | boolean | any[] | { *: any } | null"],
  ["enum", { enum: ["a", 1, null, true] }, '"a" | 1 | null | true'],
  ["enum within type", { type: "string", enum: ["a", 1], minLength: 1 }, '"a"'],
  ["enum outside of bounds", { type: "string", enum: ["a"], minLength: 2 }, "never"],
  ["empty enum", { enum: [] }, "never"],
  ["enum of lists", { enum: [[1, 2]] }, "(1 | 2)[](2..2)", ["# enum"]],
  ["const", { const: "a" }, '"a"'],
  ["const record", { const: { a: [1] } }, "{ a: 1[](1..1) }"],
  ["lengths", { type: "string", minLength: 1, maxLength: 3 }, "string(1..3)"],
  ["lengths that exclude each other", { type: "string", minLength: 3, maxLength: 1 }, "never"],
  [
    "pattern and format",
    { type: "string", pattern: "^a", format: "uri" },
    "string",
    ["# pattern", "# format"],
  ],
  ["bounds", { type: "number", minimum: 0, exclusiveMaximum: 1 }, "number(0..)(<1)"],
  [
    "bounds of draft 4",
    { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    "number(..9)(>0)",
  ],
  ["the stricter of two bounds", { type: "number", minimum: 5, exclusiveMinimum: 1 }, "number(5..)"],
  ["multiples", { type: "number", multipleOf: 0.5 }, "number", ["# multipleOf"]],
  ["multiples of one", { type: "number", multipleOf: 1 }, "integer"],
  ["multiples of a whole number", { type: "number", multipleOf: 5 }, "integer", ["# multipleOf"]],
  ["a bound that is no number", { type: "number", minimum: "1" }, "number", ["# minimum"]],
  ["what is no schema", { type: "object", properties: { a: 1 } }, "{ a?: any }", ["#/properties/a schema"]],
];

const lists: readonly Case[] = [
  ["list", { type: "array" }, "any[]"],
  ["items", { type: "array", items: text, minItems: 1, maxItems: 5 }, "string[](1..5)"],
  ["items false", { type: "array", items: false }, "never[](..0)"],
  [
    "prefixItems",
    { type: "array", prefixItems: [text, number], items: false },
    "(string | number)[](..2)",
    ["# prefixItems"],
  ],
  ["prefixItems, open", { type: "array", prefixItems: [text] }, "any[]", ["# prefixItems"]],
  [
    "items as a list",
    { type: "array", items: [text], additionalItems: number },
    "(string | number)[]",
    ["# items"],
  ],
  ["uniqueItems", { type: "array", items: text, uniqueItems: true }, "string[]", ["# uniqueItems"]],
  ["contains", { type: "array", items: text, contains: { const: "a" } }, "string[](1..)", ["# contains"]],
  ["contains none", { type: "array", contains: text, minContains: 0 }, "any[]", ["# contains"]],
  [
    "unevaluatedItems",
    { type: "array", items: text, unevaluatedItems: false },
    "string[]",
    ["# unevaluatedItems"],
  ],
];

const records: readonly Case[] = [
  ["free form", { type: "object" }, "{ *: any }"],
  ["free form: says nothing of properties", { type: "object" }, "{ *: any }"],
  ["says that there are no properties", object({}), "{}"],
  ["closed", object({ a: text }, { additionalProperties: false }), "{ a?: string }"],
  ["closed and empty", { type: "object", additionalProperties: false }, "{}"],
  ["required", object({ a: text }, { required: ["a"] }), "{ a: string }"],
  ["required but not declared", object({}, { required: ["a"] }), "{ a: any }"],
  ["required and forbidden", object({}, { required: ["a"], additionalProperties: false }), "never"],
  ["rest", object({ a: text }, { additionalProperties: number }), "{ a?: string, *: number }"],
  ["rest of anything", object({ a: text }, { additionalProperties: {} }), "{ a?: string, *: any }"],
  [
    "required of the rest",
    object({}, { required: ["a"], additionalProperties: number }),
    "{ a: number, *: number }",
  ],
  [
    "patternProperties",
    { type: "object", patternProperties: { "^x": text }, additionalProperties: false },
    "{ *: string }",
    ["# patternProperties"],
  ],
  [
    "patternProperties of two kinds",
    { type: "object", patternProperties: { "^x": text, "^y": number }, additionalProperties: false },
    "{ *: string | number }",
    ["# patternProperties"],
  ],
  [
    "patternProperties beside a rest",
    { type: "object", patternProperties: { "^x": text }, additionalProperties: number },
    "{ *: string | number }",
    ["# patternProperties"],
  ],
  ["patternProperties of all names", { type: "object", patternProperties: { ".*": text } }, "{ *: string }"],
  ["propertyNames", { type: "object", propertyNames: { maxLength: 3 } }, "{ *: any }", ["# propertyNames"]],
  [
    "propertyNames of text",
    { type: "object", propertyNames: text, additionalProperties: number },
    "{ *: number }",
  ],
  [
    "propertyNames from a list",
    { type: "object", propertyNames: { enum: ["a", "b"] }, additionalProperties: number },
    "{ a?: number, b?: number }",
  ],
  [
    "counts of fields",
    { type: "object", minProperties: 1, maxProperties: 2 },
    "{ *: any }",
    ["# minProperties", "# maxProperties"],
  ],
  [
    "dependentRequired",
    object({ a: text }, { dependentRequired: { a: ["b"] } }),
    "{ a?: string }",
    ["# dependentRequired"],
  ],
  ["unevaluatedProperties alone", object({ a: text }, { unevaluatedProperties: false }), "{ a?: string }"],
  [
    "unevaluatedProperties beside others",
    object({ a: text }, { allOf: [object({ b: text })], unevaluatedProperties: false }),
    "{ a?: string, b?: string }",
    ["# unevaluatedProperties"],
  ],
  ["a field that must not be there", object({ a: false }), "{ a?: never }"],
];

const combined: readonly Case[] = [
  [
    "allOf",
    { allOf: [object({ a: text }, { required: ["a"] }), object({ b: number })] },
    "{ a: string, b?: number }",
  ],
  ["allOf of what excludes each other", { allOf: [text, number] }, "never"],
  [
    "allOf with a closed one",
    { allOf: [object({ a: text }), object({ b: text }, { additionalProperties: false })] },
    "{ a?: never, b?: string }",
  ],
  ["anyOf", { anyOf: [text, { type: "null" }] }, "string | null"],
  [
    "anyOf of required fields",
    object({ a: text, b: text }, { anyOf: [{ required: ["a"] }, { required: ["b"] }] }),
    "{ a: string, b?: string } | { a?: string, b: string }",
  ],
  [
    "oneOf, told apart",
    {
      oneOf: [
        object({ k: { const: "a" } }, { required: ["k"] }),
        object({ k: { const: "b" } }, { required: ["k"] }),
      ],
    },
    '{ k: "a" } | { k: "b" }',
  ],
  [
    "oneOf, not told apart",
    { oneOf: [object({ a: text }), object({ b: text })] },
    "{ a?: string } | { b?: string }",
    ["# oneOf"],
  ],
  ["not", { type: "string", not: { const: "a" } }, "string", ["# not"]],
  ["not anything", { not: {} }, "never"],
  ["if", conditional({ minLength: 3 }, { maxLength: 5 }), "any", ["# if"]],
  [
    "if with both outcomes",
    conditional(text, { minLength: 1 }, { type: "null" }),
    "string(1..) | null",
    ["# if"],
  ],
];

const references: readonly Case[] = [
  ["$defs", { $ref: "#/$defs/a", $defs: { a: text } }, "string"],
  ["definitions", { $ref: "#/definitions/a", definitions: { a: text } }, "string"],
  ["a reference and more", { $ref: "#/$defs/a", maxLength: 2, $defs: { a: text } }, "string(..2)"],
  [
    "a reference in draft 7 stands alone",
    {
      $schema: "http://json-schema.org/draft-07/schema#",
      $ref: "#/definitions/a",
      maxLength: 2,
      definitions: { a: text },
    },
    "string",
    ["# $ref"],
  ],
  ["into properties", object({ a: text, b: { $ref: "#/properties/a" } }), "{ a?: string, b?: string }"],
  ["escaped names", { $ref: "#/$defs/a~1b%20c~0", $defs: { "a/b c~": text } }, "string"],
  ["into a list", { anyOf: [text, { $ref: "#/anyOf/0" }] }, "string"],
  ["$anchor", { $ref: "#there", $defs: { a: { $anchor: "there", type: "string" } } }, "string"],
  [
    "$id",
    { $id: "https://x.example/root", $ref: "a.json", $defs: { a: { $id: "a.json", type: "string" } } },
    "string",
  ],
  [
    "a pointer within an $id",
    { $ref: "sub#/$defs/b", $defs: { a: { $id: "sub", $defs: { b: number } } } },
    "number",
  ],
  [
    "the base of an $id",
    object({ a: { $id: "sub", $ref: "#/$defs/b", $defs: { b: number } } }, { $defs: { b: text } }),
    "{ a?: number }",
  ],
  ["an $id that is an anchor", { $ref: "#a", definitions: { a: { $id: "#a", type: "string" } } }, "string"],
  ["an $id in a value is none", { $ref: "sub", const: { $id: "sub" } }, '{ "$id": "sub" }', ["# $ref"]],
  ["nothing there", { $ref: "#/$defs/none" }, "any", ["# $ref"]],
  ["another document", { $ref: "https://x.example/other.json" }, "any", ["# $ref"]],
  ["broken escapes", { $ref: "#/$defs/%E0%A4%A" }, "any", ["# $ref"]],
  ["not even text", { $ref: 1 }, "any", ["# $ref"]],
  ["to itself", { $ref: "#" }, "any", ["# $ref"]],
  [
    "recursion",
    { $ref: "#/$defs/tree", $defs: { tree: object({ next: { $ref: "#/$defs/tree" } }) } },
    "{ next?: any }",
    ["#/$defs/tree/properties/next $ref"],
  ],
  ["dynamic", { $dynamicRef: "#a" }, "any", ["# $dynamicRef"]],
];

describe.each([
  ["kinds", kinds],
  ["lists", lists],
  ["records", records],
  ["combined schemas", combined],
  ["references", references],
])("%s", (_, cases) => {
  it.each(cases.map((one) => [one[0], one] as const))("%s", (_name, [, schema, type, widened = []]) => {
    expect(read(schema)).toEqual({ type, widened });
  });
});

describe("undeclared fields", () => {
  const rest = (schema: Json) => {
    const { root } = readJson(JSON.stringify(schema));
    const { type } = typeFromSchema(root!, { file: "s.json", tool: "t" });
    return type.kind === "record" ? type.rest : null;
  };

  it("are hidden beside declared ones, any where nothing is declared, otherwise what the schema says", () => {
    expect(rest(object({ a: text }))).toBe("hidden");
    expect(rest({ type: "object" })).toEqual({ kind: "any" });
    expect(rest(object({}))).toBe("hidden");
    expect(rest(object({ a: text }, { additionalProperties: true }))).toEqual({ kind: "any" });
    expect(rest(object({ a: text }, { additionalProperties: false }))).toBe("closed");
    expect(rest({ allOf: [object({ a: text }), { type: "object" }] })).toBe("hidden");
  });
});

describe("fields", () => {
  const fieldsOf = (schema: Json) => {
    const { root } = readJson(JSON.stringify(schema));
    return inputFromSchema(root!, { file: "s.json", tool: "t" }).input!.fields;
  };

  it("carry description, default and format", () => {
    const a = { type: "string", description: "where", default: "x", format: "uri" };
    expect(fieldsOf(object({ a })).get("a")).toMatchObject({ doc: "where", default: "x", format: "uri" });
  });

  it("find them behind a reference and beside null", () => {
    const schema = object(
      {
        a: { $ref: "#/$defs/u" },
        b: { anyOf: [{ $ref: "#/$defs/u" }, { type: "null" }], description: "own" },
      },
      { $defs: { u: { type: "string", format: "uri", description: "far" } } },
    );
    expect(fieldsOf(schema).get("a")).toMatchObject({ doc: "far", format: "uri" });
    expect(fieldsOf(schema).get("b")).toMatchObject({ doc: "own", format: "uri" });
  });
});

describe("a tool's arguments", () => {
  const input = (schema: Json) => {
    const { root } = readJson(JSON.stringify(schema));
    const found = inputFromSchema(root!, { file: "s.json", tool: "t" });
    return [
      found.input === null ? null : printType(found.input),
      found.widenings.map(({ keyword }) => keyword),
    ];
  };

  it("are one record, also where the schema has alternatives", () => {
    const a = object({ k: { const: "a" }, x: text }, { required: ["k", "x"], additionalProperties: false });
    const b = object({ k: { const: "b" }, y: text }, { required: ["k", "y"], additionalProperties: false });
    expect(input({ oneOf: [a, b] })).toEqual(['{ k: "a" | "b", x?: string, y?: string }', ["oneOf"]]);
    expect(input({ type: ["object", "null"], properties: { a: text } })).toEqual(["{ a?: string }", []]);
    expect(input(true)).toEqual(["{ *: any }", []]);
    expect(input({})).toEqual(["{ *: any }", []]);
    expect(input(text)).toEqual([null, []]);
  });
});
