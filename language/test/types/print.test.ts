import { describe, expect, it } from "vitest";
import {
  ANY,
  INSTANT,
  INTEGER,
  listOf,
  literal,
  NULL,
  numberOf,
  optional,
  recordOf,
  required,
  STRING,
  stringOf,
  union,
} from "../../src/types/build.ts";
import { printType } from "../../src/types/print.ts";
import type { Type } from "../../src/types/type.ts";

describe("printType", () => {
  it.each<[string, Type]>([
    ['"a" | "b"', union([literal("a"), literal("b")])],
    ["(string | null)[]", listOf(union([STRING, NULL]))],
    ["integer[][]", listOf(listOf(INTEGER))],
    [
      "{ to: string, cc?: string[] }",
      recordOf([
        ["to", required(STRING)],
        ["cc", optional(listOf(STRING))],
      ]),
    ],
    [
      '{ "odd key": any, spent-today: null, "-a": any }',
      recordOf([
        ["odd key", required(ANY)],
        ["spent-today", required(NULL)],
        ["-a", required(ANY)],
      ]),
    ],
    ["{ a: string, *: any }", recordOf([["a", required(STRING)]], ANY)],
    ["{}", recordOf([])],
    ["{ *: any }", recordOf([], ANY)],
    ["instant", INSTANT],
    ["string", stringOf({ maxLength: 3 })],
  ])("writes %s", (text, type) => {
    expect(printType(type)).toBe(text);
  });

  it("writes ranges, lengths and counts where asked", () => {
    const type = recordOf([
      ["n", required(numberOf({ integer: true, minimum: 1, maximum: 100 }))],
      ["x", required(numberOf({ exclusiveMinimum: 0, maximum: 5 }))],
      ["s", required(stringOf({ minLength: 1 }))],
      ["l", required(listOf(STRING, { maxItems: 5 }))],
    ]);
    expect(printType(type, { bounds: true })).toBe(
      "{ n: integer(1..100), x: number(..5)(>0), s: string(1..), l: string[](..5) }",
    );
  });

  it("shortens what is long, unless all is asked for", () => {
    const many = union(Array.from({ length: 20 }, (_, at) => literal(at)));
    expect(printType(many)).toBe("0 | 1 | 2 | 3 | 4 | 5 | …");
    expect(printType(many, { full: true })).toMatch(/ \| 18 \| 19$/);
    expect(printType(literal("x".repeat(1000)))).toBe(`"${"x".repeat(60)}…"`);
    expect(printType(literal("x".repeat(1000)), { full: true })).toHaveLength(1002);
    let deep: Type = STRING;
    for (let at = 0; at < 6; at += 1) deep = recordOf([["a", required(deep)]]);
    expect(printType(deep)).toBe("{ a: { a: { a: { … } } } }");
    expect(printType(deep, { full: true })).toBe("{ a: { a: { a: { a: { a: { a: string } } } } } }");
  });
});
