import { expect, test } from "vitest";
import { fieldsOf } from "../src/trial/page/schema.ts";

const shapes = (schema: Parameters<typeof fieldsOf>[0]) =>
  Object.fromEntries(
    fieldsOf(schema).map(({ name, required, hint, shape }) => [name, { required, hint, shape }]),
  );

test("each kind of argument has a field of its own", () => {
  expect(
    shapes({
      type: "object",
      required: ["amount", "to"],
      properties: {
        amount: { type: "number", minimum: 1 },
        to: { type: "array", items: { type: "string" } },
        urgent: { type: "boolean" },
        kind: { enum: ["a", 2, null] },
        at: { type: "string", format: "date-time" },
        where: { type: "object", properties: { city: { type: "string" } } },
        many: { type: "array", items: { type: "object" } },
      },
    }),
  ).toEqual({
    amount: { required: true, hint: "number from 1", shape: { kind: "number", integer: false } },
    to: { required: true, hint: "array", shape: { kind: "texts" } },
    urgent: { required: false, hint: "boolean", shape: { kind: "flag" } },
    kind: { required: false, hint: "", shape: { kind: "choice", values: ["a", 2, null] } },
    at: { required: false, hint: "string (date-time)", shape: { kind: "text", long: false } },
    where: {
      required: false,
      hint: "object",
      shape: {
        kind: "record",
        fields: [
          { name: "city", required: false, doc: null, hint: "string", shape: { kind: "text", long: false } },
        ],
      },
    },
    many: { required: false, hint: "array", shape: { kind: "json" } },
  });
});

test("a choice between constants is a choice, a reference is followed, one to itself is written as JSON", () => {
  expect(
    shapes({
      type: "object",
      properties: {
        side: { anyOf: [{ const: "buy" }, { const: "sell" }] },
        size: { $ref: "#/$defs/size" },
        tree: { $ref: "#/$defs/tree" },
      },
      $defs: {
        size: { type: "integer" },
        tree: { type: "object", properties: { next: { $ref: "#/$defs/tree" } } },
      },
    }),
  ).toMatchObject({
    side: { shape: { kind: "choice", values: ["buy", "sell"] } },
    size: { shape: { kind: "number", integer: true } },
    tree: { shape: { kind: "json" } },
  });
});

test("what is no schema of an object has no fields", () => {
  for (const schema of [{}, true, null, [], { type: "object" }, { properties: 5 }]) {
    expect(fieldsOf(schema)).toEqual([]);
  }
});
