import { closures, makePlan } from "@agentpolicy/compiler";
import { checkText } from "@agentpolicy/language";
import {
  createAgentIAM,
  type Decision,
  disagrees,
  loggedMemory,
  type Policy,
  type Request,
  shadowed,
} from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, clarification, policyOf, request } from "../guard/support.ts";

function compiled(text: string): Policy {
  const { policy, diagnostics } = checkText(text, { path: "p.agentpolicy" });
  if (policy === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return closures(makePlan(policy));
}

const limited = (most: number, more = "") =>
  compiled(`policy p version "${most}"
    tools { pay(amount: number, iban: string) }
    track spent = sum input.amount on pay per actor within 24h
    on pay { allow within-limit when spent + input.amount <= ${most} ${more} }`);
const pay = (amount: number): Request => ({
  actor: { type: "agent", id: "bot" },
  action: { name: "pay", input: { amount, iban: "DE1" } },
});
const allow = policyOf({ decide: () => ({}) });
const deny = policyOf({ decide: () => ({ decision: "deny" }), hash: "h2" });
const shadowOf = (policy: Policy, given: Request = request()): Decision | undefined =>
  policy.decide(given, {}).shadow;

describe("a policy that watches", () => {
  test("counts for itself what runs, and decides nothing", async () => {
    const policy = shadowed(limited(100), limited(25));
    const store = loggedMemory();
    const iam = createAgentIAM({ policy, store });
    const results = [];
    for (let at = 0; at < 12; at++) results.push(await iam.guard(pay(10), () => 0));
    // The first lets ten run; the shadow would have let two, and goes on counting what does run.
    expect(results.map(({ executed }) => executed)).toEqual([...Array(10).fill(true), false, false]);
    expect(results.map(({ decision }) => decision.shadow?.decision)).toEqual([
      ...Array(2).fill("allow"),
      ...Array(10).fill("deny"),
    ]);
    expect(results.map(({ decision }) => disagrees(decision))).toEqual([
      ...Array(2).fill(false),
      ...Array(8).fill(true),
      ...Array(2).fill(false),
    ]);
    const last = (await store.log.read({ event: "evaluated" })).at(-1);
    expect(last?.figures).toEqual({ "p.spent": 100, "shadow/p.spent": 100 });
    expect(last?.decision?.policy.version).toBe("100");
    expect(last?.decision?.shadow?.policy.version).toBe("25");
  });

  test("begins to count when it begins to watch, with the first's own counts as they are", async () => {
    const store = loggedMemory();
    await createAgentIAM({ policy: limited(100), store }).guard(pay(60), () => 0);
    const iam = createAgentIAM({ policy: shadowed(limited(100), limited(25)), store });
    const { decision } = await iam.guard(pay(20), () => 0);
    expect([decision.decision, decision.shadow?.decision]).toEqual(["allow", "allow"]);
    await iam.guard(pay(20), () => 0);
    // And when it watches no more, nothing of it is left in the first's.
    const alone = await createAgentIAM({ policy: limited(100), store }).guard(pay(1), () => 0);
    expect(alone).toMatchObject({ executed: false, decision: { code: "default" } });
    expect(alone.decision).not.toHaveProperty("shadow");
  });

  test("takes back with the first what failed", async () => {
    const store = loggedMemory();
    const iam = createAgentIAM({ policy: shadowed(limited(100), limited(25)), store });
    const failing = iam.guard(pay(20), () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect((await iam.evaluate(pay(20))).shadow).toMatchObject({ decision: "allow" });
  });

  test("says what it would have decided, always", () => {
    expect(shadowOf(shadowed(allow, allow))).toMatchObject({ decision: "allow" });
    expect(shadowOf(shadowed(allow, deny))).toMatchObject({ decision: "deny", policy: { hash: "h2" } });
    const both = shadowed(allow, shadowed(deny, allow)).decide(request(), {});
    expect(both.shadow?.shadow?.decision).toBe("allow");
    expect(Object.isFrozen(both)).toBe(true);
  });

  const throwing = () => {
    throw new Error("no");
  };
  test.each<[string, Policy]>([
    ["throws when it decides", policyOf({ decide: throwing })],
    [
      "throws wherever it can",
      {
        ...policyOf({ decide: throwing }),
        ...{ reads: throwing, contributions: throwing, masks: throwing, visible: throwing },
      },
    ],
    ["decides nothing", policyOf({ decide: () => ({ decision: "perhaps" as never }) })],
    ["is for another version of the guard", policyOf({ decide: () => ({}), abi: 99 })],
    ["is nothing", undefined as never],
    ["has no manifest", { ...allow, manifest: undefined as never }],
  ])("that %s shows as its own fault, and the first decides", async (_, broken) => {
    const policy = shadowed(allow, broken);
    const { iam, store } = { iam: createAgentIAM({ policy, store: loggedMemory() }), store: policy };
    const result = await iam.guard(request(), () => 7);
    expect(result).toMatchObject({ executed: true, value: 7, decision: { decision: "allow" } });
    expect(result.decision.shadow).toMatchObject({ decision: "deny", code: "policy_unavailable" });
    expect(store.visible("t", { actor: { type: "agent", id: "b" } })).toBe(true);
  });

  test("that names tracks which it does not declare, or counts what is no number, hurts nobody", async () => {
    const odd = policyOf({
      decide: () => ({}),
      tracks: [{ id: "n", figure: "count", per: "policy", within: null }],
      reads: ["nowhere", "n"],
      adds: () => [
        { track: "nowhere", amount: 1 },
        { track: "n", amount: Number.NaN },
      ],
    });
    const iam = createAgentIAM({ policy: shadowed(allow, odd), store: loggedMemory() });
    for (let at = 0; at < 3; at++)
      expect(await iam.guard(request(), () => 0)).toMatchObject({ executed: true });
  });

  test("shows nothing that the first hides", () => {
    const words = 'because "to {input.iban}"';
    const first = limited(100, "mask input.iban");
    const given = { ...pay(10), now: 1 };
    const figures = { "p.spent": 0, "shadow/p.spent": 0 };
    const told = (shadow: Policy) => shadowed(first, shadow).decide(given, figures).shadow;
    expect(limited(25, words).decide(given, figures).reasons).toEqual(["to DE1"]);
    expect(told(limited(25, words))).toMatchObject({ decision: "allow", reasons: [] });
    expect(told(limited(25, `${words} mask input.iban`))).toMatchObject({ reasons: ["to •••"] });
    const asking = policyOf({ decide: () => clarification(["context.ticket"]), masks: [] });
    const hiding = policyOf({ decide: () => ({}), masks: [["input", "iban"]] });
    expect(shadowOf(shadowed(hiding, asking))?.clarification?.questions).toEqual([
      { rule: "p.q", ask: "•••" },
    ]);
    expect(shadowOf(shadowed(allow, asking))?.clarification?.questions).toEqual([
      { rule: "p.q", ask: "Which?" },
    ]);
  });
});

describe("two decisions disagree", () => {
  const judged = (shadow: object, first: object = {}) =>
    disagrees(
      shadowed(policyOf({ decide: () => first }), policyOf({ decide: () => shadow })).decide(request(), {}),
    );
  test("where another effect or other demands come of the call, and nowhere else", () => {
    expect(judged({})).toBe(false);
    expect(judged({ reasons: ["x"], rules: ["p.z"], risk: "high" })).toBe(false);
    expect(judged({ decision: "deny" })).toBe(true);
    const two = approval([{ from: ["a"] }, { from: ["b"] }]);
    expect(judged(approval([{ from: ["b"] }, { from: ["a"] }]), two)).toBe(false);
    expect(judged(approval([{ from: ["b"] }]), two)).toBe(true);
    expect(judged(approval([{ from: ["a"] }, { from: ["b"], approvals: 2 }]), two)).toBe(true);
    expect(judged(clarification(["context.b"]), clarification(["context.a"]))).toBe(true);
    expect(disagrees(allow.decide(request(), {}))).toBe(false);
  });
});
