import { checkText } from "@agentpolicy/language";
import type { Policy } from "@agentpolicy/runtime/abi";
import { describe, expect, it } from "vitest";
import { interpret } from "../../src/interpret/interpret.ts";
import { afterRunning, figuresFor, NO_HISTORY } from "../../src/testing/keeper.ts";

const { policy: checked, diagnostics } = checkText(
  `policy p
tools { pay(amount: number)  read() }
track spent = sum input.amount on pay when input.amount > 1 per actor within 1h
track calls = count on pay, read per policy
track dirty = seen on read per session
on pay, read {
  deny never when spent > 100 and calls > 100 and dirty
  allow rest
}
`,
  { path: "p.agentpolicy" },
);
if (checked === null) throw new Error(JSON.stringify(diagnostics));
const policy: Policy = interpret(checked);
const HOUR = 3_600_000;

const call = (name: string, input: object, id = "a", session = "s") => ({
  actor: { type: "agent", id },
  action: { name, input },
  session: { id: session },
});

describe("figures over earlier calls", () => {
  const first = afterRunning(policy, call("pay", { amount: 5 }), NO_HISTORY, 1000);
  const second = afterRunning(policy, call("pay", { amount: 7 }, "b"), first, 2000);
  const third = afterRunning(policy, call("read", {}, "b", "t"), second, 3000);

  it("begin at nothing", () => {
    const figures = figuresFor(policy, call("pay", { amount: 1 }), NO_HISTORY, 0);
    expect(figures).toEqual({ "p.spent": 0, "p.calls": 0, "p.dirty": false });
  });
  it("are kept by actor, by session and for the policy", () => {
    const asked = call("pay", { amount: 1 });
    expect(figuresFor(policy, asked, third, 4000)).toEqual({ "p.spent": 5, "p.calls": 3, "p.dirty": false });
    const other = call("pay", { amount: 1 }, "b", "t");
    expect(figuresFor(policy, other, third, 4000)).toEqual({ "p.spent": 7, "p.calls": 3, "p.dirty": true });
  });
  it("tell actors of one id but another type apart", () => {
    const user = { ...call("pay", { amount: 1 }), actor: { type: "user", id: "a" } };
    expect(figuresFor(policy, user, third, 4000)).toMatchObject({ "p.spent": 0 });
  });
  it("forget what is as old as the window, and not a moment sooner", () => {
    const asked = call("pay", { amount: 1 });
    expect(figuresFor(policy, asked, first, 1000 + HOUR - 1)).toMatchObject({ "p.spent": 5 });
    expect(figuresFor(policy, asked, first, 1000 + HOUR)).toMatchObject({ "p.spent": 0, "p.calls": 1 });
  });
  it("leave out what a track's condition leaves out", () => {
    const small = afterRunning(policy, call("pay", { amount: 1 }), NO_HISTORY, 0);
    expect(figuresFor(policy, call("read", {}), small, 0)).toMatchObject({ "p.spent": 0, "p.calls": 1 });
  });
  it("never change a history that was given", () => {
    expect(NO_HISTORY.entries).toEqual([]);
    expect(figuresFor(policy, call("pay", { amount: 1 }), first, 1000)).toMatchObject({ "p.calls": 1 });
  });
  it("are none for requests that nothing is known of", () => {
    for (const request of [{}, { action: {} }, { action: { name: "other" } }, { action: { name: 3 } }]) {
      expect(figuresFor(policy, request, third, 0)).toEqual({});
      expect(afterRunning(policy, request, third, 0)).toBe(third);
    }
  });
});
