import { guardAll, memory, type Request, type Store } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { logged } from "../audit/logged.ts";
import { approval, guarded, request, type Written } from "./support.ts";

const amountOf = ({ action }: Request) => (action.input as { readonly amount: number }).amount;

/** Ten in all; from eight on somebody must approve. */
const ten: Written = {
  tracks: [{ id: "p.n", figure: "sum", per: "policy", within: null }],
  reads: ["p.n"],
  adds: (asked) => [{ track: "p.n", amount: amountOf(asked) }],
  decide: (asked, figures) => {
    const sum = Number(figures["p.n"]) + amountOf(asked);
    if (sum > 10) return { decision: "deny" };
    return sum > 7 ? approval() : {};
  },
};

const outcome = (result: PromiseSettledResult<{ readonly executed: boolean; readonly decision: object }>) =>
  result.status === "fulfilled" ? result.value.executed : result.status;

const spending = (amount: number, execute: (input: unknown) => unknown = () => amount) => ({
  request: request({ amount }),
  execute,
});

/** A store that answers after some milliseconds, the later the sooner it is asked. */
function slow(): Store {
  const store = memory();
  let wait = 20;
  return {
    ...store,
    track: async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait--)));
      return store.track(...given);
    },
  };
}

describe("calls made at once", () => {
  test.each<[string, () => Store]>([
    ["memory", memory],
    ["a store that answers out of order", slow],
  ])("are judged as if one after another, in %s", async (_, store) => {
    const { iam } = guarded(ten, { store: store() });
    const amounts = [3, 4, 3, 9, 3, 1];
    const results = await guardAll(
      iam,
      amounts.map((amount) => spending(amount)),
    );
    const effects = results.map((result) => result.status === "fulfilled" && result.value.decision.decision);
    // What waits takes nothing, so the next is judged as if it were not there.
    expect(effects).toEqual([
      "allow",
      "allow",
      "approval_required",
      "deny",
      "approval_required",
      "approval_required",
    ]);
    expect(results.map(outcome)).toEqual([true, true, false, false, false, false]);
  });

  test("run at once: none waits for another to end", async () => {
    const { iam } = guarded(ten);
    const began: number[] = [];
    const ends: ((value: unknown) => void)[] = [];
    const running = (amount: number) =>
      spending(amount, () => {
        began.push(amount);
        return new Promise((resolve) => ends.push(resolve));
      });
    const all = guardAll(iam, [running(1), running(2), running(3)]);
    await expect.poll(() => began).toEqual([1, 2, 3]);
    // They end in another order than they began; the results are in the order of the calls.
    for (const [at, end] of [...ends.entries()].reverse()) end(`value ${at}`);
    const results = await all;
    expect(results.map((result) => result.status === "fulfilled" && result.value.value)).toEqual([
      "value 0",
      "value 1",
      "value 2",
    ]);
  });

  test("one that throws is rejected, and keeps nothing from those after it that was theirs", async () => {
    const { iam } = guarded(ten);
    const results = await guardAll(iam, [
      spending(7, () => {
        throw new Error("at once");
      }),
      spending(7, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        throw new Error("later");
      }),
      spending(7),
    ]);
    expect(results[0]).toMatchObject({ status: "rejected", reason: new Error("at once") });
    // The first had not yet given back what it took; what is denied for that can be called again.
    const after = results.slice(1).map(outcome);
    expect(["false,false", "rejected,false"]).toContain(`${after}`);
    expect((await iam.guard(request({ amount: 7 }), () => 0)).executed).toBe(true);
  });

  test("may be resumes, each good for one", async () => {
    const { iam } = guarded(ten);
    const paused = await iam.guard(request({ amount: 8 }), () => 0);
    const resumeCheckpointId = paused.checkpoint?.id ?? "";
    await iam.approve(resumeCheckpointId, { id: "ann" });
    const results = await guardAll(iam, [
      spending(1),
      { ...spending(8), resumeCheckpointId },
      { ...spending(8), resumeCheckpointId },
      { ...spending(1), resumeCheckpointId: "chk_0" },
      spending(2),
    ]);
    expect(results.map(outcome)).toEqual([true, true, false, false, false]);
    expect(results.map((result) => result.status === "fulfilled" && result.value)).toMatchObject([
      { value: 1 },
      { value: 8, checkpoint: { state: "consumed" } },
      { refused: "consumed" },
      { refused: "unknown" },
      { decision: { decision: "deny" } },
    ]);
  });

  test("none are none, and what is no request is denied in its place", async () => {
    const { iam } = guarded(ten);
    expect(await guardAll(iam, [])).toEqual([]);
    const results = await guardAll(iam, [
      spending(1),
      { request: undefined as unknown as Request, execute: () => 0 },
      { request: request({ amount: Number.NaN }), execute: () => 0 },
      spending(1),
    ]);
    expect(results.map(outcome)).toEqual([true, false, false, true]);
  });

  test("are each written down like any other call", async () => {
    const { iam, records } = logged(ten);
    await guardAll(iam, [spending(5), spending(6), spending(5)]);
    const judged = (await records()).filter(({ event }) => event === "evaluated");
    expect(judged.map(({ runs, figures }) => [runs, figures?.["p.n"]])).toEqual([
      [true, 0],
      [false, 5],
      [false, 5],
    ]);
  });
});
