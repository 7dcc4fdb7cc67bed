import type { Store } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { recordOf } from "../support/records.ts";

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
    const changed = async (store: Store, id: string, ms: number): Promise<number> => {
      const begin = performance.now();
      const left = () => ms - (performance.now() - begin);
      while (left() > 0 && (await store.read("checkpoint", id))?.revision === 0) {
        await store.changed?.(id, 0, left());
      }
      return performance.now() - begin;
    };
    beforeAll(() => {
      ({ one, other } = given());
    });

    test("it is seen soon, by whoever waits, wherever it was made", async () => {
      const id = await waiting();
      const waits = [changed(one, id, 30_000), changed(other, id, 30_000), changed(other, id, 30_000)];
      await pause(400);
      await one.put(recordOf(id, { revision: 1, state: "approved" }));
      const made = performance.now();
      await Promise.all(waits);
      expect(performance.now() - made).toBeLessThan(2000);
    });

    test("it is seen at once where it came before", async () => {
      const id = await waiting();
      await other.put(recordOf(id, { revision: 1, state: "approved" }));
      const begin = performance.now();
      await one.changed?.(id, 0, 30_000);
      await one.changed?.("no such record", 0, 30_000);
      expect(performance.now() - begin).toBeLessThan(2000);
    });

    test("what changes while somebody begins to wait is not missed", async () => {
      for (let round = 0; round < 40; round++) {
        const id = await waiting();
        const begin = performance.now();
        const waits = changed(other, id, 30_000);
        await pause(Math.random() * 6);
        await one.put(recordOf(id, { revision: 1, state: "approved" }));
        await waits;
        expect(performance.now() - begin).toBeLessThan(2000);
      }
    });

    test("nobody waits longer than they wanted", async () => {
      const id = await waiting();
      expect(await changed(one, id, 300)).toBeLessThan(1500);
      const begin = performance.now();
      await one.changed?.(id, 0, 0);
      await one.changed?.(id, 0, -5);
      expect(performance.now() - begin).toBeLessThan(500);
    });

    test("many wait at once, each for their own", async () => {
      const all = await Promise.all(Array.from({ length: 60 }, waiting));
      const seen: string[] = [];
      const waits = all.map(async (id) => {
        await changed(other, id, 30_000);
        seen.push(id);
      });
      await pause(300);
      expect(seen).toEqual([]);
      const [first = "", ...rest] = all;
      await one.put(recordOf(first, { revision: 1, state: "approved" }));
      await expect.poll(() => seen, { timeout: 5000 }).toEqual([first]);
      for (const id of rest) await one.put(recordOf(id, { revision: 1, state: "approved" }));
      await Promise.all(waits);
      expect(seen).toHaveLength(60);
    });
  });
}
