import { type Grant, memory, type Request, type Store, standingApprovals } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import {
  approval,
  clarification,
  counter,
  guarded,
  MINUTE,
  request,
  type Written,
} from "../guard/support.ts";
import { ahead } from "./support.ts";

const wants = (...demand: Parameters<typeof approval>): Written => ({ decide: () => approval(...demand) });
const idOf = ({ standing }: { readonly standing?: { readonly id: string } }) => standing?.id ?? "";

describe("what somebody approved ahead runs", () => {
  test("as often as it is called, without a checkpoint, and says on whose word", async () => {
    const { iam, grant, records } = ahead(wants());
    const { runs, execute } = counter();
    const before = await iam.guard(request(), execute);
    expect(before).toMatchObject({ executed: false, checkpoint: { state: "pending" } });
    const granted = await grant({ reason: "all week" });
    expect(granted).toMatchObject({
      ok: true,
      standing: { state: "granted", tool: "t", approval: { by: "ann", roles: ["lead"], reason: "all week" } },
    });
    for (let call = 0; call < 3; call++) {
      const { executed, checkpoint, decision } = await iam.guard(request(), execute);
      expect({ executed, checkpoint }).toEqual({ executed: true, checkpoint: undefined });
      expect(decision.decision).toBe("approval_required");
    }
    expect(runs).toHaveLength(3);
    const judged = (await records()).filter(({ event, runs }) => event === "evaluated" && runs);
    expect(judged.map(({ standing }) => standing)).toEqual(Array(3).fill([idOf(granted)]));
  });

  test("but only where the guard was told to heed it", async () => {
    const { store, grant } = ahead(wants());
    await grant();
    const { iam } = guarded(wants(), { store });
    expect((await iam.guard(request(), () => 0)).executed).toBe(false);
  });

  test("a call that waits already goes on waiting: people approve what they are shown", async () => {
    const { iam, grant } = ahead(wants());
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    await grant();
    expect(await iam.resume(id, () => 0)).toMatchObject({ executed: false, refused: "pending" });
    expect((await iam.guard(request(), () => 0)).executed).toBe(true);
  });

  test("what is allowed anyway runs on nobody's word", async () => {
    const { iam, grant, records } = ahead({ decide: () => ({}) });
    await grant();
    await iam.guard(request(), () => 0);
    await iam.guard(request(), async () => Promise.reject(new Error("x"))).catch(() => {});
    const events = (await records()).filter(({ event }) => event !== "granted");
    expect(events.map(({ event }) => event)).toEqual(["evaluated", "executed", "evaluated", "failed"]);
    for (const note of events) expect(note).not.toHaveProperty("standing");
  });
});

describe("it never stands", () => {
  const { execute } = counter();

  test.each<[string, Written]>([
    ["over a denial", { decide: () => ({ decision: "deny" }) }],
    ["over a question", { decide: () => clarification(["context.ticket"]) }],
    ["for other people", wants([{ from: ["cfo"] }])],
    ["for two people", wants([{ approvals: 2 }])],
    ["for one of two demands", wants([{ from: ["lead"] }, { from: ["cfo"] }])],
    ["for a policy that is none", { decide: () => approval(), abi: 9 }],
  ])("%s", async (_, written) => {
    const { iam, grant, records } = ahead(written);
    await grant();
    expect((await iam.guard(request(), execute)).executed).toBe(false);
    const notes = (await records()).filter(({ event }) => event === "evaluated");
    expect(notes).toMatchObject([{ runs: false }]);
    expect(notes[0]).not.toHaveProperty("standing");
  });

  test.each<[string, Partial<Request>, Partial<Grant>]>([
    ["for another agent", { actor: { type: "agent", id: "bot-2" } }, {}],
    ["for somebody of another type", { actor: { type: "user", id: "bot-1" } }, {}],
    ["for another tool", { action: { name: "u", input: {} } }, {}],
    ["for a tool whose name begins so", { action: { name: "t2", input: {} } }, {}],
    ["for all tools", {}, { tool: "*" }],
    ["for a pattern of agents", {}, { actor: { type: "agent", id: "*" } }],
  ])("%s", async (_, more, given) => {
    const { iam, grant } = ahead(wants());
    expect(await grant(given)).toMatchObject({ ok: true });
    expect((await iam.guard(request({}, more), execute)).executed).toBe(false);
  });

  test("after its time, or once it is revoked", async () => {
    const { iam, time, grant, standing, until } = ahead(wants());
    const first = await grant();
    expect((await iam.guard(request(), execute)).executed).toBe(true);
    time.now = until - 1;
    expect((await iam.guard(request(), execute)).executed).toBe(true);
    time.now = until;
    expect((await iam.guard(request(), execute)).executed).toBe(false);
    expect(await standing.get(idOf(first))).toMatchObject({ state: "expired" });
    const second = await grant({ until: until + 5 * MINUTE });
    expect((await iam.guard(request(), execute)).executed).toBe(true);
    expect(await standing.revoke(idOf(second), "eve", "no longer")).toMatchObject({
      ok: true,
      standing: { state: "revoked", revoked: { by: "eve", reason: "no longer" } },
    });
    expect((await iam.guard(request(), execute)).executed).toBe(false);
    time.now = Number.NaN;
    expect((await iam.guard(request(), execute)).executed).toBe(false);
  });

  test("for the agent of who gave it, whoever the agent belongs to by then", async () => {
    for (const more of [{ owner: "ann" }, { userId: ["bob", "ann"] }]) {
      const { iam, grant } = ahead(wants());
      expect(await grant()).toMatchObject({ ok: true });
      const own = request({}, { actor: { type: "agent", id: "bot-1", ...more } });
      expect((await iam.guard(own, execute)).executed).toBe(false);
      expect((await iam.guard(request(), execute)).executed).toBe(true);
    }
  });

  test("where the store does not answer", async () => {
    const store: Store = { ...memory(), list: async () => Promise.reject(new Error("down")) };
    const { iam } = guarded({ decide: () => ({}) }, { store, standing: standingApprovals });
    expect(await iam.guard(request(), execute)).toMatchObject({
      executed: false,
      decision: { code: "state_unavailable" },
    });
  });

  test("for a request without an action: that is no request", async () => {
    const { iam, grant } = ahead(wants());
    await grant();
    const { executed } = await iam.guard({ actor: { type: "agent", id: "bot-1" } } as Request, execute);
    expect(executed).toBe(false);
  });
});

describe("several people", () => {
  test("as many as are demanded, each counted once, however often they said so", async () => {
    const { iam, grant } = ahead(wants([{ approvals: 2 }]));
    await grant();
    await grant({ when: {} });
    await grant({ reason: "really" });
    expect((await iam.guard(request(), () => 0)).executed).toBe(false);
    await grant({}, "eve");
    expect((await iam.guard(request(), () => 0)).executed).toBe(true);
  });

  test("the right ones for every demand", async () => {
    const { iam, grant } = ahead(wants([{ from: ["lead"], approvals: 2 }, { from: ["cfo"] }]));
    await grant();
    await grant({}, "eve");
    expect((await iam.guard(request(), () => 0)).executed).toBe(false);
    await grant({}, "bob");
    expect((await iam.guard(request(), () => 0)).executed).toBe(true);
  });

  test("only those whose conditions hold for the call", async () => {
    const { iam, grant } = ahead(wants([{ approvals: 2 }]));
    await grant({ when: { "input.amount": { lte: 10 } } });
    await grant({ when: { "input.amount": { gte: 10 } } }, "bob");
    const runs = async (amount: number) => (await iam.guard(request({ amount }), () => 0)).executed;
    expect([await runs(9), await runs(10), await runs(11)]).toEqual([false, true, false]);
  });
});

test("what runs so is counted, and its limit holds", async () => {
  const { iam, grant } = ahead({
    tracks: [{ id: "p.n", figure: "count", per: "policy", within: null }],
    reads: ["p.n"],
    adds: () => [{ track: "p.n", amount: 1 }],
    decide: (_, figures) => (Number(figures["p.n"]) < 3 ? approval() : { decision: "deny" }),
  });
  await grant();
  const { runs, execute } = counter();
  await Promise.all(Array.from({ length: 10 }, () => iam.guard(request(), execute)));
  expect(runs).toHaveLength(3);
});

describe("giving and taking back", () => {
  test.each<[string, unknown, string]>([
    ["no actor", { actor: undefined }, "actor"],
    ["an actor without id", { actor: { type: "agent" } }, "actor"],
    ["an actor with an empty id", { actor: { type: "agent", id: "" } }, "actor"],
    ["an actor that is a list of them", { actor: [{ type: "agent", id: "bot-1" }] }, "actor"],
    ["no tool", { tool: "" }, "tool"],
    ["a list of tools", { tool: ["t"] }, "tool"],
    ["no end", { until: undefined }, "until"],
    ["an end that is now", { until: 1_000_000 }, "until"],
    ["an end that is past", { until: 5 }, "until"],
    ["no end at all", { until: Number.POSITIVE_INFINITY }, "until"],
    ["an end that is no number", { until: Number.NaN }, "until"],
    ["a date for an end", { until: new Date(2e12) }, "until"],
    ["a reason that is no text", { reason: { a: 1 } }, "reason"],
    ["conditions that are none", { when: { "input.amount": {} } }, 'when["input.amount"]'],
  ])("with %s there is nothing to give", async (_, more, path) => {
    const { grant, standing, records } = ahead(wants());
    expect(await grant(more as Partial<Grant>)).toMatchObject({
      ok: false,
      refused: "invalid",
      misfit: { path },
    });
    expect(await standing.list()).toEqual([]);
    expect(await records()).toMatchObject([{ event: "refused", refused: "invalid", by: "ann" }]);
  });

  test("nothing at all is nothing to give", async () => {
    const { standing } = ahead(wants());
    for (const given of [undefined, null, 5, []]) {
      expect(await standing.grant(given as unknown as Grant, "ann")).toMatchObject({
        ok: false,
        refused: "invalid",
      });
    }
  });

  test("nobody gives it to themselves, and nobody whom the host does not know gives or revokes", async () => {
    const { standing, grant, grantFor, records } = ahead(wants());
    const own = grantFor({ actor: { type: "user", id: "ann" } });
    expect(await standing.grant(own, "ann")).toMatchObject({ ok: false, refused: "own_call" });
    expect(await grant({}, "mallory")).toMatchObject({ ok: false, refused: "not_authenticated" });
    const id = idOf(await grant());
    expect(await standing.revoke(id, "mallory")).toMatchObject({ ok: false, refused: "not_authenticated" });
    expect(await standing.revoke("std_0", "ann")).toMatchObject({ ok: false, refused: "unknown" });
    await standing.revoke(id, "ann");
    expect(await standing.revoke(id, "ann")).toMatchObject({ ok: false, refused: "revoked" });
    expect((await records()).map(({ event, refused, standing }) => [event, refused, standing])).toEqual([
      ["refused", "own_call", undefined],
      ["refused", "not_authenticated", undefined],
      ["granted", undefined, [id]],
      ["refused", "not_authenticated", [id]],
      ["refused", "unknown", ["std_0"]],
      ["revoked", undefined, [id]],
      ["refused", "revoked", [id]],
    ]);
  });

  test("of many who revoke at once, one does", async () => {
    const { standing, grant, records } = ahead(wants());
    const id = idOf(await grant());
    const results = await Promise.all(["ann", "bob", "eve", "ann"].map((who) => standing.revoke(id, who)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await records()).filter(({ event }) => event === "revoked")).toHaveLength(1);
  });

  test("is written down whole: who, to whom, for what, until when", async () => {
    const { standing, grant, records, until } = ahead(wants());
    const id = idOf(await grant({ when: { "input.amount": { lte: 5 } }, reason: "small ones" }));
    await standing.revoke(id, "bob", "enough");
    expect(await records()).toMatchObject([
      {
        event: "granted",
        standing: [id],
        actor: { type: "agent", id: "bot-1" },
        tool: "t",
        when: { "input.amount": { lte: 5 } },
        until,
        by: "ann",
        roles: ["lead"],
        reason: "small ones",
      },
      { event: "revoked", standing: [id], tool: "t", by: "bob", roles: ["lead", "cfo"], reason: "enough" },
    ]);
  });

  test("lists what there is, by actor and state, oldest first, and gives one by its id", async () => {
    const { standing, grant } = ahead(wants());
    const first = idOf(await grant());
    const second = idOf(await grant({ actor: { type: "agent", id: "bot-2" } }));
    const third = idOf(await grant());
    await standing.revoke(third, "ann");
    const ids = async (filter = {}) => (await standing.list(filter)).map(({ id }) => id);
    expect(await ids()).toEqual([first, second, third]);
    expect(await ids({ actor: "bot-1", state: "granted" })).toEqual([first]);
    expect(await ids({ state: "revoked" })).toEqual([third]);
    expect(await ids({ after: first, limit: 1 })).toEqual([second]);
    expect(await standing.get("std_0")).toBeUndefined();
    const one = await standing.get(first);
    expect(one).toMatchObject({ id: first, actor: { type: "agent", id: "bot-1" }, when: {} });
    expect(Object.isFrozen(one) && Object.isFrozen(one?.actor)).toBe(true);
  });

  test("what its giver changes afterwards changes nothing", async () => {
    const { iam, grant } = ahead(wants());
    const when = { "input.amount": { in: [5] } };
    await grant({ when });
    when["input.amount"].in.push(6);
    expect((await iam.guard(request({ amount: 6 }), () => 0)).executed).toBe(false);
  });
});
