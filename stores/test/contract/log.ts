import type { AuditLog, AuditRecord, Store } from "@agentpolicy/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { wholeChain } from "../support/chains.ts";
import { entryOf, factsOf, recordOf, requestOf, standingOf, tracked, trackOf } from "../support/records.ts";
import { figuresAt } from "./tracks.ts";

type Logged = Store & { readonly log: AuditLog };

/** What every store with a log keeps of its steps. Both must be the same store, and empty. */
export function logContract(given: () => { readonly one: Store; readonly other: Store }): void {
  describe("the log", () => {
    let one: Logged;
    let other: Logged;
    beforeAll(async () => {
      const { one: here, other: there } = given();
      if (!here.log || !there.log) throw new Error("no log");
      [one, other] = [here as Logged, there as Logged];
      expect(await other.log.head()).toEqual({ seq: 0, hash: "0".repeat(64) });
      expect(await other.log.read({})).toEqual([]);
    });
    /** What a step added. */
    const added = async (step: () => Promise<unknown>): Promise<readonly AuditRecord[]> => {
      const { seq } = await other.log.head();
      await step();
      return other.log.read({ after: seq });
    };

    test("a put that takes effect is one record, another is none", async () => {
      const events = async (record: Parameters<Store["put"]>[0]) =>
        (await added(() => one.put(record))).map(({ event, at }) => [event, at]);
      expect(await events(recordOf("p1"))).toEqual([["paused", 1000]]);
      expect(await events(recordOf("p1"))).toEqual([]);
      const approvals = [{ by: "ann", roles: ["lead"], at: 1500 }];
      const approved = recordOf("p1", { revision: 1, state: "approved", approvals, changedAt: 1500 });
      expect(await events({ ...approved, revision: 2 })).toEqual([]);
      expect(await events(approved)).toEqual([["approved", 1500]]);
      expect(await events(approved)).toEqual([]);
      expect(await events(standingOf("p2"))).toEqual([["granted", 1000]]);
      expect(await other.log.read({ checkpoint: "p1", event: "approved" })).toMatchObject([
        { by: "ann", roles: ["lead"], actor: { type: "agent", id: "bot" }, tool: "t", call: "call-1" },
      ]);
    });

    test("a put that cannot be noted has no effect", async () => {
      const lost = recordOf("lost", { request: null as never, actor: "bot" });
      expect(await added(() => expect(one.put(lost)).rejects.toThrow())).toEqual([]);
      expect(await one.read("checkpoint", "lost")).toBeUndefined();
    });

    test("of many who put the same revision one is noted", async () => {
      const puts = () =>
        Promise.all(
          Array.from({ length: 16 }, (_, at) =>
            (at % 2 ? one : other).put(recordOf("r1", { call: `${at}` })),
          ),
        );
      const records = await added(puts);
      expect(records).toMatchObject([{ event: "paused", checkpoint: "r1" }]);
      expect((await one.read("checkpoint", "r1"))?.call).toBe(records[0]?.call);
    });

    test("what is recorded on tracks is noted with it, what is taken back too", async () => {
      const track = trackOf({ key: '["log"]' });
      const entries = [entryOf(track, 5, 2)];
      const count = () => figuresAt(one, [track], 6);
      expect(
        await added(() => one.track([track], 5, (figures) => tracked(entries, { figures, at: 5 }))),
      ).toMatchObject([{ event: "evaluated", figures: { "p.n": 0 }, at: 5, request: requestOf() }]);
      expect(await added(count)).toHaveLength(1);
      expect(
        await added(() => one.release(entries, factsOf({ event: "failed", error: "no" }))),
      ).toMatchObject([{ event: "failed", error: "no" }]);
      expect(await added(() => one.release([]))).toEqual([]);
      expect(await added(() => one.release([], factsOf({ event: "failed" })))).toHaveLength(1);
      expect(await count()).toEqual({ "p.n": 0 });
    });

    test("a judgement that throws, or cannot be noted, leaves nothing", async () => {
      const track = trackOf({ key: '["log-throws"]' });
      const failing = () =>
        one.track([track], 5, () => {
          throw new Error("mine");
        });
      const unfit = () =>
        one.track([track], 5, () => tracked([entryOf(track, 5, 1)], { reason: 1n as never }));
      expect(await added(() => expect(failing()).rejects.toThrow("mine"))).toEqual([]);
      expect(await added(() => expect(unfit()).rejects.toThrow(/BigInt/))).toEqual([]);
      expect(await figuresAt(one, [track], 6)).toEqual({ "p.n": 0 });
    });

    test("what is appended together stays together and in order, whoever else appends", async () => {
      const times = Array.from({ length: 40 }, (_, at) => `${at}`);
      const append = (call: string) =>
        (Number(call) % 2 ? one : other).log.append(
          ["evaluated", "refused"].map((event) => factsOf({ event: event as "evaluated", call })),
        );
      const records = await added(() => Promise.all(times.map(append)));
      expect(records).toHaveLength(80);
      for (let at = 0; at < 80; at += 2) {
        expect(records.slice(at, at + 2).map(({ event }) => event)).toEqual(["evaluated", "refused"]);
        expect(records[at]?.call).toBe(records[at + 1]?.call);
      }
      expect(records.map(({ call }) => Number(call)).sort((a, b) => a - b)).toEqual(
        times.flatMap((at) => [Number(at), Number(at)]),
      );
      expect(await added(() => one.log.append([]))).toEqual([]);
    });

    test("what is no JSON is refused, and nothing beside it", async () => {
      const settled = () =>
        Promise.allSettled([
          one.log.append([factsOf({ call: "before" })]),
          one.log.append([factsOf({ call: "with it" }), factsOf({ reason: 1n as never })]),
          one.log.append([factsOf({ call: "after" })]),
        ]);
      expect((await added(settled)).map(({ call }) => call)).toEqual(["before", "after"]);
      expect((await settled()).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    });

    test("what is masked is never kept", async () => {
      const request = requestOf({ action: { name: "t", input: { card: "4929-secret", to: "bob" } } });
      const masks = [["input", "card"]];
      const steps = async () => {
        await one.put(recordOf("masked", { request, masks }));
        await one.track([], 5, () => tracked([], { request, masks }));
        await one.release([], factsOf({ event: "failed", request, masks, error: "no 4929-secret here" }));
        await one.log.append([factsOf({ event: "evaluated", request, masks })]);
      };
      const records = await added(steps);
      expect(records).toHaveLength(4);
      expect(JSON.stringify(records)).not.toContain("4929");
      expect(records[3]?.request?.action.input).toEqual({ card: "•••", to: "bob" });
    });

    test.each<[string, string]>([
      ["NUL", "a\u0000b"],
      ["half a surrogate pair", "\ud800 and \udfff"],
      ["quotes and escapes", "'\"\\\\u0000\\u0000$1 ?1 {},NULL"],
      ["the end of Unicode", "👩‍👩‍👧‍👦\u{10ffff}\uffff\u2028"],
      ["something long", "é".repeat(100_000)],
    ])("%s comes back as it was, and is found", async (_, odd) => {
      const input = JSON.parse(`{"__proto__":{"x":1},"b":[${JSON.stringify(odd)},1e308,-0.1,null],"a":{}}`);
      const request = requestOf({ actor: { type: "agent", id: odd }, action: { name: `${odd}.t`, input } });
      const facts = factsOf({
        event: "evaluated",
        request,
        checkpoint: `${odd}?`,
        reason: odd,
        decision: undefined as never,
      });
      const [record] = await added(() => one.log.append([facts]));
      expect(record?.request?.action.input).toEqual(input);
      expect(Object.keys((record?.request?.action.input as object) ?? {})).toContain("__proto__");
      expect(record).toMatchObject({
        reason: odd,
        actor: { id: odd },
        tool: `${odd}.t`,
        checkpoint: `${odd}?`,
      });
      expect(Object.keys(record ?? {})).not.toContain("decision");
      for (const filter of [{ actor: odd }, { tool: `${odd}.t` }, { checkpoint: `${odd}?` }]) {
        expect(await other.log.read(filter)).toEqual([record]);
      }
    });

    test("what was asked for by something that is no request is noted, too", async () => {
      const request = { actor: { id: 7 }, action: { name: { not: "text" } } } as never;
      const [record] = await added(() =>
        one.log.append([factsOf({ event: "evaluated", request, masks: undefined })]),
      );
      expect(record).toMatchObject({ event: "evaluated", call: "call-1" });
    });

    test("is one chain up to its head", async () => {
      expect((await wholeChain(other.log)).length).toBeGreaterThan(100);
    });
  });
}

/** What logs are asked for; the store must be empty. */
export function logFilterContract(given: () => Store): void {
  describe("records of the log", () => {
    let log: AuditLog;
    const calls = async (filter: Parameters<AuditLog["read"]>[0]) =>
      (await log.read(filter)).map(({ call }) => call);
    const by = (id: string, name: string) =>
      requestOf({ actor: { type: "agent", id }, action: { name, input: {} } });

    beforeAll(async () => {
      log = given().log as AuditLog;
      await log.append([
        factsOf({ call: "a", event: "evaluated", at: 100, request: by("ann's", "pay") }),
        factsOf({ call: "b", at: 300, request: by("ann's", "send"), checkpoint: "c1" }),
        factsOf({ call: "c", event: "refused", at: 200, request: by("bob", "pay"), checkpoint: "c1" }),
      ]);
      await log.append([
        factsOf({ call: "d", event: "refused", at: 400, request: by("b".repeat(9000), "pay") }),
        factsOf({ call: "e", event: "failed", at: 350, request: by(`${"b".repeat(9000)}c`, "pay") }),
      ]);
    });

    test("all, oldest first", async () => {
      expect(await calls({})).toEqual(["a", "b", "c", "d", "e"]);
    });
    test("by what they tell of", async () => {
      expect(await calls({ event: "refused" })).toEqual(["c", "d"]);
      expect(await calls({ event: "granted" })).toEqual([]);
      expect(await calls({ actor: "ann's" })).toEqual(["a", "b"]);
      expect(await calls({ actor: "b".repeat(9000) })).toEqual(["d"]);
      expect(await calls({ tool: "pay" })).toEqual(["a", "c", "d", "e"]);
      expect(await calls({ checkpoint: "c1" })).toEqual(["b", "c"]);
      expect(await calls({ tool: "pay", checkpoint: "c1", event: "refused", actor: "bob" })).toEqual(["c"]);
    });
    test("from a time on, though clocks differ", async () => {
      expect(await calls({ since: 200 })).toEqual(["b", "c", "d", "e"]);
      expect(await calls({ since: 201 })).toEqual(["b", "d", "e"]);
      expect(await calls({ since: 350 })).toEqual(["d", "e"]);
      expect(await calls({ since: 401 })).toEqual([]);
      expect(await calls({ since: 350, event: "failed" })).toEqual(["e"]);
      expect(await calls({ since: 201, after: 2 })).toEqual(["d", "e"]);
    });
    test("page by page", async () => {
      expect(await calls({ limit: 2 })).toEqual(["a", "b"]);
      expect(await calls({ limit: 2, after: 2 })).toEqual(["c", "d"]);
      expect(await calls({ after: 5 })).toEqual([]);
      expect(await calls({ tool: "pay", after: 1, limit: 1 })).toEqual(["c"]);
    });
    test("a hundred where nobody says how many", async () => {
      await log.append(Array.from({ length: 110 }, () => factsOf({ event: "expired", at: 9000 })));
      expect(await calls({})).toHaveLength(100);
      expect(await calls({ event: "expired", limit: 1e9 })).toHaveLength(110);
    });
  });
}
