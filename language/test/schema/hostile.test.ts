import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/schema/catalogue.ts";
import { fits } from "../../src/types/constant.ts";
import { printType } from "../../src/types/print.ts";
import { typeKey } from "../../src/types/relate.ts";
import type { Json } from "../../src/types/type.ts";

const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

/** Whoever falls for one of these inputs does not end while anybody waits; however slow the machine, the others do. */
const read = (text: string) => readCatalogue(text, "c.json");
const PATIENT = { timeout: 600_000 };

const tool = (name: string, inputSchema: unknown) => ({ name, inputSchema });
const catalogue = (...tools: readonly unknown[]) => JSON.stringify({ tools });

describe("names that every object inherits", () => {
  it.each(INHERITED)("%s is a tool, an argument and a definition like any other", (name) => {
    const text = `{"tools":[{"name":${JSON.stringify(name)},"inputSchema":{"type":"object",
      "properties":{${JSON.stringify(name)}:{"$ref":"#/$defs/${name}"}},"required":[${JSON.stringify(name)}],
      "$defs":{${JSON.stringify(name)}:{"type":"string"}}}}]}`;
    const { tools, diagnostics, widenings } = readCatalogue(text, "c.json");
    expect(diagnostics).toEqual([]);
    expect(widenings).toEqual([]);
    expect(tools[0]?.name).toBe(name);
    expect(printType(tools[0]!.input)).toBe(`{ ${name}: string }`);
    expect(Object.hasOwn((tools[0]!.schema as { properties: object }).properties, name)).toBe(true);
    expect(fits({}, tools[0]!.input)).toBe(false);
    expect(fits(JSON.parse(`{${JSON.stringify(name)}:"x"}`) as Json, tools[0]!.input)).toBe(true);
  });

  it("do nothing as keywords, and no reference finds them where they are not", () => {
    const text = `{"tools":[{"name":"a","inputSchema":{"__proto__":{"type":"string"},"constructor":1,"properties":{"x":{"$ref":"#/toString"}}}}]}`;
    const { tools, widenings } = readCatalogue(text, "c.json");
    expect(printType(tools[0]!.input)).toBe("{ x?: any }");
    expect(widenings.map(({ keyword }) => keyword)).toEqual(["$ref"]);
    expect(({} as { type?: unknown }).type).toBeUndefined();
  });

  it("are no hints and no shape", () => {
    expect(readCatalogue('{"__proto__":{"tools":[]}}', "c.json").diagnostics).toHaveLength(1);
    const { tools } = readCatalogue(
      '[{"name":"a","annotations":{"__proto__":{"readOnlyHint":true}}}]',
      "c.json",
    );
    expect(tools[0]?.hints).toEqual({});
  });
});

describe("size", PATIENT, () => {
  it("reads ten thousand tools", () => {
    const schema = {
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: 3 }, (_, at) => [`field${at}`, { type: "string" }]),
      ),
    };
    const { tools } = read(catalogue(...Array.from({ length: 10_000 }, (_, at) => tool(`t${at}`, schema))));
    expect(tools).toHaveLength(10_000);
    expect(new Set(tools.map(({ input }) => typeKey(input))).size).toBe(1);
  });

  it("reads schemas two hundred levels deep to their end", () => {
    let schema: unknown = { type: "string" };
    for (let depth = 0; depth < 200; depth += 1) schema = { type: "object", properties: { a: schema } };
    const { tools, widenings } = read(catalogue(tool("a", schema)));
    expect(widenings).toEqual([]);
    expect(printType(tools[0]!.input, { full: true })).toContain("a?: string");
  });

  it("cuts deeper ones, and refuses what is deeper than any reader likes", () => {
    let schema: unknown = { type: "string" };
    for (let depth = 0; depth < 400; depth += 1) schema = { type: "object", properties: { a: schema } };
    expect(read(catalogue(tool("a", schema))).widenings).toMatchObject([{ keyword: "schema" }]);
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
      ["[", ""],
    ] as const) {
      const deep = read(open.repeat(100_000) + close.repeat(100_000));
      expect(deep.diagnostics.map(({ label }) => label)).toEqual(["nested more than 2000 levels deep"]);
    }
  });

  it("gives up on values without end", () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `value ${at}`);
    const { tools, widenings } = read(
      catalogue(tool("a", { type: "object", properties: { a: { type: "string", enum: many } } })),
    );
    expect(printType(tools[0]!.input)).toBe("{ a?: string }");
    expect(widenings.map(({ keyword }) => keyword)).toContain("enum");
  });

  it("reads a value of ten megabytes", () => {
    const description = "x".repeat(10_000_000);
    expect(read(catalogue({ name: "a", description })).tools[0]?.doc).toHaveLength(10_000_000);
  });
});

describe("explosions", PATIENT, () => {
  const definitions = (make: (next: { $ref: string }) => unknown, depth: number) => ({
    type: "object",
    properties: { a: { $ref: "#/$defs/d0" } },
    $defs: Object.fromEntries(
      Array.from({ length: depth }, (_, at) => [
        `d${at}`,
        at + 1 === depth ? { type: "string" } : make({ $ref: `#/$defs/d${at + 1}` }),
      ]),
    ),
  });

  it.each<[string, unknown]>([
    ["references", definitions((next) => ({ type: "object", properties: { a: next, b: next } }), 60)],
    ["allOf", definitions((next) => ({ allOf: [next, next] }), 60)],
    ["anyOf", definitions((next) => ({ anyOf: [next, { type: "object", properties: { a: next } }] }), 60)],
    [
      "oneOf",
      definitions((next) => ({ oneOf: [{ type: "object", properties: { a: next, b: next } }, next] }), 60),
    ],
    [
      "a product of alternatives",
      {
        type: "object",
        allOf: Array.from({ length: 30 }, (_, at) => ({
          anyOf: [`x${at}`, `y${at}`].map((name) => ({
            properties: { [name]: { type: "string" } },
            required: [name],
          })),
        })),
      },
    ],
    [
      "a product of lists of values",
      {
        type: "object",
        properties: {
          a: {
            allOf: [0, 1].map((skip) => ({ enum: Array.from({ length: 4000 }, (_, at) => at + skip) })),
          },
        },
      },
    ],
  ])("of %s end soon, with a widening", (_name, schema) => {
    const { tools, diagnostics, widenings } = read(catalogue(tool("a", schema)));
    expect(diagnostics).toEqual([]);
    expect(tools).toHaveLength(1);
    expect(widenings.some(({ reason }) => reason.includes("too large"))).toBe(true);
    expect(typeKey(tools[0]!.input).length).toBeLessThan(3_000_000);
  });

  it("of many tools end soon as well", () => {
    const schema = definitions((next) => ({ type: "object", properties: { a: next, b: next } }), 60);
    const { tools } = read(catalogue(...Array.from({ length: 100 }, (_, at) => tool(`t${at}`, schema))));
    expect(tools).toHaveLength(100);
  });

  it.each<[string, unknown]>([
    ["to itself", { $ref: "#" }],
    ["around a corner", { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } }],
    ["through allOf", { allOf: [{ $ref: "#" }, { $ref: "#" }] }],
    ["through its arguments", { type: "object", properties: { a: { $ref: "#" }, b: { $ref: "#" } } }],
    ["through ids", { $id: "https://x.example/a", properties: { a: { $ref: "https://x.example/a" } } }],
    ["through an empty id", { $id: "", properties: { a: { $id: "#", $ref: "#" } } }],
  ])("a schema that refers %s is cut", (_name, schema) => {
    const { tools, diagnostics, widenings } = read(catalogue(tool("a", schema)));
    expect(diagnostics).toEqual([]);
    expect(tools).toHaveLength(1);
    expect(widenings.some(({ keyword }) => keyword === "$ref")).toBe(true);
  });
});
