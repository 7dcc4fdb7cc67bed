import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "../../src/guard/canonical.ts";
import type { Json } from "../../src/guard/copy.ts";

test.each<[Json, string]>([
  [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
  [{ 10: 1, 9: 2 }, '{"10":1,"9":2}'],
  [
    { "\u20ac": 1, "\r": 2, "\ufb33": 3, 1: 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 },
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  ],
  [[333333333.3333333, 1e30, 4.5, 2e-3, 1e-27], "[333333333.3333333,1e+30,4.5,0.002,1e-27]"],
  [{}, "{}"],
  [[], "[]"],
  ["\ud800", '"\\ud800"'],
])("%j (RFC 8785)", (value, text) => {
  expect(canonical(value)).toBe(text);
});

test("equal values have one text, different ones two", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const text = canonical(one as Json);
      expect(canonical(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)));
      expect(canonical(other as Json) === text).toBe(
        JSON.stringify(JSON.parse(canonical(other as Json))) === JSON.stringify(JSON.parse(text)),
      );
    }),
    { numRuns: 200 },
  );
});
