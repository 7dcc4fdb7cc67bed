import type { CheckpointRecord, RecordFilter, Store } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { recordOf, standingOf } from "../support/records.ts";

/** What every store does with records. `one` and `other` are the same store, opened twice where that can be. */
export function recordContract(given: () => { readonly one: Store; readonly other: Store }): void {
  describe("records", () => {
    let one: Store;
    let other: Store;
    beforeAll(() => {
      ({ one, other } = given());
    });

    test("what is put is read, by whoever opens the store", async () => {
      expect(await one.read("checkpoint", "a1")).toBeUndefined();
      expect(await one.put(recordOf("a1"))).toBe(true);
      expect(await other.read("checkpoint", "a1")).toEqual(recordOf("a1"));
    });

    test("a revision takes the place of the one before it and of no other", async () => {
      expect(await one.put(recordOf("b1", { revision: 1 }))).toBe(false);
      expect(await one.put(recordOf("b1"))).toBe(true);
      expect(await other.put(recordOf("b1"))).toBe(false);
      expect(await one.put(recordOf("b1", { revision: 2, state: "approved" }))).toBe(false);
      expect(await one.put(recordOf("b1", { revision: 1, state: "approved" }))).toBe(true);
      expect(await other.put(recordOf("b1", { revision: 1, state: "rejected" }))).toBe(false);
      expect(await other.put(recordOf("b1", { revision: 0, state: "pending" }))).toBe(false);
      expect(await other.read("checkpoint", "b1")).toEqual(
        recordOf("b1", { revision: 1, state: "approved" }),
      );
    });

    test("each is of its kind, and is found as that alone", async () => {
      expect(await one.put(standingOf("k1"))).toBe(true);
      expect(await one.put(recordOf("k2"))).toBe(true);
      expect(await other.read("standing", "k1")).toEqual(standingOf("k1"));
      expect(await other.read("checkpoint", "k1")).toBeUndefined();
      expect(await other.read("standing", "k2")).toBeUndefined();
      const revoked = standingOf("k1", { revision: 1, state: "revoked" });
      expect(await other.put(revoked)).toBe(true);
      expect(await other.put(standingOf("k1", { revision: 1 }))).toBe(false);
      expect(await one.read("standing", "k1")).toEqual(revoked);
    });

    test("of many who put the same revision at once one succeeds", async () => {
      for (let revision = 0; revision < 8; revision++) {
        const puts = Array.from({ length: 32 }, (_, at) =>
          (at % 2 ? one : other).put(recordOf("c1", { revision, reason: `${at}` })),
        );
        const done = (await Promise.all(puts)).flatMap((put, at) => (put ? [at] : []));
        expect(done).toHaveLength(1);
        expect((await one.read("checkpoint", "c1"))?.reason).toBe(`${done[0]}`);
      }
    });

    test.each<[string, unknown]>([
      ["NUL", "a\u0000b"],
      ["half a surrogate pair", "\ud800 and \udfff"],
      ["every other character", Array.from({ length: 0x300 }, (_, at) => String.fromCharCode(at)).join("")],
      ["emoji and the end of Unicode", "👩‍👩‍👧‍👦\u{10ffff}\uffff"],
      ["quotes and escapes", "'\"\\\\u0000\\u0000$1 ?1 :x %s"],
      ["numbers beyond 2^53", [2 ** 53 + 2, 1e308, 5e-324, -1e21, 0.1 + 0.2, 123456789.12345679]],
      ["names in their order", { b: 1, a: 2, "10": 3, "9": 4 }],
      ["odd names", { "": 1, __proto__x: 2, constructor: 3, "a.b": 4 }],
      ["empty things", [[], {}, "", null, false, 0]],
      ["something deep", JSON.parse("[".repeat(200) + "]".repeat(200))],
      ["something long", "x".repeat(300_000)],
    ])("%s come back as they were", async (name, input) => {
      const id = `d-${name}`;
      const request = { actor: { type: "agent", id: "bot" }, action: { name: "t", input } };
      await one.put(recordOf(id, { request }));
      const found = (await other.read("checkpoint", id)) as CheckpointRecord;
      // As text, for the order of names counts where texts are compared.
      expect(JSON.stringify(found.request)).toBe(JSON.stringify(request));
    });

    test("a field called __proto__ comes back as a field", async () => {
      const input = JSON.parse('{"__proto__":{"x":1}}') as unknown;
      await one.put(
        recordOf("e1", { request: { actor: { type: "a", id: "b" }, action: { name: "t", input } } }),
      );
      const found = (await other.read("checkpoint", "e1"))?.request.action.input as object;
      expect(Object.keys(found)).toEqual(["__proto__"]);
      expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    });

    test.each([
      ["NUL", "f\u0000"],
      ["half a pair", "f\ud800"],
      ["another half", "f\ud801"],
      ["what stands for it", "f\ufffd"],
      ["an escape", "f\\u0000"],
      ["a quote", "f'; DROP TABLE records; --"],
      ["a long text", `f${"é".repeat(500)}`],
      ["nothing", ""],
    ])("an id with %s is an id like others", async (_, id) => {
      expect(await one.read("checkpoint", id)).toBeUndefined();
      expect(await one.put(recordOf(id, { reason: id }))).toBe(true);
      expect((await other.read("checkpoint", id))?.reason).toBe(id);
    });
  });
}

/** What every store lists; the store must be empty. */
export function listContract(given: () => Store): void {
  describe("lists", () => {
    let store: Store;
    const ids = async (filter: RecordFilter) => (await store.list("checkpoint", filter)).map(({ id }) => id);
    const by = (id: string) => ({ actor: { type: "agent", id }, action: { name: "t" } });

    beforeAll(async () => {
      store = given();
      const odd = "o'\u0000\ud800";
      for (const record of [
        recordOf("z", { expiresAt: 500 }),
        recordOf("y", { request: by("ann"), expiresAt: 1500 }),
        recordOf("x", { request: by("ann"), expiresAt: 2500 }),
        recordOf("w", { request: by(odd), expiresAt: Number.NaN }),
        recordOf("v", { request: by("b".repeat(9000)), expiresAt: 2500 }),
        recordOf("u", { request: by(`${"b".repeat(9000)}c`), expiresAt: 2500 }),
      ]) {
        await store.put(record);
      }
      await store.put(recordOf("y", { request: by("ann"), expiresAt: 1500, revision: 1, state: "approved" }));
      await store.put(recordOf("z", { expiresAt: 500, revision: 1, state: "rejected" }));
    });

    test("all, oldest first, however often they changed", async () => {
      expect(await ids({})).toEqual(["z", "y", "x", "w", "v", "u"]);
    });
    test("by state", async () => {
      expect(await ids({ state: "pending" })).toEqual(["x", "w", "v", "u"]);
      expect(await ids({ state: "approved" })).toEqual(["y"]);
      expect(await ids({ state: "failed" })).toEqual([]);
    });
    test("by actor, whatever the id", async () => {
      expect(await ids({ actor: "ann" })).toEqual(["y", "x"]);
      expect(await ids({ actor: "o'\u0000\ud800" })).toEqual(["w"]);
      expect(await ids({ actor: "b".repeat(9000) })).toEqual(["v"]);
      expect(await ids({ actor: "ann", state: "pending" })).toEqual(["x"]);
    });
    test("those whose time is up; one that has no time is over", async () => {
      expect(await ids({ overdue: 1499 })).toEqual(["w"]);
      expect(await ids({ overdue: 1500 })).toEqual(["y", "w"]);
      expect(await ids({ overdue: 9999, state: "pending" })).toEqual(["x", "w", "v", "u"]);
      expect(await ids({ overdue: 9999, actor: "ann" })).toEqual(["y", "x"]);
    });
    test("at most so many", async () => {
      expect(await ids({ limit: 2 })).toEqual(["z", "y"]);
      expect(await ids({ state: "pending", limit: 1 })).toEqual(["x"]);
      expect(await ids({ limit: 1e9 })).toHaveLength(6);
    });
    test("page by page, whatever happened to the last of the page before", async () => {
      expect(await ids({ limit: 2, after: "y" })).toEqual(["x", "w"]);
      expect(await ids({ after: "w", actor: "ann" })).toEqual([]);
      expect(await ids({ after: "z", state: "pending", limit: 1 })).toEqual(["x"]);
      expect(await ids({ after: "u" })).toEqual([]);
      expect(await ids({ after: "not there\u0000", limit: 1 })).toEqual(["z"]);
      const pages: string[][] = [];
      for (let after: string | undefined; pages.at(-1)?.length !== 0; after = pages.at(-1)?.at(-1)) {
        pages.push(await ids({ limit: 4, ...(after !== undefined && { after }) }));
      }
      expect(pages).toEqual([["z", "y", "x", "w"], ["v", "u"], []]);
    });
    test("each kind by itself", async () => {
      await store.put(standingOf("s1", { actor: "ann", expiresAt: 500 }));
      await store.put(standingOf("s2", { actor: "ann" }));
      await store.put(standingOf("s3"));
      await store.put(standingOf("s2", { actor: "ann", revision: 1, state: "revoked" }));
      const standing = async (filter: RecordFilter) =>
        (await store.list("standing", filter)).map(({ id }) => id);
      expect(await standing({})).toEqual(["s1", "s2", "s3"]);
      expect(await standing({ actor: "ann" })).toEqual(["s1", "s2"]);
      expect(await standing({ actor: "ann", state: "granted" })).toEqual(["s1"]);
      expect(await standing({ after: "s1", limit: 1 })).toEqual(["s2"]);
      // Whether it is of use is for those who ask; nobody writes down that its time is up.
      expect(await standing({ overdue: 9999 })).toEqual([]);
      expect(await ids({ actor: "ann" })).toEqual(["y", "x"]);
    });
    test("a hundred where nobody says how many", async () => {
      await Promise.all(Array.from({ length: 110 }, (_, at) => store.put(recordOf(`n${at}`))));
      expect(await ids({})).toHaveLength(100);
    });
  });
}
