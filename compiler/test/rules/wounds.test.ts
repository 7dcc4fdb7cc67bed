import { describe, expect, it } from "vitest";
import { definePolicy, policyFromRules } from "../../src/rules/define.ts";
import type { Matcher, PolicyObject } from "../../src/rules/rule-objects.ts";
import { checkPolicyObject } from "../../src/rules/validate.ts";
import { agree, backEnds } from "../support/compare.ts";

const actor = { type: "agent", id: "bot" };
const call = (name: string, input: unknown) => ({ actor, action: { name, input } });

describe("known wounds of rule objects", () => {
  it("unknown decision string ranks as allow: here it is no policy at all", () => {
    for (const decision of ["dney", "DENY", "block", "", null, 0, ["deny"], { eq: "deny" }]) {
      const { policy, failures } = checkPolicyObject({ rules: [{ id: "nuke", decision }] });
      expect(policy).toBeNull();
      expect(failures).toMatchObject([{ path: "rules[0].decision", ruleId: "nuke" }]);
      expect(() => definePolicy({ rules: [{ id: "nuke", decision: decision as never }] })).toThrow(
        "rules[0].decision",
      );
    }
    for (const defaultDecision of ["allow", "dney", "clarification_required"]) {
      expect(checkPolicyObject({ rules: [], defaultDecision }).failures).toMatchObject([
        { path: "defaultDecision" },
      ]);
    }
  });

  it("missing number lets a deny rule not fire: here the call is denied", async () => {
    const rules: PolicyObject["rules"] = [
      { id: "pays", when: { action: "pay" }, decision: "allow" },
      { id: "too-much", when: { action: "pay", input: { amount: { gt: 1000 } } }, decision: "deny" },
    ];
    const ends = await backEnds(policyFromRules({ rules }));
    expect(agree(ends, call("pay", { amount: 5 })).decision).toBe("allow");
    expect(agree(ends, call("pay", { amount: 5000 }))).toMatchObject({ decision: "deny", code: "rule" });
    for (const input of [
      {},
      undefined,
      { amount: undefined },
      { amount: null },
      { amount: "5000" },
      { amount: [5] },
    ]) {
      const { decision, code, rules } = agree(ends, call("pay", input));
      expect([decision, code, rules]).toEqual(["deny", "invalid_value", ["too-much"]]);
    }
    // Nor is anything else denied for want of an amount.
    expect(agree(ends, call("read", {})).code).toBe("default");
  });

  it("missing number lets a deny rule not fire: nor below a record that is missing, nor for any operator", () => {
    const operators: Matcher[] = [{ lt: 1 }, { lte: 1 }, { gt: 1 }, { gte: 1 }, { neq: 1 }, { lt: 5, gt: 1 }];
    for (const operator of operators) {
      const policy = definePolicy({
        rules: [
          { id: "all", decision: "allow" },
          { id: "strict", decision: "deny", when: { input: { order: { total: operator } } } },
        ],
      });
      for (const input of [{}, { order: {} }, { order: { total: "1" } }, { order: 5 }]) {
        expect(policy.decide(call("t", input))).toMatchObject({ decision: "deny", code: "invalid_value" });
      }
    }
  });

  it("a misspelt operator is a field that never matches: here it is no policy at all", () => {
    for (const [operator, meant] of [
      ["greaterThan", "gt"],
      ["$gt", "gt"],
      ["GTE", "gte"],
      ["exist", "exists"],
      ["external_email", "externalEmail"],
      ["contians", "contains"],
    ]) {
      const input = { amount: { [operator!]: 5 } };
      const { failures } = checkPolicyObject({ rules: [{ id: "a", decision: "deny", when: { input } }] });
      expect(failures.map(({ message }) => message)).toEqual([
        `there is no operator ${JSON.stringify(operator)}; did you mean ${JSON.stringify(meant)}?`,
      ]);
    }
  });

  it("domains taken for internal that nobody named: here they are asked for", () => {
    const rules = [{ id: "a", decision: "deny", when: { input: { to: { externalEmail: true } } } }];
    expect(checkPolicyObject({ rules }).failures).toMatchObject([
      { path: "rules[0].when.input.to.externalEmail", ruleId: "a" },
    ]);
    expect(checkPolicyObject({ rules, internalDomains: ["acme.com"] }).failures).toEqual([]);
  });
});
