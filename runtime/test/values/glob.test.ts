import { glob } from "@agentpolicy/runtime/values/glob";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("glob", () => {
  test.each([
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["*", "a\nb\r\u2028", true],
    ["**", "", true],
    ["?", "a", true],
    ["?", "", false],
    ["?", "😀", true],
    ["??", "😀", false],
    ["?", "\n", true],
    ["?", "\ud800", true],
    ["*?", "😀", true],
    ["*\udc00", "\ud83d\ude00", false],
    ["*\ude00", "\ud83d\ude00", false],
    ["a*c", "abbc", true],
    ["a*c", "abbcd", false],
    ["*.com", "evil.com", true],
    ["*.com", "evil.com\n", false],
    ["*a*b*c*", "xxaxxbxxcxx", true],
    ["*a*b*c*", "xxaxxcxxbxx", false],
    ["a.c", "abc", false],
    ["[ab]", "a", false],
    ["[ab]", "[ab]", true],
    ["{a,b}", "{a,b}", true],
    ["\\*", "\\x", true],
    ["\\*", "*", false],
    ["A", "a", false],
    ["é", "e\u0301", false],
    ["*ab", "aab", true],
    ["*aab", "aaab", true],
    ["a?*", "a", false],
    ["__proto__", "__proto__", true],
  ])("%j on %j: %j", (pattern, text, expected) => {
    expect(glob(pattern)(text)).toBe(expected);
  });

  test("agrees with the plain definition", () => {
    const plain = (pattern: readonly string[], text: readonly string[]): boolean => {
      const [head, ...rest] = pattern;
      if (head === undefined) return text.length === 0;
      if (head === "*") return plain(rest, text) || (text.length > 0 && plain(pattern, text.slice(1)));
      return text.length > 0 && (head === "?" || head === text[0]) && plain(rest, text.slice(1));
    };
    const letters = (more: readonly string[]) =>
      fc.array(fc.constantFrom("a", "b", "😀", "\n", ...more), { maxLength: 8 });
    fc.assert(
      fc.property(letters(["*", "*", "?"]), letters([]), (pattern, text) => {
        expect(glob(pattern.join(""))(text.join(""))).toBe(plain(pattern, text));
      }),
      { numRuns: 300 },
    );
  });
});
