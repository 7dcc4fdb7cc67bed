import type { AuditLog, AuditRecord, Store } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { factsOf } from "../support/records.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What every store with a log does for sinks. */
export function deliveryContract(given: () => { readonly one: Store; readonly other: Store }): void {
  describe("deliveries", () => {
    let one: AuditLog;
    let other: AuditLog;
    let sinks = 0;
    /** A sink that has all there is. */
    const fresh = async (name = `sink ${++sinks}`): Promise<string> => {
      await one.deliver(name, 1e6, async () => {});
      return name;
    };
    const append = (...calls: string[]) => one.append(calls.map((call) => factsOf({ call })));
    const into = (had: (string | undefined)[]) => async (records: readonly AuditRecord[]) => {
      had.push(...records.map(({ call }) => call));
    };
    beforeAll(async () => {
      const { one: here, other: there } = given();
      [one, other] = [here.log as AuditLog, there.log as AuditLog];
      await append("first");
    });

    test("a new sink has had nothing, then what it was handed", async () => {
      const { seq } = await one.head();
      const records: AuditRecord[] = [];
      expect(await one.behind("new")).toBe(seq);
      expect(await one.deliver("new", 1e6, async (more) => void records.push(...more))).toBe(0);
      expect(records).toEqual(await other.read({ limit: 1e6 }));
      expect(await other.behind("new")).toBe(0);
    });

    test("goes on where it ended, whoever delivers, and says how many are left", async () => {
      const sink = await fresh();
      const had: string[] = [];
      await append("a", "b", "c", "d", "e");
      expect(await one.deliver(sink, 2, into(had))).toBe(3);
      expect(had).toEqual(["a", "b"]);
      expect(await other.behind(sink)).toBe(3);
      expect(await other.deliver(sink, 2, into(had))).toBe(1);
      await append("f");
      expect(await one.deliver(sink, 100, into(had))).toBe(0);
      expect(had).toEqual(["a", "b", "c", "d", "e", "f"]);
      expect(await one.deliver(sink, 100, () => expect.fail("nothing to write"))).toBe(0);
    });

    test("what a sink does not take it is handed again; what it throws is what the delivery rejects with", async () => {
      const sink = await fresh();
      const had: string[] = [];
      await append("a", "b");
      const full = new Error("full");
      await expect(one.deliver(sink, 10, () => Promise.reject(full))).rejects.toBe(full);
      await expect(
        one.deliver(sink, 10, () => {
          throw full;
        }),
      ).rejects.toBe(full);
      expect(await other.behind(sink)).toBe(2);
      expect(await other.deliver(sink, 10, into(had))).toBe(0);
      expect(had).toEqual(["a", "b"]);
    });

    test("each sink by itself, whatever its name", async () => {
      const names = ["n", "N", "n ", "n\u0000", "\ud800", "\ud801", "../n", "'; --", "x".repeat(3000), ""];
      for (const name of names) await fresh(name);
      await append("a");
      for (const name of names) {
        const had: string[] = [];
        expect(await one.behind(name)).toBe(1);
        expect(await one.deliver(name, 10, into(had))).toBe(0);
        expect(had).toEqual(["a"]);
      }
    });

    test("one sink's slowness holds no other up, nor any step", async () => {
      const [slow, quick] = [await fresh(), await fresh()];
      await append("a");
      let finish = () => {};
      const delivery = one.deliver(slow, 10, () => new Promise((resolve) => (finish = () => resolve())));
      await pause(50);
      await append("b");
      const had: string[] = [];
      expect(await one.deliver(quick, 10, into(had))).toBe(0);
      expect(await other.deliver(quick, 10, into(had))).toBe(0);
      expect(had).toEqual(["a", "b"]);
      expect(await other.behind(slow)).toBe(2);
      finish();
      expect(await delivery).toBe(1);
    });

    test("no two to one sink overlap, and each record is handed over once", async () => {
      const sink = await fresh();
      const had: string[] = [];
      let writing = 0;
      const write = async (records: readonly AuditRecord[]) => {
        expect(++writing).toBe(1);
        await pause(5);
        await into(had)(records);
        writing--;
      };
      const calls = Array.from({ length: 60 }, (_, at) => `${at}`);
      const appending = (async () => {
        for (let at = 0; at < 60; at += 10) {
          await append(...calls.slice(at, at + 10));
          await pause(10);
        }
      })();
      await Promise.all([
        appending,
        ...Array.from({ length: 30 }, async (_, at) => {
          await pause(Math.random() * 60);
          await (at % 2 ? one : other).deliver(sink, 3, write);
        }),
      ]);
      while ((await other.deliver(sink, 7, write)) > 0);
      expect(had).toEqual(calls);
    });
  });
}
