import type { Store } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { recordOf } from "../support/records.ts";

/** Longer than any test may last: what waits so long ends in time only where it sees the change. */
const FAR = 3_600_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What stores do for those who wait for somebody. */
export function changeContract(given: () => { readonly one: Store; readonly other: Store }): void {
  describe("waiting for a change", () => {
    let one: Store;
    let other: Store;
    let ids = 0;
    const waiting = async (): Promise<string> => {
      const id = `w${++ids}`;
      await one.put(recordOf(id));
      return id;
    };
    /** Waits as guards do: what comes too early is no change. */
    const changed = async (store: Store, id: string): Promise<void> => {
      while ((await store.read("checkpoint", id))?.revision === 0) await store.changed?.(id, 0, FAR);
    };
    beforeAll(() => {
      ({ one, other } = given());
    });

    test("it is seen soon, by whoever waits, wherever it was made", async () => {
      const id = await waiting();
      const waits = [changed(one, id), changed(other, id), changed(other, id)];
      await pause(400);
      await one.put(recordOf(id, { revision: 1, state: "approved" }));
      await Promise.all(waits);
      expect((await other.read("checkpoint", id))?.state).toBe("approved");
    });

    test("it is seen at once where it came before", async () => {
      const id = await waiting();
      await other.put(recordOf(id, { revision: 1, state: "approved" }));
      await one.changed?.(id, 0, FAR);
      await one.changed?.("no such record", 0, FAR);
      expect((await one.read("checkpoint", id))?.state).toBe("approved");
    });

    test("what changes while somebody begins to wait is not missed", async () => {
      for (let round = 0; round < 40; round++) {
        const id = await waiting();
        const waits = changed(other, id);
        await pause(Math.random() * 6);
        await one.put(recordOf(id, { revision: 1, state: "approved" }));
        await waits;
        expect((await other.read("checkpoint", id))?.state).toBe("approved");
      }
    });

    test("nobody waits longer than they wanted", async () => {
      const id = await waiting();
      for (const ms of [300, 0, -5]) await one.changed?.(id, 0, ms);
      expect((await one.read("checkpoint", id))?.revision).toBe(0);
    });

    test("many wait at once, each for their own", async () => {
      const all = await Promise.all(Array.from({ length: 60 }, waiting));
      const seen: string[] = [];
      const waits = all.map(async (id) => {
        await changed(other, id);
        seen.push(id);
      });
      await pause(300);
      expect(seen).toEqual([]);
      const [first = "", ...rest] = all;
      await one.put(recordOf(first, { revision: 1, state: "approved" }));
      await expect.poll(() => seen, { timeout: 30_000 }).toEqual([first]);
      for (const id of rest) await one.put(recordOf(id, { revision: 1, state: "approved" }));
      await Promise.all(waits);
      expect(seen).toHaveLength(60);
    });
  });
}
