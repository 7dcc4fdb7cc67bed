import { type Json, memory, type Request, type State, TRANSITIONS } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, counter, guarded, guardedBy, MINUTE, policyOf, request } from "./support.ts";

const ANN = { id: "ann", roles: ["finance-lead"] };
const BOB = { id: "bob", roles: ["cfo", "finance-lead"] };

/** A guard with one paused call. */
async function paused(demand = approval(), given = request({ amount: 5 })) {
  const { iam, time, policy } = guarded({ decide: () => demand });
  const { runs, execute } = counter();
  const { checkpoint } = await iam.guard(given, execute);
  const id = checkpoint?.id ?? "";
  const resume = (asked: Request = given) => iam.guard(asked, execute, { resumeCheckpointId: id });
  return { iam, time, policy, id, checkpoint, runs, execute, resume };
}

describe("a paused call", () => {
  test("has a checkpoint with an unguessable id, bound to what was asked but not to when", async () => {
    const store = memory();
    const given = request({ b: [1, "ü"], amount: 1e21 }, { now: 3 });
    const { iam } = guarded({ decide: () => approval([{}], 5 * MINUTE) }, { store });
    const { checkpoint } = await iam.guard(given, () => 0);
    expect(checkpoint?.id).toMatch(/^chk_[0-9a-f-]{36}$/);
    expect(checkpoint).toMatchObject({
      state: "pending",
      createdAt: 1_000_000,
      expiresAt: 1_000_000 + 5 * MINUTE,
    });
    expect((await store.read("checkpoint", checkpoint?.id ?? ""))?.request).toEqual(
      request({ b: [1, "ü"], amount: 1e21 }),
    );
  });

  test("runs once when approved and resumed, and then no more", async () => {
    const { iam, id, runs, resume } = await paused();
    expect(await iam.approve(id, ANN)).toMatchObject({ ok: true, checkpoint: { state: "approved" } });
    expect(await resume()).toMatchObject({
      executed: true,
      value: { amount: 5 },
      checkpoint: { state: "consumed" },
    });
    expect(await resume()).toMatchObject({
      executed: false,
      refused: "consumed",
      decision: { decision: "deny" },
    });
    expect(runs).toEqual([{ amount: 5 }]);
  });

  test("runs once however many resume it at once", async () => {
    const { iam, id, runs, execute, resume } = await paused();
    await iam.approve(id, ANN);
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, at) => (at % 2 ? resume() : iam.resume(id, execute))),
    );
    expect(results.filter(({ executed }) => executed)).toHaveLength(1);
    expect(results.filter((result) => !result.executed && result.refused === "consumed")).toHaveLength(63);
    expect(runs).toHaveLength(1);
  });

  test("can be resumed by its id alone", async () => {
    const { iam, id, execute } = await paused();
    expect(await iam.resume(id, execute)).toMatchObject({ executed: false, refused: "pending" });
    await iam.approve(id, ANN);
    expect(await iam.resume(id, execute)).toMatchObject({ executed: true, value: { amount: 5 } });
  });

  test("still waits while nobody has approved", async () => {
    const { runs, resume, id } = await paused();
    expect(await resume()).toMatchObject({
      executed: false,
      refused: "pending",
      decision: { decision: "approval_required" },
      checkpoint: { id },
    });
    expect(runs).toEqual([]);
  });

  test("is not another call", async () => {
    const { iam, id, runs, resume } = await paused();
    await iam.approve(id, ANN);
    const others: Request[] = [
      request({ amount: 6 }),
      request({ amount: 5, more: null }),
      request({ amount: "5" }),
      request({ amount: 5 }, { actor: { type: "agent", id: "bot-2" } }),
      request({ amount: 5 }, { actor: { type: "user", id: "bot-1" } }),
      request({ amount: 5 }, { context: {} }),
      { actor: { type: "agent", id: "bot-1" }, action: { name: "u", input: { amount: 5 } } },
    ];
    for (const other of others) {
      const result = await resume(other);
      expect(result).toMatchObject({
        executed: false,
        refused: "other_request",
        decision: { code: "invalid_request" },
      });
      expect(result.checkpoint).toBeUndefined();
    }
    expect(runs).toEqual([]);
    const same = {
      now: 7,
      action: { input: { gone: undefined, amount: 5 }, name: "t" },
      actor: { id: "bot-1", type: "agent" },
    };
    expect((await resume(same)).executed).toBe(true);
  });

  test.each([["chk_0"], [""], [null], [5], ["__proto__"], [{}]])(
    "an unknown id (%j) never falls through to a fresh run",
    async (id) => {
      const { iam } = guarded({ decide: () => ({ decision: "allow" }) });
      const { runs, execute } = counter();
      const result = await iam.guard(request(), execute, { resumeCheckpointId: id as string });
      expect(result).toMatchObject({ executed: false, refused: "unknown", decision: { decision: "deny" } });
      expect(await iam.resume(id as string, execute)).toMatchObject({ executed: false, refused: "unknown" });
      expect(runs).toEqual([]);
    },
  );

  test("expires: while it waits, and after it is approved", async () => {
    for (const approved of [false, true]) {
      const { iam, time, id, runs, resume } = await paused();
      if (approved) await iam.approve(id, ANN);
      time.now += 30 * MINUTE - 1;
      expect((await iam.checkpoint(id))?.state).toBe(approved ? "approved" : "pending");
      time.now += 1;
      expect(await resume()).toMatchObject({ executed: false, refused: "expired" });
      expect((await iam.checkpoint(id))?.state).toBe("expired");
      expect(await iam.approve(id, BOB)).toMatchObject({ ok: false, refused: "expired" });
      expect(await iam.expire()).toBe(0);
      time.now -= 10 * MINUTE;
      expect(await resume()).toMatchObject({ executed: false, refused: "expired" });
      expect(runs).toEqual([]);
    }
  });

  test("a resume that came too late is the end of it, whatever the clock says later", async () => {
    const { iam, time, id, runs, resume } = await paused();
    await iam.approve(id, ANN);
    time.now += 30 * MINUTE;
    expect(await resume()).toMatchObject({ executed: false, refused: "expired" });
    time.now -= 30 * MINUTE;
    expect(await resume()).toMatchObject({ executed: false, refused: "expired" });
    expect(await iam.checkpoints({ state: "expired" })).toMatchObject([{ id }]);
    expect(runs).toEqual([]);
  });

  test("a time to live that is no number is over at once", async () => {
    const { resume, iam, id } = await paused(approval([{}], Number.NaN));
    expect(await iam.approve(id, ANN)).toMatchObject({ ok: false, refused: "expired" });
    expect((await resume()).executed).toBe(false);
  });

  test("expire writes down whose time is up", async () => {
    const { iam, time, id } = await paused();
    expect(await iam.expire()).toBe(0);
    time.now += 30 * MINUTE;
    expect(await iam.expire()).toBe(1);
    expect(await iam.checkpoints({ state: "expired" })).toMatchObject([{ id }]);
    expect(await iam.expire()).toBe(0);
  });
});

describe("the policy judges again", () => {
  const setup = async (written: Parameters<typeof policyOf>[0]) => {
    const store = memory();
    const before = guarded({ decide: () => approval([{ from: ["finance-lead"] }]) }, { store });
    const after = guarded(written, { store });
    const { runs, execute } = counter();
    const id = (await before.iam.guard(request(), execute)).checkpoint?.id ?? "";
    await before.iam.approve(id, ANN);
    const resume = () => after.iam.guard(request(), execute, { resumeCheckpointId: id });
    return { ...after, runs, id, resume };
  };

  test("what it now denies stays denied", async () => {
    const { resume, runs } = await setup({ decide: () => ({ decision: "deny", code: "rule" }) });
    expect(await resume()).toMatchObject({ executed: false, decision: { decision: "deny", code: "rule" } });
    expect(runs).toEqual([]);
  });

  test("what it now allows runs", async () => {
    const { resume } = await setup({ decide: () => ({ decision: "allow" }), hash: "h2" });
    expect(await resume()).toMatchObject({ executed: true, checkpoint: { state: "consumed" } });
  });

  test.each([
    [
      "clarification",
      {
        decide: () => ({
          decision: "clarification_required" as const,
          clarification: { questions: [], needs: ["context.a"], within: 1 },
        }),
      },
    ],
    ["another approver", { decide: () => approval([{ from: ["finance-lead"] }, { from: ["cfo"] }]) }],
    ["more approvers", { decide: () => approval([{ approvals: 2 }]) }],
    ["approval by another policy", { decide: () => approval([{ from: ["finance-lead"] }]), hash: "h2" }],
  ])("where it now asks for %s, a new checkpoint takes the place of the old", async (_, written) => {
    const { iam, resume, runs, id } = await setup(written);
    const { executed, checkpoint } = await resume();
    expect(executed).toBe(false);
    expect(checkpoint).toMatchObject({ state: "pending", approvals: [] });
    expect(checkpoint?.id).not.toBe(id);
    expect((await iam.checkpoint(id))?.state).toBe("cancelled");
    expect(await resume()).toMatchObject({ executed: false, refused: "cancelled" });
    expect(runs).toEqual([]);
  });

  test("where it does not answer, nothing runs and the approval stays", async () => {
    const { iam, resume, id } = await setup({ decide: () => ({}), abi: 9 });
    expect(await resume()).toMatchObject({ executed: false, decision: { code: "policy_unavailable" } });
    expect((await iam.checkpoint(id))?.state).toBe("approved");
  });
});

describe("who approves", () => {
  test("nobody approves or rejects their own agent's call", async () => {
    const { iam, id } = await paused();
    expect(await iam.approve(id, { id: "bot-1" })).toMatchObject({ ok: false, refused: "own_call" });
    expect(await iam.reject(id, { id: "bot-1" })).toMatchObject({ ok: false, refused: "own_call" });
  });

  test("the same person counts once, whatever roles they come with", async () => {
    const { iam, id } = await paused(approval([{ approvals: 2 }]));
    expect(await iam.approve(id, ANN)).toMatchObject({ ok: true, checkpoint: { state: "pending" } });
    expect(await iam.approve(id, { id: "ann", roles: ["cfo"] })).toMatchObject({
      ok: false,
      refused: "approved_before",
    });
    expect(await iam.approve(id, BOB)).toMatchObject({ ok: true, checkpoint: { state: "approved" } });
  });

  test("every rule's requirement must be met; one person may meet several", async () => {
    const demand = approval([{ from: ["finance-lead"], approvals: 2 }, { from: ["cfo", "dan"] }]);
    const { iam, id } = await paused(demand);
    expect(await iam.approve(id, { id: "eve", roles: ["intern"] })).toMatchObject({
      ok: false,
      refused: "not_allowed",
    });
    expect(await iam.approve(id, { id: "eve" })).toMatchObject({ ok: false, refused: "not_allowed" });
    expect(await iam.approve(id, ANN)).toMatchObject({ ok: true, checkpoint: { state: "pending" } });
    expect(await iam.approve(id, { id: "dan" })).toMatchObject({
      ok: true,
      checkpoint: { state: "pending" },
    });
    expect(await iam.approve(id, BOB)).toMatchObject({ ok: true, checkpoint: { state: "approved" } });
    expect((await iam.checkpoint(id))?.approvals.map(({ by }) => by)).toEqual(["ann", "dan", "bob"]);
  });

  test("people who approve at once are all counted", async () => {
    const { iam, id } = await paused(approval([{ approvals: 20 }]));
    const done = await Promise.all(Array.from({ length: 20 }, (_, at) => iam.approve(id, { id: `p${at}` })));
    expect(done.every(({ ok }) => ok)).toBe(true);
    expect((await iam.checkpoint(id))?.state).toBe("approved");
  });

  test.each<[unknown]>([
    [undefined],
    [null],
    [{}],
    [{ id: "" }],
    [{ id: 5 }],
    [{ id: "ann", roles: "cfo" }],
    ["ann"],
  ])("%j is nobody", async (approver) => {
    const { iam, id } = await paused();
    expect(await iam.approve(id, approver as typeof ANN)).toMatchObject({
      ok: false,
      refused: "not_authenticated",
    });
  });

  test("an approval for nobody in particular is at least one", async () => {
    const { iam, id, resume } = await paused(approval([{ approvals: 0 }, { approvals: Number.NaN }]));
    expect((await resume()).executed).toBe(false);
    expect(await iam.approve(id, ANN)).toMatchObject({ checkpoint: { state: "pending" } });
    const none = await paused(approval([]));
    expect(await none.iam.approve(none.id, ANN)).toMatchObject({ ok: false, refused: "not_allowed" });
  });

  test("what approvers are given is not the checkpoint itself", async () => {
    const { iam, id } = await paused();
    const roles = ["finance-lead"];
    const changed = await iam.approve(id, { id: "ann", roles });
    roles.push("cfo");
    expect((await iam.checkpoint(id))?.approvals[0]?.roles).toEqual(["finance-lead"]);
    expect(Object.isFrozen(changed.checkpoint?.approvals[0])).toBe(true);
  });
});

describe("the end without a run", () => {
  test("rejected, with who and why", async () => {
    const { iam, id, runs, resume } = await paused();
    expect(await iam.reject(id, ANN, "too much")).toMatchObject({
      ok: true,
      checkpoint: { state: "rejected", by: "ann", reason: "too much" },
    });
    expect(await iam.approve(id, BOB)).toMatchObject({ ok: false, refused: "rejected" });
    expect(await resume()).toMatchObject({
      executed: false,
      refused: "rejected",
      decision: { decision: "deny" },
    });
    expect(runs).toEqual([]);
  });

  test("cancelled, pending or approved", async () => {
    for (const approved of [false, true]) {
      const { iam, id, resume } = await paused();
      if (approved) await iam.approve(id, ANN);
      expect(await iam.cancel(id, { reason: "gone" })).toMatchObject({
        ok: true,
        checkpoint: { state: "cancelled", reason: "gone" },
      });
      expect(await resume()).toMatchObject({ executed: false, refused: "cancelled" });
    }
  });

  test("failed: what execute throws is thrown on and recorded", async () => {
    for (const error of [new Error("bank is closed"), "text", undefined, Object.create(null), Symbol("s")]) {
      const { iam, id, resume } = await paused();
      await iam.approve(id, ANN);
      const failing = iam.resume(id, () => {
        throw error;
      });
      await expect(failing.catch((caught: unknown) => [caught])).resolves.toEqual([error]);
      expect(await iam.checkpoint(id)).toMatchObject({ state: "failed", error: expect.any(String) });
      expect(await resume()).toMatchObject({ executed: false, refused: "failed" });
    }
    const { iam, id } = await paused();
    await iam.approve(id, ANN);
    await iam.resume(id, async () => Promise.reject(new Error("bank is closed"))).catch(() => {});
    expect((await iam.checkpoint(id))?.error).toContain("bank is closed");
  });

  test("a claim that comes through too late ends in failed, and nothing runs", async () => {
    const store = memory();
    let release = () => {};
    const slow = { ...store };
    const { iam } = guarded({ decide: () => approval() }, { store: slow, timeout: 20 });
    const { runs, execute } = counter();
    const id = (await iam.guard(request(), execute)).checkpoint?.id ?? "";
    await iam.approve(id, ANN);
    slow.put = async (record) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      slow.put = store.put;
      return store.put(record);
    };
    expect(await iam.resume(id, execute)).toMatchObject({
      executed: false,
      decision: { code: "state_unavailable" },
    });
    release();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await store.read("checkpoint", id))?.state).toBe("failed");
    expect(runs).toEqual([]);
  });
});

test("there are no other changes of state than the table's", async () => {
  const states: State[] = [
    "pending",
    "approved",
    "rejected",
    "answered",
    "consumed",
    "expired",
    "cancelled",
    "failed",
  ];
  for (const from of states) {
    const store = memory();
    const { iam } = guarded({ decide: () => approval() }, { store });
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    const record = await store.read("checkpoint", id);
    if (record) await store.put({ ...record, revision: 1, state: from });
    const leads = (to: State) => (TRANSITIONS[from] ?? "").split(" ").includes(to);
    expect((TRANSITIONS[from] ?? "pending").split(" ").every((to) => states.includes(to as State))).toBe(
      true,
    );
    expect((await iam.approve(id, ANN)).ok).toBe(from === "pending");
    if (from !== "pending") expect((await iam.cancel(id)).ok).toBe(leads("cancelled"));
  }
});

describe("what is shown", () => {
  test("masked values are nowhere in it", async () => {
    const store = memory();
    const secret = "DE89370400440532013000";
    const { iam } = guarded(
      {
        decide: () => approval(),
        masks: [
          ["input", "iban"],
          ["input", "parties", "iban"],
          ["context", "token"],
          ["input", "absent", "deep"],
        ],
      },
      { store },
    );
    const given = request(
      { iban: secret, amount: 5, parties: [{ iban: secret, name: "A" }, { iban: [secret] }, 5] },
      { context: { token: { of: secret } } },
    );
    const { runs, execute } = counter();
    const { checkpoint } = await iam.guard(given, execute);
    const id = checkpoint?.id ?? "";
    const shown = [checkpoint, await iam.approve(id, ANN), await iam.checkpoint(id), await iam.checkpoints()];
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(checkpoint?.request.action.input).toEqual({
      iban: "•••",
      amount: 5,
      parties: [{ iban: "•••", name: "A" }, { iban: "•••" }, "•••"],
    });
    const result = await iam.guard(given, execute, { resumeCheckpointId: id });
    expect(JSON.stringify([result.checkpoint])).not.toContain(secret);
    expect(JSON.stringify(runs)).toContain(secret);
  });

  test("there is no checkpoint where the policy cannot say what is masked", async () => {
    const policy = {
      ...policyOf({ decide: () => approval() }),
      masks: () => {
        throw new Error("x");
      },
    };
    const { iam } = guardedBy(policy);
    const result = await iam.guard(request({ iban: "secret" }), () => 0);
    expect(result).toMatchObject({ executed: false, decision: { decision: "deny" } });
    expect(await iam.checkpoints()).toEqual([]);
  });

  test("what was masked when the call was paused stays masked under another policy", async () => {
    const store = memory();
    const before = guarded({ decide: () => approval(), masks: [["input", "iban"]] }, { store });
    await before.iam.guard(request({ iban: "secret" }), () => 0);
    const after = guarded({ decide: () => approval() }, { store });
    expect(JSON.stringify(await after.iam.checkpoints())).not.toContain("secret");
  });

  test("lists with filters, oldest first", async () => {
    const { iam } = guarded({ decide: () => approval() });
    const ids: string[] = [];
    for (const name of ["a", "b", "a", "b"]) {
      const actor = { type: "agent", id: `bot-${name}` };
      ids.push((await iam.guard({ actor, action: { name } }, () => 0)).checkpoint?.id ?? "");
    }
    await iam.approve(ids[0] ?? "", ANN);
    const found = async (filter: Parameters<typeof iam.checkpoints>[0]) =>
      (await iam.checkpoints(filter)).map(({ id }) => ids.indexOf(id));
    expect(await found({})).toEqual([0, 1, 2, 3]);
    expect(await found({ state: "pending", limit: 2 })).toEqual([1, 2]);
    expect(await found({ actor: "bot-a", state: "approved" })).toEqual([0]);
    expect(await iam.checkpoint("chk_0")).toBeUndefined();
  });

  test("memory keeps ten thousand; what is forgotten does not run", async () => {
    const { iam, id, runs, execute } = await paused();
    await iam.approve(id, ANN);
    for (let at = 0; at < 10_000; at++) await iam.guard(request(at), () => 0);
    expect(await iam.checkpoints({ limit: 20_000 })).toHaveLength(10_000);
    expect(await iam.resume(id, execute)).toMatchObject({ executed: false, refused: "unknown" });
    expect(runs).toEqual([]);
  });
});

test("what the guard keeps is JSON", async () => {
  const store = memory();
  const { iam } = guarded({ decide: () => approval() }, { store });
  const id = (await iam.guard(request({ a: 1 }), () => 0)).checkpoint?.id ?? "";
  await iam.approve(id, ANN);
  const record = (await store.read("checkpoint", id)) as unknown as Json;
  expect(JSON.parse(JSON.stringify(record))).toEqual(record);
});
