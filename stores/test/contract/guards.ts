import { type Store, whenDecided } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import {
  approval,
  clarification,
  counter,
  guarded,
  MINUTE,
  request,
} from "../../../runtime/test/guard/support.ts";

/** The life of calls that wait, begun by one guard and ended by another, over one store opened twice where that can be. */
export function guardContract(given: () => { readonly one: Store; readonly other: Store }): void {
  describe("guards", () => {
    let one: Store;
    let other: Store;
    beforeAll(() => {
      ({ one, other } = given());
    });
    const waiting = { decide: () => approval() };

    test("what one pauses another approves and runs once, whatever the order of names", async () => {
      const { iam: here } = guarded(waiting, { store: one });
      const { iam: there } = guarded(waiting, { store: other });
      const { runs, execute } = counter();
      const input = { b: [1, { d: "\u0000\ud800", c: 2 ** 53 + 2 }], a: undefined };
      const id = (await here.guard(request(input), execute)).checkpoint?.id ?? "";
      expect(await there.approve(id, { id: "ann" })).toMatchObject({ ok: true });
      const same = request({ b: [1, { c: 2 ** 53 + 2, d: "\u0000\ud800" }] });
      for (const changed of [
        request({ b: [1, { c: 2 ** 53, d: "\u0000\ud800" }] }),
        request({ ...input, a: null }),
      ]) {
        const refused = await there.guard(changed, execute, { resumeCheckpointId: id });
        expect(refused).toMatchObject({ executed: false, refused: "other_request" });
      }
      const results = [
        await there.guard(same, execute, { resumeCheckpointId: id }),
        await here.guard(same, execute, { resumeCheckpointId: id }),
        await here.resume(id, execute),
      ];
      expect(results.map(({ executed }) => executed)).toEqual([true, false, false]);
      expect(JSON.stringify(runs)).toBe(JSON.stringify([{ b: [1, { c: 2 ** 53 + 2, d: "\u0000\ud800" }] }]));
      expect(await here.checkpoint(id)).toMatchObject({ state: "consumed", approvals: [{ by: "ann" }] });
    });

    test("whoever waits for a decision has it as soon as it is taken elsewhere", async () => {
      const { iam: here } = guarded(waiting, { store: one });
      const { iam: there } = guarded(waiting, { store: other });
      const { runs, execute } = counter();
      const pausedAt = async (input: string) =>
        (await here.guard(request(input), execute)).checkpoint?.id ?? "";
      const [yes, no, never] = [await pausedAt("yes"), await pausedAt("no"), await pausedAt("never")];
      const decided = (id: string, wait: number) => whenDecided(one, id, { wait, clock: () => 1_000_000 });
      // An hour: only who is told of a decision, or looks, has it while the test lasts.
      const waits = [decided(yes, 3_600_000), decided(no, 3_600_000), decided(never, 600)];
      await new Promise((resolve) => setTimeout(resolve, 100));
      await there.approve(yes, { id: "ann" });
      await there.reject(no, { id: "ann" }, "no");
      expect(await Promise.all(waits)).toEqual(["approved", "rejected", "pending"]);
      expect(await decided("unknown", 3_600_000)).toBeUndefined();
      expect(await here.resume(yes, execute)).toMatchObject({ executed: true });
      expect(runs).toEqual(["yes"]);
    });

    test("what is approved expires, too, and stays so when the clock goes back", async () => {
      const here = guarded(waiting, { store: one });
      const there = guarded(waiting, { store: other });
      const { runs, execute } = counter();
      const id = (await here.iam.guard(request("late"), execute)).checkpoint?.id ?? "";
      await there.iam.approve(id, { id: "ann" });
      const left = (await here.iam.guard(request("left"), execute)).checkpoint?.id ?? "";
      there.time.now += 31 * MINUTE;
      expect(await there.iam.resume(id, execute)).toMatchObject({ executed: false, refused: "expired" });
      expect(await there.iam.expire()).toBeGreaterThan(0);
      expect(await here.iam.resume(id, execute)).toMatchObject({ executed: false, refused: "expired" });
      const expired = (await here.iam.checkpoints({ state: "expired", limit: 1e6 })).map((one) => one.id);
      expect(expired).toEqual(expect.arrayContaining([id, left]));
      expect(runs).toEqual([]);
    });

    test("an answer given elsewhere changes the call, and a call that throws ends as failed", async () => {
      const asking = {
        decide: ({ context }: { readonly context?: { readonly [field: string]: unknown } }) =>
          context === undefined ? clarification(["context.ticket"]) : {},
      };
      const { iam: here } = guarded(asking, { store: one });
      const { iam: there } = guarded(asking, { store: other });
      const id = (await here.guard(request("ask"), () => 0)).checkpoint?.id ?? "";
      expect(await there.answer(id, { "context.ticket": "OPS\u0000" })).toMatchObject({ ok: true });
      const failing = here.resume(id, (_, { request }) => {
        throw new Error(`no ${JSON.stringify(request.context)}`);
      });
      await expect(failing).rejects.toThrow('no {"ticket":"OPS\\u0000"}');
      expect(await there.checkpoint(id)).toMatchObject({ state: "failed" });
      expect(await there.resume(id, () => 0)).toMatchObject({ executed: false, refused: "failed" });
    });
  });
}
