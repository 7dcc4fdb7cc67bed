import { describe, expect, it } from "vitest";
import { conservativePolicy } from "../../src/rules/conservative.ts";
import { definePolicy } from "../../src/rules/define.ts";

const actor = { type: "agent", id: "bot" };

describe("the conservative policy", () => {
  const policy = definePolicy(conservativePolicy({ internalDomains: ["acme.com"] }));
  const decided = (name: string, more: object = {}, input: object = {}) => {
    const { decision, code, risk, requirements } = policy.decide({ actor, action: { name, input }, ...more });
    return [decision, code, risk, ...requirements];
  };

  it("lets agents look, and asks before the rest", () => {
    expect(decided("read_file")).toEqual(["allow", "rule", "low"]);
    expect(decided("list_users")).toEqual(["allow", "rule", "low"]);
    expect(decided("pay")).toEqual(["approval_required", "default", "medium", "human_approval"]);
  });

  it("asks before mail leaves the house", () => {
    const mail = (to: unknown) => decided("send_email", {}, { to });
    expect(mail("a@evil.example")).toEqual([
      "approval_required",
      "rule",
      "medium",
      "human_approval",
      "preview",
    ]);
    expect(mail(["a@acme.com"])).toEqual(["approval_required", "default", "medium", "human_approval"]);
    expect(mail("nobody")).toEqual(["deny", "invalid_value", "medium"]);
  });

  it("asks an unsure model first, with all that weaker rules ask for", () => {
    const model = { confidence: 0.5 };
    expect(decided("read_file", { model })).toEqual([
      "clarification_required",
      "rule",
      "medium",
      "explain_uncertainty",
    ]);
    const mail = policy.decide({
      actor,
      model,
      action: { name: "send_email", input: { to: "a@b.example" } },
    });
    expect(mail.rules).toEqual(["approve-external-mail", "ask-when-unsure"]);
    expect(mail.requirements).toEqual(["explain_uncertainty", "human_approval", "preview"]);
    expect(mail.clarification?.questions.map(({ rule }) => rule)).toEqual(["ask-when-unsure"]);
    expect(mail.approval).toBeUndefined();
  });

  it("deletes nothing in production", () => {
    const where = (environment: unknown) => decided("delete_user", { context: { environment } });
    expect(where("production")).toEqual(["deny", "rule", "critical", "policy_exception"]);
    expect(where("test")[0]).toBe("approval_required");
    expect(where(["production"]).slice(0, 2)).toEqual(["deny", "invalid_value"]);
  });

  it("assumes no domain: without any, all mail waits", () => {
    const unnamed = definePolicy(conservativePolicy());
    const request = { actor, action: { name: "send_email", input: { to: "a@acme.com" } } };
    expect(unnamed.decide(request)).toMatchObject({
      decision: "approval_required",
      code: "rule",
      rules: ["approve-external-mail"],
    });
  });
});
