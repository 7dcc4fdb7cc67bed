import { optional, recordOf, required, STRING } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { AT, and, constant, equal, parse, path, policy, request, rule, tool } from "../support/build.ts";
import { agree, backEnds } from "../support/compare.ts";

const TOOL = tool("t", {
  kind: required(STRING),
  to: required(STRING),
  box: optional(recordOf([["kind", required(STRING)]])),
});
const is = (word: string) => equal(path("input.kind"), constant(word));
const risky = equal(parse("domain", path("input.to")), constant("x.com"));

describe("rules that begin with a comparison", () => {
  it("are found by their value, among others, in order", async () => {
    const one = (id: string, words: readonly string[]) =>
      rule(id, "deny", {
        when: { kind: "in", of: path("input.kind"), list: constant(words), negated: false, at: AT },
      });
    const rules = [
      ...["a", "b", "c", "d"].map((word) =>
        rule(`k-${word}`, "deny", { when: and(is(word), constant(true)) }),
      ),
      one("many", ["b", "c", "b"]),
      rule("turned", "deny", { when: equal(constant("c"), path("input.kind")) }),
      rule("a-first", "deny", { unless: equal(path("input.to"), constant("x")) }),
    ];
    const ends = await backEnds(policy({ tools: [TOOL], rules }));
    const found = (kind: string, to = "x") => agree(ends, request({ kind, to })).rules;
    expect(found("a")).toEqual(["k-a"]);
    expect(found("b")).toEqual(["k-b", "many"]);
    expect(found("c", "y")).toEqual(["a-first", "k-c", "many", "turned"]);
    expect(found("z")).toEqual([]);
    expect(found("__proto__")).toEqual([]);
  });

  it("fault only where their value is", async () => {
    const rules = ["a", "b", "c", "d", "e"].map((word) => rule(word, "deny", { when: and(is(word), risky) }));
    const ends = await backEnds(policy({ tools: [TOOL], rules }));
    expect(agree(ends, request({ kind: "a", to: "no domain" }))).toMatchObject({
      code: "invalid_value",
      rules: ["a"],
    });
    expect(agree(ends, request({ kind: "z", to: "no domain" })).code).toBe("default");
    expect(agree(ends, request({ kind: "b", to: "x.com" })).rules).toEqual(["b"]);
  });

  it("cost about the same, however many there are", () => {
    const made = (count: number) =>
      backEnds(
        policy({
          tools: [TOOL],
          rules: Array.from({ length: count }, (_, i) => rule(`r${i}`, "deny", { when: is(`w${i}`) })),
        }),
      );
    return Promise.all([made(10), made(1000)]).then(([few, many]) => {
      const input = request({ kind: "w7", to: "x" });
      const once = (decide: () => unknown): number => {
        const start = performance.now();
        for (let i = 0; i < 2_000; i++) decide();
        return performance.now() - start;
      };
      const time = (decide: () => unknown) => Math.min(...Array.from({ length: 8 }, () => once(decide)));
      expect(agree(many, input).rules).toEqual(["r7"]);
      const [small, large] = [few, many].map(({ closures }) => time(() => closures.decide(input)));
      expect(large! / small!).toBeLessThan(10);
    });
  });
});
