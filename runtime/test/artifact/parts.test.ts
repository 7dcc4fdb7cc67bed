import { decision, identity, own, policy, unfit } from "@agentpolicy/runtime/artifact";
import { askByDefault, denyByDefault } from "@agentpolicy/runtime/artifact/defaults";
import { other } from "@agentpolicy/runtime/artifact/enums";
import { failed, finite, need, tried, unread } from "@agentpolicy/runtime/artifact/faults";
import { also, settle } from "@agentpolicy/runtime/artifact/levels";
import { count, every, includes, includesAll, includesAny, some } from "@agentpolicy/runtime/artifact/lists";
import { counted, figure, uncounted } from "@agentpolicy/runtime/artifact/tracks";
import { describe, expect, it } from "vitest";

const me = identity("p", null, "0".repeat(64));
const asked = (id: string, within: number, risk: "low" | "high" = "low") =>
  decision(me, "approval_required", "rule", [id], ["Look."], risk, [id, "both"], {
    approval: { approvers: [{ rule: id, from: [], approvals: 1 }], within },
  });

describe("decisions", () => {
  it("are frozen to the last part", () => {
    const one = asked("p.a", 5);
    for (const part of [
      one,
      one.rules,
      one.policy,
      one.approval,
      one.approval!.approvers,
      one.approval!.approvers[0],
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(denyByDefault(me).reasons)).toBe(true);
    expect(askByDefault(me).approval).toEqual({
      approvers: [{ rule: null, from: [], approvals: 1 }],
      within: 86_400_000,
    });
  });

  it("of one rule are given back as they are, those of several are merged", () => {
    const [a, b] = [asked("p.a", 50), asked("p.b", 20, "high")];
    expect(settle(me, also(undefined, a))).toBe(a);
    const merged = settle(me, also(also(undefined, a), b));
    expect(merged).toMatchObject({
      rules: ["p.a", "p.b"],
      reasons: ["Look."],
      risk: "high",
      requirements: ["both", "p.a", "p.b"],
      approval: { within: 20, approvers: [{ rule: "p.a" }, { rule: "p.b" }] },
    });
    expect(Object.keys(merged)).not.toContain("clarification");
  });

  it("name all rules that could not be evaluated, and only those", () => {
    const hits = [unread(me, "p.b"), asked("p.c", 1), unread(me, "p.d")].reduce(also, asked("p.a", 1));
    expect(settle(me, hits)).toMatchObject({
      decision: "deny",
      code: "invalid_value",
      rules: ["p.b", "p.d"],
      reasons: ["A value could not be read by `p.b`, `p.d`."],
    });
  });
});

describe("faults", () => {
  it("are told from everything else that is thrown", () => {
    const denial = unread(me, "p.a");
    const caught = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return failed(error, denial);
      }
    };
    expect(caught(() => need(null))).toBe(denial);
    expect(caught(() => finite(1 / 0))).toBe(denial);
    expect(caught(() => need(false))).toBe(false);
    expect(() => caught(() => own(null as never, "x"))).toThrow(TypeError);
    expect(tried(() => need<string>(null))).toBe("…");
  });
});

describe("lists", () => {
  it("are asked without a method of their own", () => {
    const list = Object.assign(["a", "b", "b"], { some: null, includes: null, [Symbol.iterator]: null });
    expect(some(list, (item) => item === "b")).toBe(true);
    expect(every(list, (item) => item === "b")).toBe(false);
    expect(count(list, (item) => item === "b")).toBe(2);
    expect(includes(list, "a")).toBe(true);
    expect(includesAll(list, ["a", "c"])).toBe(false);
    expect(includesAny(list, ["a", "c"])).toBe(true);
  });

  it("have no items in their holes, whatever their prototype holds", () => {
    const list = Object.setPrototypeOf([undefined], { 1: "x" }) as unknown[];
    list.length = 3;
    expect(count(list, (item) => item === "x")).toBe(0);
  });
});

describe("the policy", () => {
  const made = policy(me, { ...me, abi: 1, sources: {}, tools: {}, rules: {}, tracks: [] }, [
    [
      "t",
      () => denyByDefault(me),
      { reads: ["p.x"], visible: () => true, counts: () => [{ track: "p.x", amount: 1 }] },
    ],
    ["broken", () => unfit(me, "input.x", "string", 5)],
  ]);
  const call = (name: unknown) => ({ action: { name } });

  it("finds tools by their whole names", () => {
    expect(made.decide(call("t"))).toMatchObject({ code: "default" });
    expect(made.decide(call("broken")).misfit).toEqual({
      path: "input.x",
      expected: "string",
      found: "number",
    });
    for (const name of ["T", "t ", "__proto__", "constructor"])
      expect(made.decide(call(name)).code).toBe("unknown_tool");
    expect(made.decide(call("a\u202eb\n")).reasons).toEqual([
      "No catalogue declares the tool `a\\u{202e}b\\u{a}`.",
    ]);
  });

  it("knows nothing of tools that are not there", () => {
    expect([made.reads("t"), made.reads("broken"), made.reads("none")]).toEqual([["p.x"], [], []]);
    expect([made.visible("t", {} as never), made.visible("none", {} as never)]).toEqual([true, false]);
    expect([
      made.contributions(call("t")),
      made.contributions(call("none")),
      made.contributions(null),
    ]).toEqual([[{ track: "p.x", amount: 1 }], [], []]);
  });
});

describe("tracks", () => {
  it("have figures of their own only", () => {
    expect(figure({ x: 1 }, "x")).toBe(1);
    expect(figure(undefined, "x")).toBeUndefined();
    expect(figure(Object.create({ x: 1 }), "x")).toBeUndefined();
  });

  it("deny what lets through and cannot be counted", () => {
    const allow = decision(me, "allow", "rule", ["p.a"], [], "low");
    const denial = uncounted(me, "p.x");
    expect(
      counted(
        () => allow,
        () => denial,
      )({}, {}, undefined, "t"),
    ).toBe(denial);
    expect(
      counted(
        () => allow,
        () => [],
      )({}, {}, undefined, "t"),
    ).toBe(allow);
    expect(
      counted(
        () => denyByDefault(me),
        () => denial,
      )({}, {}, undefined, "t").code,
    ).toBe("default");
  });
});

describe("what was found", () => {
  it("is a kind, never a value", () => {
    const values = [undefined, null, [], {}, "x", 5, true, Number.NaN, 5n, Symbol("x"), () => 1];
    const found = values.map((value) => unfit(me, "input.x", "integer", value).misfit!.found);
    expect(found).toEqual([
      "absent",
      "null",
      "list",
      "record",
      "string",
      "number that is not an integer",
      "boolean",
      "number that is not finite",
      "bigint",
      "symbol",
      "function",
    ]);
    expect([other("x", "string"), other(5, "string"), other(true, "boolean", "number")]).toEqual([
      "other string",
      "number",
      "other boolean",
    ]);
  });
});
