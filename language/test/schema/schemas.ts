import fc from "fast-check";
import type { Json } from "../../src/types/type.ts";

type Schema = { readonly [keyword: string]: Json };

// Not `__proto__` and what every object inherits: ajv has its own ways with them. `hostile.test.ts` has tests of these.
const NAMES = ["a", "b", "c", "x-1", "odd key"] as const;
const name = fc.constantFrom(...NAMES);
const count = fc.integer({ min: 0, max: 4 });
const bound = fc.constantFrom(-1, 0, 0.5, 1, 2, 3.5, 5);
const scalar = fc.constantFrom<Json>(null, true, false, "a", "b", "abcd", "😀", 0, 1, 1.5, 3);
const kind = fc.constantFrom("null", "boolean", "string", "number", "integer", "array", "object");

/** An object with some of these keys. */
const some = (keys: { readonly [keyword: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Schema> =>
  fc.record(keys, { requiredKeys: [] }) as fc.Arbitrary<Schema>;

const values = some({
  enum: fc.uniqueArray(
    fc.oneof({ weight: 8, arbitrary: scalar }, fc.constantFrom<Json>([1, "a"], [2], { a: 1 })),
    {
      minLength: 1,
      maxLength: 4,
      selector: (value) => JSON.stringify(value),
    },
  ),
});

const constant = fc.record({ const: fc.oneof(scalar, fc.constantFrom<Json>({ a: "a" }, [], [1, 1], {})) });

const text = some({
  minLength: count,
  maxLength: count,
  pattern: fc.constantFrom("^a", "b$", "[0-9]"),
  format: fc.constantFrom("uri", "email"),
});

const number = some({
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  multipleOf: fc.constantFrom(1, 2, 0.5),
});

const fixed = fc
  .tuple(fc.oneof(kind, fc.uniqueArray(kind, { minLength: 1, maxLength: 3 })), fc.oneof(text, number, values))
  .map(([type, more]): Schema => ({ type: type as Json, ...more }));

/** Made of entries, since an object with a key `then` looks like a promise. */
const conditional = (schema: fc.Arbitrary<Json>): fc.Arbitrary<Schema> =>
  fc
    .tuple(schema, fc.option(schema, { nil: undefined }), fc.option(schema, { nil: undefined }))
    .map((parts) =>
      Object.fromEntries(
        ["if", "then", "else"].flatMap((key, at) => (parts[at] === undefined ? [] : [[key, parts[at]]])),
      ),
    );

interface Tie {
  readonly schema: Json;
  readonly list: Schema;
  readonly record: Schema;
  readonly combined: Schema;
}

/** Definitions that every generated schema has; the last refers to itself. */
const DEFINITIONS = ["text", "pair", "tree"] as const;

const definitions: Schema = {
  text: { type: ["string", "null"], maxLength: 3 },
  pair: {
    type: "object",
    properties: { a: { $ref: "#/$defs/text" }, b: { type: "number" } },
    required: ["a"],
  },
  tree: {
    type: "object",
    properties: { a: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/tree" } } },
    additionalProperties: false,
  },
};

const reference = fc.constantFrom(...DEFINITIONS).map((to): Schema => ({ $ref: `#/$defs/${to}` }));

/** Often one alternative a kind, told apart by a constant, as real schemas do. */
const discriminated = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }).map(
  (kinds): Schema => ({
    oneOf: kinds.map((kind) => ({
      type: "object",
      properties: { kind: { const: kind }, [kind]: { type: "string" } },
      required: ["kind", kind],
    })),
  }),
);

const built = fc.letrec<Tie>((loose): fc.LetrecValue<Tie> => {
  const tie = loose as fc.LetrecTypedTie<Tie>;
  const named = fc.dictionary(name, tie("schema"), { maxKeys: 3 });
  const schemas = fc.array(tie("schema"), { minLength: 1, maxLength: 3 });
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      { weight: 6, arbitrary: fixed as fc.Arbitrary<Json> },
      fc.oneof<fc.Arbitrary<Json>[]>(
        fc.boolean(),
        fc.constant({}),
        text,
        number,
        values,
        constant,
        reference,
      ),
      { weight: 3, arbitrary: tie("record") as fc.Arbitrary<Json> },
      { weight: 2, arbitrary: tie("list") as fc.Arbitrary<Json> },
      { weight: 3, arbitrary: tie("combined") as fc.Arbitrary<Json> },
      discriminated as fc.Arbitrary<Json>,
    ),
    list: fc
      .tuple(
        fc.constantFrom<Schema>({ type: "array" }, {}),
        some({
          items: tie("schema"),
          minItems: count,
          maxItems: count,
        }),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant<Schema>({}) },
          // ajv takes some empty lists as containing something, so that none is asked about.
          some({ prefixItems: schemas, uniqueItems: fc.boolean() }),
          some({ contains: tie("schema"), minContains: count, uniqueItems: fc.boolean() }).map(
            (odd): Schema => ({ ...odd, minItems: 1 }),
          ),
        ),
      )
      .map(([type, usual, odd]): Schema => ({ ...type, ...usual, ...odd })),
    record: fc
      .tuple(
        fc.constantFrom<Schema>({ type: "object" }, { type: "object" }, {}),
        some({
          properties: named,
          required: fc.uniqueArray(name, { maxLength: 2 }),
          additionalProperties: tie("schema"),
        }),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant<Schema>({}) },
          some({
            patternProperties: fc.dictionary(fc.constantFrom("^a", ".*", "x"), tie("schema"), { maxKeys: 2 }),
            propertyNames: tie("schema"),
            minProperties: count,
            maxProperties: count,
            dependentRequired: fc.constant({ a: ["b"] }),
            unevaluatedProperties: fc.boolean(),
          }),
        ),
      )
      .map(([type, usual, odd]): Schema => ({ ...type, ...usual, ...odd })),
    combined: fc
      .tuple(
        fc.oneof(
          some({ allOf: schemas }),
          some({ anyOf: schemas }),
          some({ oneOf: schemas }),
          some({ not: tie("schema") }),
          conditional(tie("schema")),
        ),
        fc.oneof(fc.constant<Schema>({}), tie("record"), fixed, reference),
      )
      .map(([a, b]): Schema => ({ ...b, ...a })),
  };
}).schema;

/** Schemas over the keywords that this package reads, with definitions to refer to. */
export const schemaJson: fc.Arbitrary<Json> = built.map(
  (schema): Json =>
    typeof schema === "object" && schema !== null && !Array.isArray(schema)
      ? { ...(schema as Schema), $defs: definitions }
      : schema,
);
