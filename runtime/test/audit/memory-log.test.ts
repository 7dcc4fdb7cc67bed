import {
  type AuditFacts,
  createAgentIAM,
  type KeyedTrack,
  loggedMemory,
  type TrackEntry,
  verifyChain,
} from "@agentpolicy/runtime";
import { afterEach, describe, expect, test, vi } from "vitest";
import { policyOf, request } from "../guard/support.ts";
import { factsOf, sha256 } from "./support.ts";

const track: KeyedTrack = { id: "n", figure: "count", per: "policy", within: null, key: "n" };
const entry: TrackEntry = { ...track, call: "c", amount: 1, at: 1 };
const evaluated: AuditFacts = { event: "evaluated", at: 1, call: "c" };

describe("a log in memory", () => {
  test("is a chain, whatever steps are made at once", async () => {
    const store = loggedMemory();
    const iam = createAgentIAM({
      policy: policyOf({
        tracks: [track],
        reads: ["n"],
        adds: () => [{ track: "n", amount: 1 }],
        decide: (_, { n }) => (Number(n) < 10 ? {} : { decision: "deny" }),
      }),
      store,
    });
    const results = await Promise.all(Array.from({ length: 40 }, () => iam.guard(request(), () => 0)));
    expect(results.filter(({ executed }) => executed)).toHaveLength(10);
    const records = await store.log.read({ limit: 1000 });
    expect(records).toHaveLength(50);
    expect(await verifyChain(records, { sha256, head: await store.log.head() })).toMatchObject({
      ok: true,
      records: 50,
      open: [],
    });
    // Each judgement saw those before it.
    const judged = records.filter(({ event }) => event === "evaluated");
    expect(judged.map(({ figures }) => figures?.n)).toEqual([
      ...Array.from({ length: 10 }, (_, at) => at),
      ...Array(30).fill(10),
    ]);
  });

  test("keeps plain JSON that is nobody else's", async () => {
    const { log } = loggedMemory();
    const roles = ["a"];
    await log.append([factsOf({ roles, request: undefined })]);
    roles.push("b");
    const [record] = await log.read({});
    expect(record?.roles).toEqual(["a"]);
    expect(Object.keys(record ?? {})).not.toContain("request");
  });

  test("is read by what happened, to whom, with what, since when, page by page", async () => {
    const { log } = loggedMemory();
    for (let at = 1; at <= 6; at++) {
      await log.append([
        factsOf({
          at,
          tool: at % 2 ? "odd" : "even",
          actor: { type: "agent", id: at > 3 ? "ann" : "bob" },
          ...(at === 5 && { event: "executed", checkpoint: "k" }),
        }),
      ]);
    }
    const seqs = async (filter: object) => (await log.read(filter)).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await seqs({ after: 2, limit: 2 })).toEqual([3, 4]);
    expect(await seqs({ tool: "odd", actor: "ann" })).toEqual([5]);
    expect(await seqs({ since: 4, event: "refused" })).toEqual([4, 6]);
    expect(await seqs({ checkpoint: "k" })).toEqual([5]);
    expect(await seqs({ limit: 0 })).toEqual([]);
  });

  test("forgets its oldest records, and what is left is a chain from there on", async () => {
    const { log } = loggedMemory({ keep: 3 });
    await log.append(Array.from({ length: 5 }, () => factsOf()));
    const records = await log.read({});
    expect(records.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    const from = { seq: 2, hash: records[0]?.previous ?? "" };
    expect(await verifyChain(records, { sha256, from })).toMatchObject({ ok: true });
    expect(await log.behind("new")).toBe(3);
  });

  test("refuses steps rather than forget what a sink has not had", async () => {
    const store = loggedMemory({ keep: 3 });
    const taken: number[] = [];
    const deliver = () =>
      store.log.deliver("s", 2, async (records) => void taken.push(...records.map(({ seq }) => seq)));
    await store.log.append([factsOf()]);
    expect(await deliver()).toBe(0);
    await store.log.append([factsOf(), factsOf(), factsOf()]);
    await expect(store.log.append([factsOf()])).rejects.toThrow("full of what the sink `s` has not had");
    const step = store.track([track], 1, () => ({ entries: [entry], facts: evaluated }));
    await expect(step).rejects.toThrow("full");
    let figure: unknown;
    const look = () =>
      store.track([track], 1, ({ n }) => {
        figure = n;
        return { entries: [], facts: evaluated };
      });
    await expect(look()).rejects.toThrow("full");
    expect(figure).toBe(0);
    expect([await deliver(), await deliver()]).toEqual([1, 0]);
    await look();
    expect(taken).toEqual([1, 2, 3, 4]);
  });

  test("delivers to one sink one after the other, and again what was not taken", async () => {
    const { log } = loggedMemory();
    await log.append([factsOf(), factsOf(), factsOf()]);
    const seen: number[][] = [];
    let under = 0;
    const write = (fails: boolean) => async (records: readonly { readonly seq: number }[]) => {
      expect(++under).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(records.map(({ seq }) => seq));
      under--;
      if (fails) throw new Error("no");
    };
    const [first, second, third] = await Promise.allSettled([
      log.deliver("s", 2, write(true)),
      log.deliver("s", 2, write(false)),
      log.deliver("s", 2, write(false)),
    ]);
    expect(first).toMatchObject({ status: "rejected", reason: { message: "no" } });
    expect([second, third]).toMatchObject([{ value: 1 }, { value: 0 }]);
    expect(seen).toEqual([[1, 2], [1, 2], [3]]);
    expect(await log.behind("s")).toBe(0);
    expect(await log.behind("other")).toBe(3);
  });
});

describe("a step whose record cannot be made", () => {
  afterEach(() => vi.restoreAllMocks());

  test("does not take effect, whichever it is", async () => {
    const store = loggedMemory();
    const digest = vi.spyOn(crypto.subtle, "digest").mockRejectedValue(new Error("no digest"));
    const failing = [
      store.track([track], 1, () => ({ entries: [entry], facts: evaluated })),
      store.release([entry], evaluated),
      store.log.append([evaluated]),
      store.put({
        kind: "standing",
        id: "s",
        revision: 0,
        state: "granted",
        actor: "bot",
        actorType: "agent",
        tool: "t",
        when: {},
        approval: { by: "ann", roles: [], at: 1 },
        expiresAt: 9,
        changedAt: 1,
      } as never),
    ];
    for (const step of failing) await expect(step).rejects.toThrow("no digest");
    digest.mockRestore();
    expect(await store.read("standing", "s")).toBeUndefined();
    expect(await store.log.head()).toMatchObject({ seq: 0 });
    let figure: unknown;
    await store.track([track], 1, ({ n }) => {
      figure = n;
      return { entries: [], facts: evaluated };
    });
    expect(figure).toBe(0);
  });
});
