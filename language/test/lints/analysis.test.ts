import { describe, expect, it } from "vitest";
import { checkText } from "../../src/check/check.ts";

const codes = (text: string): readonly string[] =>
  checkText(text).diagnostics.map(({ code, severity }) => `${severity} ${code}`);

describe("a rule over several tools", () => {
  it.each(["t.a, t.b", "t.b, t.a"])("is judged for each of them: %s", (tools) => {
    const policy = (condition: string) => `
      tools t { a(x: integer, n: number) b(x?: integer, n: number) }
      on ${tools} { deny d when ${condition} }`;
    expect(codes(policy("input.n > 3 unless input has x"))).not.toContain("error never-matches");
    expect(codes(policy("(input.x ?? 7) > 3 and (input.x ?? 7) < 4"))).toContain("error never-matches");
  });

  it("counts only where no tool is left", () => {
    const policy = (limit: number) => `
      tools t { a(n: "x" | "y", m: integer) b(n: "y" | "z", m: integer) }
      on t.a { deny one when input.n in ["x", "y"] and input.m > ${limit} and input.m < 4 }
      on t.* { deny both when input.m > ${limit} and input.m < 4 unless input.n == "y" }`;
    expect(codes(policy(3)).filter((code) => code === "error never-matches")).toHaveLength(2);
    expect(codes(policy(2))).not.toContain("error never-matches");
  });
});

describe("what is too large", { timeout: 600_000 }, () => {
  const tool = "tools t { act(x: number, s: string) }\n";
  const chain = (count: number, operator: string) =>
    Array.from({ length: count }, (_, at) => `input.x ${operator === "or" ? "==" : "!="} ${at}`).join(
      ` ${operator} `,
    );

  it.each([
    ["and", 1_000],
    ["or", 1_000],
    ["and", 5_000],
  ] as const)("is left alone: %s, %i parts", (operator, count) => {
    const found = codes(`${tool} on t.act { deny d when ${chain(count, operator)} }`);
    expect(found.filter((code) => code.startsWith("error"))).toEqual([]);
  });
});

describe("broken texts", () => {
  it("are judged by what their trees show", () => {
    const found = codes(`
      tools t { act(s: string) }
      on t.act { deny d when input.nope == 1 and input.s.matches("x") and input.s in ["a", "a"] }`);
    expect(found).toContain("error unknown-argument");
    expect(found).toContain("warning unanchored-pattern");
    expect(found).toContain("warning repeated-entry");
  });
});
