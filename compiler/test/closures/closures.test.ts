import { NUMBER, optional, recordOf, required, STRING } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { closures } from "../../src/closures/closures.ts";
import { makePlan } from "../../src/plan/make.ts";
import {
  and,
  compare,
  constant,
  equal,
  has,
  path,
  policy,
  request,
  rule,
  template,
  tool,
} from "../support/build.ts";

const TOOL = tool("t", {
  amount: required(NUMBER),
  box: optional(recordOf([["label", required(STRING)]])),
});
const over = (limit: number) => compare(">", path("input.amount"), constant(limit));
const make = (...rules: Parameters<typeof rule>[]) =>
  closures(makePlan(policy({ tools: [TOOL], rules: rules.map((parts) => rule(...parts)) })));

describe("closures", () => {
  it("load each value once, however many rules read it", () => {
    const decider = make(
      ["a", "deny", { when: over(100) }],
      ["b", "deny", { when: over(200) }],
      ["c", "approval_required", { when: over(50), because: template("Amount ", path("input.amount")) }],
      ["d", "allow", { when: and(has(path("input"), "box"), equal(path("input.box.label"), constant("x"))) }],
    );
    const reads: string[] = [];
    const counted = <T extends object>(of: T, name: string): T =>
      new Proxy(of, {
        get: (target, key) => {
          reads.push(`${name}.${String(key)}`);
          return Reflect.get(target, key);
        },
      });
    const input = counted({ amount: 60, box: counted({ label: "x" }, "box"), other: 1 }, "input");
    expect(decider.decide(request(input)).reasons).toEqual(["Amount 60"]);
    expect(reads.sort()).toEqual(["box.label", "input.amount", "input.box"]);
  });

  it("give the same frozen object for the same decision, where no value is shown", () => {
    const decider = make(
      ["a", "deny", { when: over(100), because: ["Too much."] }],
      ["b", "deny", { when: over(200) }],
      ["c", "approval_required", { when: over(50), because: template(path("input.amount")) }],
    );
    const decide = (amount: number) => decider.decide(request({ amount }));
    expect(decide(150)).toBe(decide(160));
    expect(decide(250)).toBe(decide(260));
    expect(decide(250)).not.toBe(decide(150));
    expect(decide(1)).toBe(decide(2));
    expect(decide(60)).not.toBe(decide(60));
    expect(Object.isFrozen(decide(60).approval?.approvers[0]?.from)).toBe(true);
  });

  it("keep calls apart", () => {
    const decider = make(["c", "allow", { when: equal(path("input.box.label"), constant("x")) }]);
    const decide = (input: object) => decider.decide(request({ amount: 1, ...input })).code;
    expect(decide({ box: { label: "x" } })).toBe("rule");
    expect(decide({})).toBe("invalid_value");
    expect(decide({ box: { label: "y" } })).toBe("default");
  });
});
