import { NUMBER, type Rule, required, STRING } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { makePlan } from "../../src/plan/make.ts";
import { constant, equal, mask, path, policy, rule, template, tool, trackOf } from "../support/build.ts";

describe("plans", () => {
  it("hold the rules of a tool by level and id, without those that cannot match", () => {
    const plan = makePlan(
      policy({
        rules: [
          rule("z", "allow"),
          rule("never", "deny", { when: constant(false) }),
          rule("b", "deny", { unless: path("input.flag") }),
          rule("a", "deny"),
        ],
      }),
    );
    const levels = plan.tools
      .get("t")!
      .levels.map(({ effect, rules }) => [effect, ...rules.map((one) => one.rule.id)]);
    expect(levels).toEqual([
      ["deny", "a", "b"],
      ["allow", "z"],
    ]);
    expect(plan.unknown).toBeNull();
  });

  it("know what they can before any request", () => {
    const seen = (parts: Parameters<typeof policy>[0]) => makePlan(policy(parts)).tools.get("t")!.visible;
    expect(seen({})).toBe(false);
    expect(seen({ default: "approval_required" })).toBe(true);
    expect(seen({ rules: [rule("a", "allow", { when: path("input.flag") })] })).toBe(true);
    expect(seen({ rules: [rule("a", "allow"), rule("d", "deny")] })).toBe(false);
    const lead = equal(path("actor.role"), constant("lead"));
    expect(seen({ rules: [rule("a", "allow", { when: lead })] })).toEqual(lead);
  });

  it("list tracks by id, what they read and what they add", () => {
    const plan = makePlan(
      policy({
        tracks: [trackOf("p.b", { figure: "sum", amount: constant(2) }), trackOf("p.a", { within: 5 })],
      }),
    );
    expect(plan.tracks.map(({ id, within }) => [id, within])).toEqual([
      ["p.a", 5],
      ["p.b", null],
    ]);
    expect(plan.tools.get("t")!.watches.map(({ track }) => track)).toEqual(["p.a", "p.b"]);
    expect(plan.tools.get("t")!.reads).toEqual([]);
  });

  it("write what is masked as dots", () => {
    const rules = [rule("r", "deny", { because: template("To ", path("input.iban"), "!") })];
    const [level] = makePlan(policy({ rules, masks: [mask("input.iban"), mask("input.iban")] })).tools.get(
      "t",
    )!.levels;
    expect(level!.rules[0]!.because).toEqual(["To •••!"]);
  });

  it("are made once for tools that the same rules cover, each rule looked at a few times", () => {
    const [few, many] = [looksAt(50), looksAt(500)];
    expect(many.tools).toBe(500);
    expect(many.looks).toBeGreaterThanOrEqual(500);
    // Ten times the tools and rules: ten times the looks, where a look at each rule for each tool were a hundred times.
    expect(many.looks).toBeLessThan(11 * few.looks);
  });

  it("share all of tools that the same rules cover", () => {
    const tools = ["t7", "t8"].map((name) => tool(name, { a: required(STRING) }));
    const rules = [rule("x", "deny", { on: ["t7", "t8"] })];
    const shared = makePlan(policy({ tools, rules }));
    expect(shared.tools.get("t7")!.levels).toBe(shared.tools.get("t8")!.levels);
  });
});

/** How often rules are asked what they cover while the plan of so many tools is made, each with a rule of its own. */
function looksAt(count: number): { readonly tools: number; readonly looks: number } {
  let looks = 0;
  const counted = (one: Rule): Rule => ({
    ...one,
    get bodies() {
      looks += 1;
      return one.bodies;
    },
  });
  const names = Array.from({ length: count }, (_, i) => `t${i}`);
  const tools = names.map((name) => tool(name, { a: required(STRING), b: required(NUMBER) }));
  const word = (text: string) => equal(path("input.a"), constant(text));
  const everywhere = ["x", "y"].map((id) => rule(id, "deny", { on: names, when: word(id) }));
  const own = names.map((name) => rule(`r-${name}`, "allow", { on: [name], when: word(name) }));
  const parts = policy({ tools, rules: [...everywhere, ...own] });
  looks = 0;
  const plan = makePlan({ ...parts, rules: parts.rules.map(counted) });
  return { tools: plan.tools.size, looks };
}
