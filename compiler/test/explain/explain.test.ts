import { checkText } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { traceOutcomes } from "../../src/explain/outcomes.ts";

const TEXT = `policy p
tools bank { transfer(amount: number, to: string, iban: string, cc?: string[]) }
context { env: "dev" | "prod" }
actor { role: "lead" | "staff" }
fn external(a: string) = email(a).domain not in ["acme.com"]
on bank.transfer {
  allow small when input.amount <= 500 and actor.role == "lead"
  allow always
  require approval large when input.amount > 500 unless context.env == "dev"
  deny out when external(input.to) or (input.cc ?? []).any(c => external(c))
  deny banned when input.iban == "x" and (if context.env == "prod" then input.amount > 3 else false)
  mask input.iban
}
`;
const { policy } = checkText(TEXT, { path: "p.agentpolicy" });

const explained = (input: object, more: object = {}) => {
  const request = {
    actor: { type: "agent", id: "b", role: "staff" },
    action: { name: "bank.transfer", input: { amount: 5, to: "a@acme.com", iban: "q", ...input } },
    context: { env: "prod" },
    ...more,
  };
  return { ...explain(policy!, request), outcomes: traceOutcomes(policy!, request) };
};

const byRule = (input: object, id: string) => explained(input).rules.find((rule) => rule.id === `p.${id}`)!;

const seen = (input: object, id: string) => {
  const { decidedBy } = byRule(input, id);
  return (
    decidedBy && [decidedBy.text, decidedBy.outcome, ...decidedBy.values.map((v) => `${v.text} = ${v.value}`)]
  );
};

describe("explanations", () => {
  it("list every rule that covers the call, strictest level first", () => {
    const { decision, tool, rules } = explained({ to: "a@evil.com" });
    expect(decision).toMatchObject({ decision: "deny", rules: ["p.out"] });
    expect(tool).toBe("bank.transfer");
    expect(rules.map(({ id, outcome, considered }) => [id, outcome, considered])).toEqual([
      ["p.banned", "unmatched", true],
      ["p.out", "matched", true],
      ["p.large", "unmatched", false],
      ["p.always", "matched", false],
      ["p.small", "unmatched", false],
    ]);
  });

  it("name the first part that decided, with the values seen", () => {
    expect(seen({}, "small")).toEqual(['actor.role == "lead"', false, "actor.role = staff"]);
    expect(seen({ amount: 900 }, "small")).toEqual(["input.amount <= 500", false, "input.amount = 900"]);
    expect(seen({ to: "a@evil.com" }, "out")).toEqual(["external(input.to)", true, "input.to = a@evil.com"]);
    expect(seen({}, "out")).toEqual([
      "external(input.to) or (input.cc ?? []).any(c => external(c))",
      false,
      "input.to = a@acme.com",
      "input.cc = null",
      "input.cc ?? [] = ",
    ]);
    expect(seen({ amount: 900 }, "large")).toEqual(["input.amount > 500", true, "input.amount = 900"]);
    expect(seen({}, "always")).toBeNull();
  });

  it("name the clause and the place", () => {
    const request = { context: { env: "dev" } };
    const rule = explained({ amount: 900 }, request).rules.find(({ id }) => id === "p.large")!;
    expect(rule.decidedBy).toMatchObject({ clause: "unless", outcome: true, text: 'context.env == "dev"' });
    const { start, end } = rule.decidedBy!.at;
    expect(TEXT.slice(start, end)).toBe('context.env == "dev"');
    expect(TEXT.slice(rule.at.start, rule.at.end)).toBe("large");
  });

  it("name what could not be evaluated", () => {
    expect(byRule({ cc: ["b"] }, "out").outcome).toBe("faulted");
    expect(seen({ cc: ["b"] }, "out")).toEqual(["external(c)", "fault", "c = b"]);
  });

  it("never show what is masked", () => {
    expect(seen({ iban: "secret" }, "banned")).toEqual(['input.iban == "x"', false, "input.iban = •••"]);
    const masked = checkText(`${TEXT}\non bank.transfer { mask input.cc }`, { path: "p.agentpolicy" })
      .policy!;
    const input = { amount: 5, to: "a@acme.com", iban: "q", cc: ["secret"] };
    const actor = { type: "agent", id: "b", role: "staff" };
    const request = { actor, action: { name: "bank.transfer", input }, context: { env: "prod" } };
    expect(JSON.stringify(explain(masked, request))).not.toContain("secret");
    expect(JSON.stringify(explain(masked, request))).toContain("•••");
  });

  it("judge no rule of a request that was refused before", () => {
    const { decision, rules } = explained({ amount: "5" });
    expect(decision.code).toBe("invalid_request");
    expect(
      new Set(rules.map(({ outcome, considered, decidedBy }) => [outcome, considered, decidedBy].join())),
    ).toEqual(new Set(["unjudged,false,"]));
    expect(explain(policy!, { action: { name: "nope" } })).toMatchObject({ tool: "nope", rules: [] });
    expect(explain(policy!, 5)).toMatchObject({ tool: null, rules: [] });
  });

  it("trace what each condition gave, as far as deciding looked", () => {
    const texts = (input: object) =>
      explained(input).outcomes.map(({ rule, at, outcome }) => [rule, TEXT.slice(at.start, at.end), outcome]);
    expect(texts({ amount: 2, iban: "x" })).toEqual([
      ["p.banned", 'input.iban == "x"', true],
      ["p.banned", 'context.env == "prod"', true],
      ["p.banned", "input.amount > 3", false],
      ["p.out", "external(input.to)", false],
      ["p.out", "(input.cc ?? []).any(c => external(c))", false],
      ["p.large", "input.amount > 500", false],
      ["p.small", "input.amount <= 500", true],
      ["p.small", 'actor.role == "lead"', false],
    ]);
    expect(texts({ to: "nobody" })).toContainEqual(["p.out", "external(input.to)", "fault"]);
    expect(texts({ to: "a@evil.com" }).map(([rule]) => rule)).toEqual(["p.banned", "p.out"]);
  });
});
