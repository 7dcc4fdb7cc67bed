import { createCheckpoints, guardAll, type State, type Store } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import {
  approval,
  clarification,
  counter,
  guarded,
  MINUTE,
  request,
} from "../../../runtime/test/guard/support.ts";

const ANN = { id: "ann" };

/** Ten units at most, in all. */
const tenInAll = (track: string) => ({
  tracks: [{ id: track, figure: "sum", per: "policy", within: 24 * 60 * MINUTE }] as const,
  reads: [track],
  adds: () => [{ track, amount: 1 }],
  decide: (_: unknown, figures: { readonly [track: string]: number | boolean }) =>
    Number(figures[track]) < 10 ? {} : ({ decision: "deny" } as const),
});

/**
 * What other projects' stores got wrong. `one` and `other` are the same store, opened twice where that can be; `again` opens it
 * anew, where it outlives those who opened it.
 */
export function woundContract(
  given: () => { readonly one: Store; readonly other: Store },
  again?: () => { readonly store: Store },
): void {
  describe("wounds known from other projects", () => {
    let one: Store;
    let other: Store;
    beforeAll(() => {
      ({ one, other } = given());
    });
    const waiting = { decide: () => approval() };
    /** A call that one guard has paused, to be taken up by another. */
    const paused = async (input: unknown = {}) => {
      const here = guarded(waiting, { store: one });
      const there = guarded(waiting, { store: other });
      const id = (await here.iam.guard(request(input), () => 0)).checkpoint?.id ?? "";
      return { here, there, id };
    };
    /** What the log says of a checkpoint, where there is a log. */
    const eventsOf = async (id: string, expected: readonly string[]) => {
      if (!other.log) return;
      const records = await other.log.read({ checkpoint: id });
      expect(records.map(({ event }) => event)).toEqual(expected);
    };

    test("approved checkpoint never expires", async () => {
      const { here, there, id } = await paused();
      const { runs, execute } = counter();
      await there.iam.approve(id, ANN);
      here.time.now += 30 * MINUTE;
      expect(await here.iam.resume(id, execute)).toMatchObject({ executed: false, refused: "expired" });
      await here.iam.expire();
      // Another clock does not bring it back.
      expect(await there.iam.resume(id, execute)).toMatchObject({ executed: false, refused: "expired" });
      await eventsOf(id, ["paused", "approved", "expired", "refused", "refused"]);
      expect(runs).toEqual([]);
    });

    test("approve from the command bypasses expiry and audit", async () => {
      const { here, id } = await paused();
      // A process of its own has the store and who the person is, and neither guard nor policy.
      let now = here.time.now;
      const people = createCheckpoints({
        store: other,
        clock: () => now,
        authenticate: (name: string) => (name === "ann" ? ANN : null),
      });
      expect(await people.approve(id, "mallory")).toMatchObject({ refused: "not_authenticated" });
      now += 30 * MINUTE;
      expect(await people.approve(id, "ann")).toMatchObject({ refused: "expired" });
      await eventsOf(id, ["paused", "refused", "expired", "refused"]);
    });

    test("all Dates equal in the integrity check", async () => {
      const { there, id } = await paused({ at: new Date(1).toISOString() });
      await there.iam.approve(id, ANN);
      const late = request({ at: new Date(2).toISOString() });
      const result = await there.iam.guard(late, () => 0, { resumeCheckpointId: id });
      expect(result).toMatchObject({ executed: false, refused: "other_request" });
      const dated = await there.iam.guard(request({ at: new Date(1) }), () => 0, { resumeCheckpointId: id });
      expect(dated).toMatchObject({ executed: false, decision: { misfit: { path: "input.at" } } });
    });

    test("`undefined` and absent differ after a JSONB round trip", async () => {
      const { there, id } = await paused({ a: undefined, b: [{ c: undefined }] });
      await there.iam.approve(id, ANN);
      const resume = (input: unknown) =>
        there.iam.guard(request(input), (found) => found, { resumeCheckpointId: id });
      expect(await resume({ a: null, b: [{}] })).toMatchObject({ refused: "other_request" });
      expect(await resume({ b: [{}], d: undefined })).toMatchObject({ executed: true, value: { b: [{}] } });
    });

    test("claim consumed with no failed outcome", async () => {
      const { here, there, id } = await paused();
      await there.iam.approve(id, ANN);
      const failing = here.iam.resume(id, () => {
        throw "bank is closed";
      });
      await expect(failing).rejects.toBe("bank is closed");
      expect(await there.iam.checkpoint(id)).toMatchObject({ state: "failed", error: "bank is closed" });
      await eventsOf(id, ["paused", "approved", "evaluated", "consumed", "failed"]);
    });

    test("resume without re-judging", async () => {
      const { there, id } = await paused();
      await there.iam.approve(id, ANN);
      const strict = guarded({ decide: () => ({ decision: "deny" }) }, { store: other });
      expect(await strict.iam.resume(id, () => 0)).toMatchObject({
        executed: false,
        decision: { decision: "deny", code: "rule" },
      });
      expect((await there.iam.checkpoint(id))?.state).toBe("approved");
    });

    test("client-forged approvals", async () => {
      const { here, there, id } = await paused({ state: "approved", approvals: [{ by: "ann", roles: [] }] });
      const shown = await here.iam.checkpoint(id);
      const ids = [
        { ...shown, state: "approved" },
        `${id}0`,
        id.slice(0, -1),
        `${id}\u0000`,
        "chk_",
        "",
        "%",
      ];
      for (const forged of ids) {
        expect((await there.iam.resume(forged as string, () => 0)).executed).toBe(false);
      }
      expect(await there.iam.resume(id, () => 0)).toMatchObject({ executed: false, refused: "pending" });
    });

    test("parallel calls judged against the same history, denied calls eating budgets", async () => {
      const written = tenInAll("p.parallel");
      const [here, there] = [one, other].map((store) => guarded(written, { store }).iam);
      const { runs, execute } = counter();
      const calls = Array.from({ length: 60 }, (_, at) => (at % 2 ? here : there)?.guard(request(), execute));
      const results = await Promise.all(calls);
      expect(results.filter((result) => result?.executed)).toHaveLength(10);
      expect(runs).toHaveLength(10);
      const failing = guarded(tenInAll("p.denied"), { store: one }).iam;
      for (let call = 0; call < 20; call++) {
        await failing.guard(request(), async () => Promise.reject(new Error("x"))).catch(() => {});
        await failing.evaluate(request());
      }
      for (let call = 0; call < 12; call++) {
        expect((await failing.guard(request(), execute)).executed).toBe(call < 10);
      }
    });

    test("parallel calls of one batch against a budget, beside another batch", async () => {
      const { runs, execute } = counter();
      const [here, there] = [one, other].map((store) => guarded(tenInAll("p.batch"), { store }).iam);
      const calls = Array.from({ length: 12 }, (_, at) => ({ request: request(at), execute }));
      const batches = await Promise.all([here, there].map((iam) => iam && guardAll(iam, calls)));
      const executed = batches.map((results = []) =>
        results.map((result) => result.status === "fulfilled" && result.value.executed),
      );
      expect(executed.flat().filter(Boolean)).toHaveLength(10);
      // Once the budget is gone it is gone for all that come after in the batch.
      for (const batch of executed) expect(batch).toEqual(batch.toSorted().reverse());
      expect(runs).toHaveLength(10);
    });

    test.skipIf(!again)("transitions lost after restart", async () => {
      const asking = {
        decide: ({ context }: { readonly context?: object }) =>
          context === undefined ? clarification(["context.ticket"]) : {},
      };
      const states = new Map<string, State>();
      for (const state of [
        "pending",
        "approved",
        "rejected",
        "answered",
        "consumed",
        "expired",
        "cancelled",
        "failed",
      ] as const) {
        const isShort = state === "expired";
        const { iam, time } = guarded(
          state === "answered" ? asking : { decide: () => approval([{}], isShort ? MINUTE : 30 * MINUTE) },
          { store: one },
        );
        const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
        if (state === "answered") await iam.answer(id, { "context.ticket": "T-1" }, "ann");
        if (["approved", "consumed", "failed"].includes(state))
          await iam.approve(id, ANN, { reason: "fine" });
        if (state === "consumed") await iam.resume(id, () => 0);
        if (state === "rejected") await iam.reject(id, ANN, "no");
        if (state === "cancelled") await iam.cancel(id, { by: "ops" });
        if (state === "failed") await iam.resume(id, () => Promise.reject(new Error("x"))).catch(() => {});
        time.now += MINUTE;
        if (isShort) await iam.expire();
        states.set(id, state);
      }
      const { store } = again?.() ?? { store: one };
      for (const [id, state] of states) {
        const { iam } = guarded(state === "answered" ? asking : waiting, { store });
        expect(await iam.checkpoint(id)).toEqual(await guarded(waiting, { store: one }).iam.checkpoint(id));
        expect((await iam.checkpoint(id))?.state).toBe(state);
        const { executed } = await iam.resume(id, () => 0);
        expect(executed).toBe(state === "approved" || state === "answered");
      }
    });
  });
}
