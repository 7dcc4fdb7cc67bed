import { optional, recordOf, required, STRING } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { makeCompiler } from "../../src/closures/compiler.ts";
import { makeDispatch } from "../../src/closures/dispatch.ts";
import type { Frame } from "../../src/closures/frame.ts";
import { makePlan } from "../../src/plan/make.ts";
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

  it.each([10, 1000])("are looked at only where their value is: one of %i", async (count) => {
    const parts = {
      tools: [TOOL],
      rules: Array.from({ length: count }, (_, i) => rule(`r${i}`, "deny", { when: is(`w${i}`) })),
    };
    const [level] = makePlan(policy(parts)).tools.get("t")!.levels;
    const compiler = makeCompiler(new Map(), (path) => (path.join(".") === "input.kind" ? 0 : undefined));
    const looked: string[] = [];
    const slots = new Proxy(["w7"], {
      get: (target, at) => {
        looked.push(String(at));
        return target[Number(at)];
      },
    });
    const candidates = makeDispatch(level!.rules, compiler)({ slots } as unknown as Frame);
    expect(candidates.map((at) => level!.rules[at]!.rule.id)).toEqual(["r7"]);
    expect(looked).toEqual(["0"]);
    expect(agree(await backEnds(policy(parts)), request({ kind: "w7", to: "x" })).rules).toEqual(["r7"]);
  });
});
