import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ANY,
  listOf,
  literal,
  NEVER,
  NULL,
  NUMBER,
  numberOf,
  optional,
  recordOf,
  required,
  STRING,
  union,
} from "../../src/types/build.ts";
import { fits } from "../../src/types/constant.ts";
import { intersect } from "../../src/types/intersect.ts";
import { sameType } from "../../src/types/relate.ts";
import { jsonValue, memberOf, type } from "./arbitrary.ts";

describe("intersect", () => {
  it("has exactly the values that are in both", () => {
    const pair = fc
      .tuple(type, type)
      .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), memberOf(a), memberOf(b), jsonValue));
    let shared = 0;
    fc.assert(
      fc.property(pair, ([a, b, ...values]) => {
        const both = intersect(a, b);
        for (const value of values) {
          if (value === undefined) continue;
          const inBoth = fits(value, a) && fits(value, b);
          if (inBoth) shared += 1;
          expect(fits(value, both)).toBe(inBoth);
        }
      }),
      { numRuns: 400 },
    );
    expect(shared).toBeGreaterThan(40);
  });

  it("keeps what is said about fields, and makes a field required that either requires", () => {
    const a = recordOf([["x", { type: STRING, optional: true, doc: "the x" }]]);
    const b = recordOf([
      ["x", required(union([literal("u"), NULL]))],
      ["y", { type: NUMBER, optional: true, doc: "the y" }],
    ]);
    const both = intersect(a, b);
    expect(both.kind === "record" && [...both.fields]).toEqual([
      ["x", { type: literal("u"), optional: false, doc: "the x" }],
      ["y", { type: NUMBER, optional: true, doc: "the y" }],
    ]);
  });

  it("knows what nothing can be", () => {
    expect(intersect(STRING, NUMBER)).toBe(NEVER);
    expect(intersect(numberOf({ minimum: 2 }), numberOf({ exclusiveMaximum: 2 }))).toBe(NEVER);
    expect(intersect(recordOf([["a", required(STRING)]]), recordOf([], "closed"))).toBe(NEVER);
    expect(intersect(recordOf([["a", required(STRING)]]), recordOf([["a", optional(NUMBER)]]))).toBe(NEVER);
    expect(intersect(listOf(STRING, { minItems: 1 }), listOf(NUMBER))).toBe(NEVER);
    expect(sameType(intersect(listOf(STRING), listOf(NUMBER)), listOf(NEVER, { maxItems: 0 }))).toBe(true);
  });

  it("is the first, which is wider, once the fuel is spent", () => {
    const a = union([literal("a"), literal("b")]);
    const fuel = { left: 0 };
    expect(intersect(a, literal("a"), fuel)).toBe(a);
    expect(fuel.left).toBeLessThan(0);
    expect(intersect(ANY, STRING, fuel)).toBe(STRING);
  });
});
