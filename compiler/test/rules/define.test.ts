import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { definePolicy, policyFromRules } from "../../src/rules/define.ts";
import type { PolicyObject } from "../../src/rules/rule-objects.ts";
import { PolicyValidationError } from "../../src/rules/validation-error.ts";
import { agree, backEnds } from "../support/compare.ts";

const actor = { type: "agent", id: "bot1" };
const call = (name: string, input: unknown = {}, more: object = {}) => ({
  actor,
  action: { name, input },
  ...more,
});

const EXAMPLE: PolicyObject = {
  rules: [
    { id: "safe", when: { action: "read_logs" }, decision: "allow" },
    { id: "transfer", when: { action: "transfer_money" }, decision: "approval_required" },
    { id: "nuke", when: { action: "delete_database", context: { env: "prod" } }, decision: "deny" },
  ],
};

describe("the rule-object form", () => {
  it("decides the example that started the project", async () => {
    const ends = await backEnds(policyFromRules(EXAMPLE));
    const decided = (name: string, more: object = {}) => {
      const { decision, code, rules } = agree(ends, call(name, { amount: 5000 }, more));
      return [decision, code, ...rules];
    };
    expect(decided("read_logs")).toEqual(["allow", "rule", "safe"]);
    expect(decided("transfer_money")).toEqual(["approval_required", "rule", "transfer"]);
    expect(decided("delete_database", { context: { env: "prod" } })).toEqual(["deny", "rule", "nuke"]);
    expect(decided("delete_database", { context: { env: "dev" } })).toEqual(["approval_required", "default"]);
    expect(decided("delete_database")).toEqual(["approval_required", "default"]);
    expect(decided("anything_else")).toEqual(["approval_required", "default"]);
    expect(ends.closures.visible("delete_database", { actor, context: {} })).toBe(true);
  });

  it("never lets a field of another kind slip past a rule for that action", async () => {
    const ends = await backEnds(policyFromRules(EXAMPLE));
    for (const env of [["prod"], null, 1, { name: "prod" }]) {
      const { decision, code, rules } = agree(ends, call("delete_database", {}, { context: { env } }));
      expect([decision, code, rules]).toEqual(["deny", "invalid_value", ["nuke"]]);
      expect(agree(ends, call("read_logs", {}, { context: { env } })).decision).toBe("allow");
    }
    expect(agree(ends, call("delete_database", {}, { context: { env: undefined } })).code).toBe("default");
    expect(agree(ends, call("delete_database", {}, { context: "prod" })).code).toBe("invalid_request");
  });

  it("matches globs, and nested fields of every root", async () => {
    const ends = await backEnds(
      policyFromRules({
        defaultDecision: "deny",
        rules: [
          { id: "reads", when: { action: "read_*" }, decision: "allow" },
          { id: "v1", when: { action: "api.v?" }, decision: "allow" },
          {
            id: "deep",
            when: {
              action: "send",
              input: { to: { kind: "user", id: 7 }, urgent: true, cc: null },
              actor: { role: "lead" },
              resource: { owner: { team: "ops" } },
            },
            decision: "approval_required",
            reason: "{to} is {not} read as a value",
            risk: "high",
            requirements: ["preview"],
          },
          {
            id: "ask",
            when: { action: "book", arguments: { to: "x" } },
            decision: "clarification_required",
            reason: "When?",
          },
        ],
      }),
    );
    const rules = (...args: Parameters<typeof call>) => agree(ends, call(...args)).rules;
    expect(rules("read_logs")).toEqual(["reads"]);
    expect(rules("xread_logs")).toEqual([]);
    expect(rules("api.v1")).toEqual(["v1"]);
    const input = { to: { kind: "user", id: 7, more: 1 }, urgent: true, cc: null, rest: [] };
    const more = { actor: { ...actor, role: "lead" }, resource: { owner: { team: "ops" } } };
    expect(agree(ends, call("send", input, more))).toMatchObject({
      decision: "approval_required",
      rules: ["deep"],
      reasons: ["{to} is {not} read as a value"],
      risk: "high",
      requirements: ["preview"],
    });
    expect(rules("send", { ...input, cc: "x" }, more)).toEqual([]);
    expect(rules("send", { ...input, urgent: false }, more)).toEqual([]);
    expect(agree(ends, call("send", { ...input, to: "user" }, more)).code).toBe("invalid_value");
    expect(agree(ends, call("book", { to: "x" })).clarification?.questions).toEqual([
      { rule: "ask", ask: "When?" },
    ]);
  });

  it("takes names that are dangerous in JavaScript for what they are", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    for (const name of names) {
      const input = Object.fromEntries([[name, "x"]]);
      const ends = await backEnds(
        policyFromRules({ rules: [{ id: name, when: { action: name, input }, decision: "deny" }] }),
      );
      expect(agree(ends, call(name, input)).rules).toEqual([name]);
      expect(agree(ends, call(name, {})).rules).toEqual([]);
      expect(Object.keys(ends.module.manifest.rules)).toEqual([name]);
    }
  });

  it("points at the rules in their own text", () => {
    const { manifest } = definePolicy(EXAMPLE);
    expect(manifest.rules.transfer).toEqual({
      effect: "approval_required",
      at: { file: "rules.json", line: 2, character: 10 },
    });
    expect(manifest).toMatchObject({ name: "policy", version: null, tools: {} });
  });

  it("is explained by its own words and the values seen", () => {
    const policy = policyFromRules({
      rules: [
        { id: "large", when: { action: "pay", input: { amount: { gt: 1000 } } }, decision: "deny" },
        { id: "pays", when: { action: "pay", context: { env: "dev" } }, decision: "allow" },
      ],
    });
    const why = (input: object) =>
      explain(policy, call("pay", input, { context: { env: "dev" } })).rules.map(
        ({ id, outcome, considered, decidedBy }) => [
          id,
          outcome,
          considered,
          decidedBy?.text,
          ...(decidedBy?.values.map(({ text, value }) => `${text} is ${value}`) ?? []),
        ],
      );
    const amount = '"amount": { "gt": 1000 }';
    const env = ['"action": "pay" is pay', '"env": "dev" is dev'];
    const whole = '"when": { "action": "pay", "context": { "env": "dev" } }';
    expect(why({ amount: 5 })).toEqual([
      ["large", "unmatched", true, '"gt": 1000', `${amount} is 5`],
      ["pays", "matched", true, whole, ...env],
    ]);
    expect(why({})).toEqual([
      ["large", "faulted", true, '"gt": 1000', `${amount} is null`],
      ["pays", "matched", false, whole, ...env],
    ]);
    expect(why({ amount: "5" })[0]).toEqual(["large", "faulted", true, '"gt": 1000', `${amount} is 5`]);
    // The clauses of weaker rules count in what is decided, so they are considered.
    expect(why({ amount: 5000 })[1]).toEqual(["pays", "matched", true, whole, ...env]);
  });

  it("says everything that is wrong at once", () => {
    const failures = (policy: unknown) => {
      try {
        definePolicy(policy as PolicyObject);
      } catch (error) {
        if (error instanceof PolicyValidationError) return error.failures;
        throw error;
      }
      return [];
    };
    expect(failures(undefined)).toEqual([
      { path: "", ruleId: null, message: "expected a record, found nothing" },
    ]);
    expect(failures({ rule: [], rules: {} })).toEqual([
      { path: "rule", ruleId: null, message: 'there is no "rule" here; did you mean "rules"?' },
      { path: "rules", ruleId: null, message: "expected a list of rules, found a record" },
    ]);
    const message = (rule: object) => failures({ rules: [rule] }).map((one) => `${one.path}: ${one.message}`);
    expect(message({ id: "a", decision: "alow" })).toEqual([
      'rules[0].decision: expected "allow", "approval_required", "clarification_required" or "deny", found "alow"; did you mean "allow"?',
    ]);
    expect(message({ id: "a", decision: "forbid" })[0]).toContain('did you mean "deny"?');
    expect(message({ id: "a", decision: "deny", when: { acton: "x" } })).toEqual([
      'rules[0].when.acton: there is no "acton" here; did you mean "action"?',
    ]);
    expect(message({ id: "a", decision: "deny", when: { context: { env: () => "prod" } } })).toEqual([
      "rules[0].when.context.env: expected a string, number, boolean, null, list or record, found a function",
    ]);
    expect(message({ id: "a", decision: "deny", when: { input: {}, arguments: {} } })[0]).toContain(
      "another name",
    );
    expect(message({ id: "a", decision: "clarification_required" })[0]).toContain("the question");
    expect(message({ decision: "deny" })).toEqual(["rules[0].id: a rule needs an id"]);
    expect(message({ id: "a", decision: "deny", risk: "hihg" })[0]).toContain('did you mean "high"?');
    expect(failures({ rules: [EXAMPLE.rules[0], EXAMPLE.rules[0]] })).toEqual([
      { path: "rules[1].id", ruleId: "safe", message: 'rules[0] has the id "safe" too' },
    ]);
    const cycle: { [field: string]: unknown } = {};
    cycle.again = cycle;
    expect(message({ id: "a", decision: "deny", when: { input: cycle } })[0]).toContain("that holds itself");
    expect(failures({ defaultDecision: "allow", rules: [] })[0]?.message).toBe(
      'expected "deny" or "approval_required", found "allow"',
    );
  });
});
