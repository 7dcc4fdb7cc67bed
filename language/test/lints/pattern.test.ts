import fc from "fast-check";
import { analyse } from "scslre";
import { describe, expect, it } from "vitest";
import { analysePattern } from "../../src/lints/pattern.ts";
import { stepsToSearch } from "./matcher.ts";

const judge = (source: string): string => {
  const found = analysePattern(source);
  if (found.error !== undefined) return "error";
  return found.exponential ? "exponential" : found.polynomial ? "polynomial" : "linear";
};

/** Pattern, and texts that show the growth: `x`, then `y` many times, then `z`. */
const EXPONENTIAL: readonly (readonly [string, string, string, string])[] = [
  ["(a+)+$", "", "a", "!"],
  ["^(a|a)*$", "", "a", "!"],
  ["^(a|ab|b)*c$", "", "ab", "!"],
  ["^(\\w+\\s?)*$", "", "a", "!"],
  ["([a-z]+)*[A-Z]", "", "a", "!"],
  ["(.*)*x", "", "a", "!"],
  ["^(a*)*$", "", "a", "!"],
  ["^(a*b*)*$", "", "a", "!"],
  ["^(?:[a-z]?[0-9]?)*$", "", "a1", "!"],
  ["^([a-z]+ ?)+$", "", "a", "!"],
  ["(x+x+)+y", "", "x", ""],
  ["^(\\d+,?)+$", "", "1", "!"],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", "", "a", "!"],
  ["^(?:a|b|ab)*$", "", "ab", "!"],
  ["^(a?){40}a{40}$", "", "a", "!"],
  ["^(a|a){30}$", "", "a", "!"],
  ["^(\\w{1,15}\\s?){1,15}$", "", "a", "!"],
  ["^(?:\\w+\\s?){16}$", "", "a", "!"],
];

const POLYNOMIAL: readonly (readonly [string, string, string, string])[] = [
  ["^a*a*$", "", "a", "!"],
  ["^(ab)*(ab)*$", "", "ab", "!"],
  ["a+b", "", "a", "!"],
  ["[a-z]+@acme\\.com", "", "a", "!"],
  ["^\\s+|\\s+$", "x", " ", "x"],
  ["^[^@]+@[^@]+\\.[^@]+$", "a@", ".", "@"],
];

const LINEAR = [
  "secret",
  "\\d+",
  "^.*secret.*$",
  "^.*secret",
  "^(a|ab)*c$",
  "^(a?)*$",
  "^(\\d+,)+$",
  "^(?:a+b)*$",
  "^[A-Za-z0-9]{1,64}$",
  "^[a-z]{1,10000}$",
  "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$",
  "^\\p{L}+$",
  "^(?:[0-9a-f]{2}){16}$",
  "^(?:[0-9]{16}){1,20}$",
  "^\\d{1,3}(?:\\.\\d{1,3}){3}$",
  "^(?:[^@.]+\\.)*[^@.]+@acme\\.com$",
  "^https?:\\/\\/[\\w.-]+\\/.*$",
];

const grows = (source: string, [x, y, z]: readonly string[], n: number, most: number): number | null =>
  stepsToSearch(source, x + y!.repeat(n) + z, most);

describe("how long a pattern can search", () => {
  it.each(EXPONENTIAL)("%s is exponential, and measurably so", (source, ...text) => {
    expect(judge(source)).toBe("exponential");
    expect(grows(source, text, 40, 300_000)).toBeNull();
  });

  it.each(POLYNOMIAL)("%s is polynomial, and measurably so", (source, ...text) => {
    expect(judge(source)).toBe("polynomial");
    const [some, more] = [40, 160].map((n) => grows(source, text, n, 1e6));
    expect(more! / some!).toBeGreaterThan(8);
  });

  it.each(LINEAR)("%s is linear", (source) => expect(judge(source)).toBe("linear"));

  it("limits the text by the power of its length", () => {
    expect(analysePattern("^a*a*$").limit).toBe(10_000);
    expect(analysePattern("^a*a*a*$").limit).toBe(464);
    expect(judge("^a*a*a*a*a*$")).toBe("exponential");
  });

  const atom = fc.constantFrom("a", "b", "[ab]", ".", "ab", "(?:a|b)", "(?:a|ab)", "a?", "b*");
  const pattern = fc.letrec<{ all: string; some: string }>((tie) => ({
    some: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.tuple(tie("some"), tie("some")).map(([a, b]) => a + b),
      fc.tuple(tie("some"), tie("some")).map(([a, b]) => `(?:${a}|${b})`),
      fc
        .tuple(tie("some"), fc.constantFrom("*", "+", "?", "*?", "{1,3}", "{2}"))
        .map(([a, q]) => `(?:${a})${q}`),
    ),
    all: fc
      .tuple(fc.constantFrom("^", "^", ""), tie("some"), fc.constantFrom("$", "c$", "c", ""))
      .map((p) => p.join("")),
  })).all;
  const pumps = ["a", "b", "ab", "aab", "abb", "ba"];

  it("never calls linear what is not: steps on pumped texts, counted", () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom("", "b"), fc.constantFrom("", "!"), (source, x, z) => {
        const verdict = judge(source);
        if (verdict === "exponential") return;
        for (const y of pumps) {
          const [few, some, more] = [8, 24, 96].map((n) => grows(source, [x, y, z], n, 1_000_000));
          if (verdict === "linear") expect(more! / some!, `${source} on ${y}`).toBeLessThan(5.5);
          else expect(few, `${source} on ${y}`).not.toBeNull();
        }
      }),
      { numRuns: 100 },
    );
  });

  it("finds everything exponential that scslre finds", () => {
    fc.assert(
      fc.property(pattern, (source) => {
        const { reports } = analyse({ source, flags: "us" });
        if (!reports.some((report) => report.exponential)) return;
        // It takes a bounded repetition for an unbounded one; what is repeated three times grows by a power.
        if (source.includes("{")) expect(judge(source)).not.toBe("linear");
        else expect(judge(source)).toBe("exponential");
      }),
      { numRuns: 200 },
    );
  });
});

describe("what a pattern is", () => {
  it.each([
    ["^a$", true],
    ["^(?:a|b)$", true],
    ["^a$|^b$", true],
    ["(?:^a$|^b$)", true],
    ["(^a|^b)c$", true],
    ["^a|b$", false],
    ["^a", false],
    ["a$", false],
    ["(?:^a)?b$", false],
    ["", false],
    ["\\^a\\$", false],
  ])("%s anchored: %s", (source, anchored) => expect(analysePattern(source).anchored).toBe(anchored));

  it.each([
    "(",
    "[z-a]",
    "a**",
    "\\",
    "(?i:a)",
    "\\p{Nope}",
    "a{2,1}",
    "x".repeat(20_001),
    "(".repeat(9_000) + ")".repeat(9_000),
  ])("%#: refused with a reason", (source) => expect(analysePattern(source).error).toMatch(/\w/u));

  it("tells look-around and backreferences", () => {
    expect(analysePattern("a(?=b)").lookaround).toBe(true);
    expect(analysePattern("(?<!a)b").lookaround).toBe(true);
    expect(analysePattern("(a)\\1").backreference).toBe(true);
    expect(analysePattern("(?<x>a)\\k<x>").backreference).toBe(true);
  });

  const monsters: readonly (readonly [string, string])[] = [
    ["nested stars", `${"(?:".repeat(500)}a${")*".repeat(500)}`],
    ["many stars", "[a-z]*".repeat(400)],
    ["nested counts", "(?:(?:(?:a{999}){999}){999}){999}$"],
    ["a word list", `^(?:${Array.from({ length: 3000 }, (_, i) => `w${i}`).join("|")})$`],
    ["a repeated word list", `^(?:(?:${Array.from({ length: 3000 }, (_, i) => `w${i}`).join("|")}),)*$`],
    ["empty alternatives", "(?:|)".repeat(2000)],
    ["options", "a?".repeat(5000)],
    ["properties", "\\p{L}\\p{N}\\p{P}\\p{S}\\p{Script=Latin}*".repeat(50)],
  ];
  // Whoever follows one of these to its end does not end while anybody waits.
  it.each(monsters)("answers: %s", { timeout: 600_000 }, (_, source) => {
    expect(analysePattern(source)).toMatchObject({ exponential: expect.any(Boolean) });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab()[]{}*+?|^$\\.,-12dwpL=<!:") }), (source) => {
        analysePattern(source);
      }),
      { numRuns: 500 },
    );
  });
});
