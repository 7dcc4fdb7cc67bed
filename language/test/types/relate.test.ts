import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ANY,
  BOOLEAN,
  INTEGER,
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
  stringOf,
  union,
} from "../../src/types/build.ts";
import { fits, typeOfConstant } from "../../src/types/constant.ts";
import { isAssignable, overlaps, sameType, typeKey } from "../../src/types/relate.ts";
import type { Json, Type } from "../../src/types/type.ts";
import { jsonValue, memberOf, type as typeArbitrary } from "./arbitrary.ts";

describe("union", () => {
  it("flattens, drops `never` and repetitions, and keeps the order", () => {
    expect(union([literal("b"), union([literal("a"), literal("b")]), NEVER])).toEqual({
      kind: "union",
      members: [literal("b"), literal("a")],
    });
    expect(union([])).toBe(NEVER);
    expect(union([NEVER, NULL])).toBe(NULL);
    expect(union([STRING, ANY])).toBe(ANY);
  });

  it("absorbs only what is wholly contained", () => {
    expect(union([literal("a"), STRING])).toBe(STRING);
    expect(union([literal("abc"), stringOf({ maxLength: 2 })])).toMatchObject({ kind: "union" });
    expect(union([INTEGER, NUMBER])).toBe(NUMBER);
    expect(union([literal(1.5), INTEGER])).toMatchObject({ kind: "union" });
    expect(union([literal(true), literal(false)])).toBe(BOOLEAN);
    expect(union([STRING, stringOf({ minLength: 0 })])).toBe(STRING);
    expect(
      union([numberOf({ integer: true, minimum: 0.5 }), numberOf({ integer: true, minimum: 1 })]).kind,
    ).toBe("number");
  });

  it("has exactly the values of its members", () => {
    fc.assert(
      fc.property(fc.array(typeArbitrary, { maxLength: 4 }), jsonValue, (members, value) => {
        expect(fits(value, union(members))).toBe(members.some((member) => fits(value, member)));
      }),
      { numRuns: 300 },
    );
  });

  it("does not grow when it is applied again", () => {
    fc.assert(
      fc.property(typeArbitrary, typeArbitrary, (a, b) => {
        const once = union([a, b]);
        expect(sameType(union([once, a, once]), once)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("typeKey", () => {
  it("ignores order and documentation", () => {
    const a = recordOf([
      ["x", { type: STRING, optional: true, doc: "the x" }],
      ["y", required(union([literal("a"), literal("b")]))],
    ]);
    const b = recordOf([
      ["y", required(union([literal("b"), literal("a")]))],
      ["x", { type: STRING, optional: true, format: "uri" }],
    ]);
    expect(typeKey(a)).toBe(typeKey(b));
  });

  it("tells apart what differs", () => {
    const types: Type[] = [
      recordOf([["a", required(STRING)]]),
      recordOf([["a", optional(STRING)]]),
      recordOf([["a", required(STRING)]], "closed"),
      recordOf([["a", required(STRING)]], ANY),
      recordOf([["a?", required(STRING)]]),
      stringOf({ minLength: 1 }),
      stringOf({ maxLength: 1 }),
      numberOf({ minimum: 1 }),
      numberOf({ exclusiveMinimum: 1 }),
      listOf(STRING),
      listOf(STRING, { minItems: 1 }),
      literal("string"),
      literal("null"),
      STRING,
      NULL,
    ];
    expect(new Set(types.map(typeKey)).size).toBe(types.length);
  });

  it("is written once for what ten thousand records share", () => {
    const field = required(union(Array.from({ length: 20 }, (_, at) => literal(`value ${at}`))));
    const whole = recordOf(Array.from({ length: 20 }, (_, at) => [`field${at}`, field] as const));
    let looks = 0;
    const shared: Type = {
      ...whole,
      get fields() {
        looks += 1;
        return whole.fields;
      },
    };
    const tools = Array.from({ length: 10_000 }, () => recordOf([["all", required(shared)]]));
    looks = 0;
    expect(new Set(tools.map(typeKey)).size).toBe(1);
    expect(looks).toBe(1);
  });
});

describe("isAssignable", () => {
  it("knows records", () => {
    const a = recordOf([["a", required(STRING)]]);
    const closed = recordOf([["a", required(STRING)]], "closed");
    const more = recordOf([
      ["a", required(STRING)],
      ["b", optional(NUMBER)],
    ]);
    const anyRest = recordOf([["a", required(STRING)]], ANY);
    expect(isAssignable(closed, a)).toBe(true);
    expect(isAssignable(a, closed)).toBe(false);
    expect(isAssignable(more, a)).toBe(true);
    expect(isAssignable(closed, more)).toBe(true);
    // An undeclared `b` may be anything, so not surely a number.
    expect(isAssignable(a, more)).toBe(false);
    expect(isAssignable(a, anyRest)).toBe(true);
    expect(isAssignable(recordOf([["a", optional(STRING)]]), a)).toBe(false);
    expect(isAssignable(closed, recordOf([], STRING))).toBe(true);
    expect(isAssignable(a, recordOf([], STRING))).toBe(false);
  });

  it("knows lists, ranges and literals", () => {
    expect(
      isAssignable(listOf(literal("a"), { minItems: 2, maxItems: 2 }), listOf(STRING, { minItems: 1 })),
    ).toBe(true);
    expect(isAssignable(listOf(STRING), listOf(STRING, { minItems: 1 }))).toBe(false);
    expect(isAssignable(listOf(NUMBER, { maxItems: 0 }), listOf(STRING))).toBe(true);
    expect(isAssignable(literal(3), numberOf({ integer: true, maximum: 3 }))).toBe(true);
    expect(isAssignable(NUMBER, INTEGER)).toBe(false);
    expect(isAssignable(numberOf({ minimum: 1, maximum: 2 }), numberOf({ exclusiveMinimum: 0 }))).toBe(true);
    expect(isAssignable(BOOLEAN, union([literal(true), literal(false), NULL]))).toBe(true);
    expect(isAssignable(ANY, STRING)).toBe(false);
  });

  it("is sound: a value of the one is a value of the other", () => {
    let related = 0;
    fc.assert(
      fc.property(
        typeArbitrary.chain((from) => fc.tuple(fc.constant(from), memberOf(from))),
        typeArbitrary,
        ([from, value], to) => {
          const wider = union([to, from]);
          expect(value === undefined || fits(value, from)).toBe(true);
          expect(isAssignable(from, wider)).toBe(true);
          for (const other of [to, wider]) {
            if (value === undefined || !isAssignable(from, other)) continue;
            related += 1;
            expect(fits(value, other)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(related).toBeGreaterThan(100);
  });
});

describe("overlaps", () => {
  it("sees that ranges, lengths, literals and required fields exclude each other", () => {
    expect(overlaps(numberOf({ maximum: 1 }), numberOf({ exclusiveMinimum: 1 }))).toBe(false);
    expect(
      overlaps(numberOf({ integer: true, exclusiveMinimum: 1 }), numberOf({ exclusiveMaximum: 2 })),
    ).toBe(false);
    expect(overlaps(stringOf({ minLength: 3 }), literal("ab"))).toBe(false);
    expect(overlaps(listOf(STRING), listOf(NUMBER))).toBe(true);
    expect(overlaps(listOf(STRING, { minItems: 1 }), listOf(NUMBER))).toBe(false);
    const kind = (name: string) => recordOf([["kind", required(literal(name))]]);
    expect(overlaps(kind("a"), kind("b"))).toBe(false);
    expect(overlaps(kind("a"), recordOf([["b", required(STRING)]]))).toBe(true);
    expect(overlaps(kind("a"), recordOf([["b", required(STRING)]], "closed"))).toBe(false);
  });

  it("never denies a value that both have", () => {
    let shared = 0;
    fc.assert(
      fc.property(
        typeArbitrary.chain((a) => fc.tuple(fc.constant(a), memberOf(a))),
        typeArbitrary,
        ([a, value], b) => {
          if (value === undefined || !fits(value, b)) return;
          shared += 1;
          expect(overlaps(a, b)).toBe(true);
          expect(overlaps(b, a)).toBe(true);
        },
      ),
      { numRuns: 600 },
    );
    expect(shared).toBeGreaterThan(30);
  });
});

describe("constants", () => {
  it("fit their own type", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(fits(value, typeOfConstant(value))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("reads only own properties and counts code points", () => {
    const named = (name: string): Type => recordOf([[name, required(ANY)]]);
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(fits({}, named(name))).toBe(false);
      expect(fits(JSON.parse(`{"${name}":1}`) as Json, named(name))).toBe(true);
    }
    expect(fits("😀", stringOf({ maxLength: 1 }))).toBe(true);
    expect(fits(Number.NaN, NUMBER)).toBe(false);
    expect(fits(1.0, INTEGER)).toBe(true);
  });
});
