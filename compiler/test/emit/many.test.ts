import { NUMBER, recordOf, required, STRING } from "@agentpolicy/language";
import { also, settle } from "@agentpolicy/runtime/artifact/levels";
import { describe, expect, it } from "vitest";
import { emitModule } from "../../src/emit/emit.ts";
import { makePlan } from "../../src/plan/make.ts";
import * as p from "../support/build.ts";
import { agree, backEnds } from "../support/compare.ts";

const TOOLS = ["a.one", "a.two", "b.three"];
const id = (i: number): string => `p.r${String(i).padStart(4, "0")}`;

/** So many rules on three tools and on unknown ones, every seventh of which can fault. */
const many = (count: number) =>
  p.policy({
    tools: TOOLS.map((name) => p.tool(name, { n: required(NUMBER), to: required(STRING) })),
    roots: { context: recordOf([["floor", required(NUMBER)]]) },
    coversUnknown: true,
    rules: Array.from({ length: count }, (_, i) =>
      i % 7 === 0
        ? p.rule(id(i), "approval_required", {
            on: TOOLS,
            when: p.and(
              p.compare(">", p.path("input.n"), p.constant(i)),
              p.method(
                "list.contains",
                p.constant([`${i}.com`, "all.com"]),
                p.method("email.domain", p.parse("email", p.path("input.to"))),
              ),
            ),
            because: p.template(`Mail ${i} to `, p.path("input.to"), "."),
          })
        : p.rule(id(i), "approval_required", {
            on: i % 2 === 0 ? TOOLS : [],
            unknown: i % 2 === 1,
            when:
              i % 2 === 0
                ? p.equal(p.path("input.n"), p.constant(i))
                : p.and(
                    p.compare(">=", p.path("context.floor"), p.constant(i)),
                    p.equal({ kind: "tool", property: "name", at: p.AT }, p.constant(`new.tool-${i % 5}`)),
                  ),
            because: p.template(`Rule ${i % 10}.`),
            requirements: [`need-${i % 3}`],
            risk: i % 11 === 0 ? "critical" : "low",
          }),
    ),
  });

describe("many rules on one tool", () => {
  it("stand in functions of their own that tools share, none of them large", () => {
    const { code } = emitModule(makePlan(many(400)));
    const functions = code.split(/^const /m).filter((text) => /^\w+ = \([^)]*\) => \{/.test(text));
    expect(functions.filter((text) => text.startsWith("rules")).length).toBeGreaterThan(10);
    // One chunk serves all three tools: each rule's condition is written once.
    for (const i of [0, 196, 399]) expect(code.split(`input_n > ${i} `)).toHaveLength(2);
    for (const text of functions) expect(text.split("\n").length).toBeLessThan(250);
  });

  it("decide as the interpreter does, alone, together and where they fault", async () => {
    const ends = await backEnds(many(400));
    const of = (input: unknown, name = "a.one", floor = 0) =>
      agree(ends, p.request(input, { context: { floor } }, name));
    expect(of({ n: -1, to: "x@all.com" })).toMatchObject({ code: "default" });
    expect(of({ n: 0.5, to: "x@all.com" })).toMatchObject({
      rules: [id(0)],
      reasons: ["Mail 0 to x@all.com."],
    });
    expect(of({ n: 100, to: "x@b.com" }, "a.two")).toMatchObject({ rules: [id(100)] });
    expect(of({ n: 100, to: "x@all.com" }).rules).toHaveLength(16);
    expect(of({ n: 500, to: "x@all.com" }, "b.three").rules).toHaveLength(58);
    expect(of({ n: 100, to: "no address" })).toMatchObject({ decision: "deny", code: "invalid_value" });
    expect(of({ n: 500, to: "no address" }).rules).toHaveLength(58);
    expect(of({}, "new.tool-3", 399).rules.length).toBeGreaterThan(20);
    expect(of({}, "new.tool-3", 399)).toMatchObject({
      risk: "critical",
      requirements: ["need-0", "need-1", "need-2"],
    });
    expect(of({}, "other", 399)).toMatchObject({ code: "default" });
  });

  it("are gathered in one list, which is not copied for each that matches", async () => {
    const ends = await backEnds(many(1_000));
    const hit = ends.module.decide(p.request({ n: 0.5, to: "x@all.com" }, {}, "a.one"));
    const hits = also(also(undefined, hit), hit);
    expect(also(hits, hit)).toBe(hits);
    expect(settle(hit.policy, hits).rules).toEqual([id(0), id(0), id(0)]);
    const all = ends.module.decide(p.request({ n: 10_000, to: "x@all.com" }, {}, "a.one"));
    expect(all.rules).toHaveLength(143);
  });
});
