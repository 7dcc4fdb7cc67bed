import { codePoints, shown, shownText } from "@agentpolicy/runtime/values/text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("codePoints", () => {
  test("counts what iteration gives", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(codePoints(text)).toBe([...text].length);
        expect(codePoints(text.slice(1))).toBe([...text.slice(1)].length);
      }),
      { numRuns: 200 },
    );
    expect([codePoints(""), codePoints("a😀"), codePoints("\ud800\ud800\udc00")]).toEqual([0, 2, 2]);
  });
});

describe("shown", () => {
  test.each<[unknown, string]>([
    ["plain, “ü” 😀 \\ {x}", "plain, “ü” 😀 \\ {x}"],
    ["", ""],
    [5000, "5000"],
    [0.1, "0.1"],
    [-0, "0"],
    [1e21, "1e+21"],
    [true, "true"],
    [false, "false"],
    [null, "null"],
    [["a", 1, true, null], "a, 1, true, null"],
    [[], ""],
    ["a\nb\r\t", "a\\u{a}b\\u{d}\\u{9}"],
    ["\u2028\u2029\u0085", "\\u{2028}\\u{2029}\\u{85}"],
    ["\u202eabc\u2066\u200b\u200d\ufeff\u00ad", "\\u{202e}abc\\u{2066}\\u{200b}\\u{200d}\\u{feff}\\u{ad}"],
    ["\u{e0041}\u3164\ufe0f\u034f", "\\u{e0041}\\u{3164}\\u{fe0f}\\u{34f}"],
    ["\ud800", "\\u{d800}"],
    [undefined, "…"],
    [Number.NaN, "…"],
    [{}, "…"],
    [Symbol.iterator, "…"],
    [[{}], "…"],
  ])("%j as %j", (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  test.each<[unknown, string]>([
    [0, "1970-01-01T00:00:00.000Z"],
    [1795392000000, "2026-11-23T00:00:00.000Z"],
    [-1, "1969-12-31T23:59:59.999Z"],
    [1e300, "…"],
  ])("the instant %j as %j", (value, expected) => {
    expect(shown(value, "instant")).toBe(expected);
  });

  test.each<[unknown, string]>([
    [30_000, "30s"],
    [90_000, "90s"],
    [900_000, "15m"],
    [86_400_000, "24h"],
    [172_800_000, "2d"],
    [604_800_000, "7d"],
    [90_000_000, "25h"],
    [0, "0s"],
    [1500, "1.5s"],
    [-3_600_000, "-1h"],
    [[60_000, 3_600_000], "1m, 1h"],
  ])("the duration %j as %j", (value, expected) => {
    expect(shown(value, "duration")).toBe(expected);
  });

  test("cuts after 200 code points, before it escapes", () => {
    expect(shown("😀".repeat(200))).toBe("😀".repeat(200));
    expect(shown("😀".repeat(201))).toBe(`${"😀".repeat(200)}…`);
    expect(shown("\n".repeat(201))).toBe(`${"\\u{a}".repeat(200)}…`);
    expect(shown(Array.from({ length: 1000 }, () => "ab"))).toBe(`${"ab, ".repeat(50)}…`);
    expect(shown(["a".repeat(200)])).toBe("a".repeat(200));
  });

  test("what is shown holds nothing that hides or turns text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(shownText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u);
      }),
      { numRuns: 300 },
    );
  });
});
