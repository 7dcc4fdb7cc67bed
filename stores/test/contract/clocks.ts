import {
  type Approver,
  createAgentIAM,
  createCheckpoints,
  type Request,
  type Store,
} from "@agentpolicy/runtime";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { approval, policyOf } from "../../../runtime/test/guard/support.ts";
import { wholeChain } from "../support/chains.ts";

const HOUR = 3_600_000;
const YEARS = 10 * 365 * 24 * HOUR;
const LIMIT = 3;

/** At most three small calls an hour; `pay` waits for somebody, half an hour. */
const policy = policyOf({
  tracks: [{ id: "p.n", figure: "count", per: "actor", within: HOUR }],
  reads: ["p.n"],
  adds: () => [{ track: "p.n", amount: 1 }],
  decide: ({ action }, figures) => {
    if (!((figures["p.n"] as number) < LIMIT)) return { decision: "deny" };
    return action.name === "pay" ? approval() : {};
  },
});

/**
 * What holds where the clocks of guards and people jump and differ. `back` is how far behind this machine's clock they may be
 * without anything having been forgotten, in milliseconds.
 */
export function clockContract(
  given: () => { readonly one: Store; readonly other: Store },
  back: number,
): void {
  describe("clocks that jump", () => {
    let one: Store;
    let other: Store;
    let actors = 0;
    const real = Date.now();
    beforeAll(() => {
      ({ one, other } = given());
    });
    const by = (name: string, id: string): Request => ({ actor: { type: "agent", id }, action: { name } });
    const at = (store: Store, now: number) => ({ store, clock: () => now });
    const guardAt = (now: number, store = one) => createAgentIAM({ policy, ...at(store, now) });
    const peopleAt = (now: number, store = other) =>
      createCheckpoints({ ...at(store, now), authenticate: (who: Approver) => who });
    const fresh = () => `clock-${++actors}`;

    test("each call sees what was recorded within its window or in its future, however clocks go", async () => {
      const jumps = fc.array(fc.integer({ min: -back, max: 3 * HOUR }), { minLength: 1, maxLength: 14 });
      await fc.assert(
        fc.asyncProperty(jumps, async (jumps) => {
          const actor = fresh();
          const ran: number[] = [];
          for (const [call, jump] of jumps.entries()) {
            const now = real + jump;
            const { executed } = await guardAt(now, call % 2 ? one : other).guard(by("t", actor), () => 0);
            expect(executed).toBe(ran.filter((at) => at > now - HOUR).length < LIMIT);
            if (executed) ran.push(now);
          }
        }),
        { numRuns: 25 },
      );
    });

    test("one that is years ahead for a while makes no limit forget, and is over by itself", async () => {
      const actor = fresh();
      const runAt = async (now: number) => (await guardAt(now).guard(by("t", actor), () => 0)).executed;
      expect([await runAt(real), await runAt(real)]).toEqual([true, true]);
      expect(await runAt(real + YEARS)).toBe(true);
      // Two of the past and the one of the future are three.
      expect(await runAt(real + 1)).toBe(false);
      expect(await runAt(real - HOUR / 2)).toBe(false);
      // What lies in the future keeps counting, so there is less than there could be, and never more.
      expect(await runAt(real + 2 * HOUR)).toBe(true);
    });

    test("what has expired once is of no use, whatever the clock says then", async () => {
      const actor = fresh();
      const pausedAt = async (now: number) =>
        (await guardAt(now).guard(by("pay", actor), () => 0)).checkpoint?.id ?? "";
      const [late, swept] = [await pausedAt(real), await pausedAt(real)];
      expect(await peopleAt(real).approve(late, { id: "ann" })).toMatchObject({ ok: true });
      const ahead = await guardAt(real + YEARS).resume(late, () => 0);
      expect(ahead).toMatchObject({ executed: false, refused: "expired" });
      expect(await peopleAt(real + YEARS).approve(late, { id: "bob" })).toMatchObject({ refused: "expired" });
      expect(await peopleAt(real + YEARS).expire()).toBeGreaterThan(0);
      for (const id of [late, swept]) {
        expect(await peopleAt(real).get(id)).toMatchObject({ state: "expired" });
        expect(await guardAt(real).resume(id, () => 0)).toMatchObject({
          executed: false,
          refused: "expired",
        });
      }
    });

    test("a clock that gives no time lets nothing wait and no limit forget", async () => {
      const actor = fresh();
      for (let call = 0; call < LIMIT; call++) await guardAt(real - 5 * HOUR).guard(by("t", actor), () => 0);
      const timeless = await guardAt(Number.NaN).guard(by("t", actor), () => 0);
      expect(timeless.executed).toBe(false);
      const paused = await guardAt(Number.NaN).guard(by("pay", fresh()), () => 0);
      expect(paused.executed).toBe(false);
      const id = paused.checkpoint?.id;
      if (id !== undefined) {
        expect(await peopleAt(real).approve(id, { id: "ann" })).toMatchObject({ ok: false });
        expect((await guardAt(real).resume(id, () => 0)).executed).toBe(false);
      }
    });

    test("the log says what each clock said, and its order is its own", async () => {
      const { log } = one;
      if (!log) return;
      const actor = fresh();
      for (const jump of [0, YEARS, -YEARS, 5]) {
        await guardAt(real + jump).guard(by("t", actor), () => 0);
      }
      const records = (await log.read({ actor, event: "evaluated" })).map((record) => record.at - real);
      expect(records).toEqual([0, YEARS, -YEARS, 5]);
      const since = await log.read({ actor, event: "evaluated", since: real + 5 });
      expect(since.map((record) => record.at - real)).toEqual([YEARS, 5]);
      await wholeChain(log);
    });
  });
}
