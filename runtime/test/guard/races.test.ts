import { memory, type Store } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, clarification, counter, guarded, request } from "./support.ts";

/** A store that answers after some milliseconds, out of order, so that every step of one call meets those of others. */
function distant(): Store {
  const store = memory();
  let seed = 1;
  const pause = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return new Promise((resolve) => setTimeout(resolve, seed % 4));
  };
  const slowly =
    <A extends readonly unknown[], R>(method: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      await pause();
      const answer = await method(...given);
      await pause();
      return answer;
    };
  return {
    read: slowly(store.read),
    put: slowly(store.put),
    list: slowly(store.list),
    track: slowly(store.track),
    release: slowly(store.release),
  };
}

describe("over a distant store", () => {
  test("64 resumes of one approved call, by two guards, run it once", async () => {
    const store = distant();
    const guards = [1, 2].map(() => guarded({ decide: () => approval() }, { store }).iam);
    const { runs, execute } = counter();
    const [first, second] = guards as [(typeof guards)[0], (typeof guards)[0]];
    const id = (await first.guard(request(), execute)).checkpoint?.id ?? "";
    await second.approve(id, { id: "ann" });
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, at) => (at % 2 ? first : second).resume(id, execute)),
    );
    expect(runs).toHaveLength(1);
    expect(results.filter(({ executed }) => executed)).toHaveLength(1);
    expect(await first.checkpoint(id)).toMatchObject({ state: "consumed" });
  });

  test("approvals, a rejection and a cancellation at once end in one state", async () => {
    for (let round = 0; round < 5; round++) {
      const { iam } = guarded({ decide: () => approval([{ approvals: 3 }]) }, { store: distant() });
      const { runs, execute } = counter();
      const id = (await iam.guard(request(), execute)).checkpoint?.id ?? "";
      const [rejected, cancelled] = await Promise.all([
        iam.reject(id, { id: "eve" }),
        iam.cancel(id),
        ...["a", "b", "c"].map((who) => iam.approve(id, { id: who })),
      ]);
      expect([rejected, cancelled].filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
      const state = (await iam.checkpoint(id))?.state;
      if (rejected.ok) expect(state).toBe("rejected");
      if (cancelled.ok) expect(state).toBe("cancelled");
      expect((await iam.resume(id, execute)).executed).toBe(state === "approved");
      expect(runs).toHaveLength(state === "approved" ? 1 : 0);
    }
  });

  test("an answered call that is resumed many times makes one new checkpoint", async () => {
    const { iam } = guarded(
      {
        decide: ({ context }) =>
          context?.ticket === undefined ? clarification(["context.ticket"]) : approval(),
      },
      { store: distant() },
    );
    const { runs, execute } = counter();
    const id = (await iam.guard(request(), execute)).checkpoint?.id ?? "";
    await iam.answer(id, { "context.ticket": 1 });
    await Promise.all(Array.from({ length: 16 }, () => iam.resume(id, execute)));
    expect(await iam.checkpoints({ state: "pending" })).toHaveLength(1);
    expect(runs).toEqual([]);
  });

  test("300 calls against a limit of 20 that fail now and then run no more than 20 well", async () => {
    const { iam } = guarded(
      {
        tracks: [{ id: "p.n", figure: "count", per: "policy", within: null }],
        reads: ["p.n"],
        adds: () => [{ track: "p.n", amount: 1 }],
        decide: (_, figures) => ({ decision: Number(figures["p.n"]) < 20 ? "allow" : "deny" }),
      },
      { store: distant() },
    );
    let running = 0;
    let most = 0;
    let well = 0;
    const calls = Array.from({ length: 300 }, (_, at) =>
      iam
        .guard(request(), async () => {
          most = Math.max(most, ++running + well);
          await new Promise((resolve) => setTimeout(resolve, 2));
          running--;
          if (at % 7 === 0) throw new Error("x");
          well++;
        })
        .catch(() => {}),
    );
    await Promise.all(calls);
    expect(most).toBeLessThanOrEqual(20);
    expect(well).toBeLessThanOrEqual(20);
    while ((await iam.guard(request(), () => 0)).executed) well++;
    expect(well).toBe(20);
  });
});
