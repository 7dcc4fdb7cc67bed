import { type Approver, createCheckpoints, type Request } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { logged } from "../audit/logged.ts";
import { approval, request } from "../guard/support.ts";

/** A paused call over a store with a log. */
async function paused(given: Request = request(), demand = approval()) {
  const made = logged({ decide: () => demand });
  const { checkpoint } = await made.iam.guard(given, () => 0);
  return { ...made, id: checkpoint?.id ?? "" };
}

describe("who somebody is, the host says", () => {
  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a truth value", true],
    ["a name", "ann"],
    ["no id", { roles: ["lead"] }],
    ["an empty id", { id: "" }],
    ["a number for an id", { id: 5 }],
    ["a list for an id", { id: ["ann"] }],
    ["a text for roles", { id: "ann", roles: "lead" }],
    ["null for roles", { id: "ann", roles: null }],
    ["a role that is no text", { id: "ann", roles: ["lead", 5] }],
    ["an empty role", { id: "ann", roles: [""] }],
    ["a list", [{ id: "ann" }]],
    ["a function", () => ({ id: "ann" })],
  ])("%s is nobody, and that is written down", async (_, found) => {
    const { store, time, id, records } = await paused();
    const people = createCheckpoints({
      store,
      clock: () => time.now,
      authenticate: () => found as Approver,
    });
    expect(await people.approve(id, "who")).toMatchObject({ ok: false, refused: "not_authenticated" });
    expect(await people.reject(id, "who")).toMatchObject({ ok: false, refused: "not_authenticated" });
    expect((await records()).slice(2)).toMatchObject([
      { event: "refused", refused: "not_authenticated", checkpoint: id, tool: "t" },
      { event: "refused", refused: "not_authenticated", checkpoint: id, tool: "t" },
    ]);
    expect((await people.get(id))?.state).toBe("pending");
  });

  test.each<[string, () => never | Promise<never>]>([
    [
      "throws",
      () => {
        throw new Error("no directory");
      },
    ],
    ["rejects", async () => Promise.reject(new Error("no directory"))],
    [
      "gives what throws when it is read",
      () =>
        ({
          get id(): string {
            throw new Error("x");
          },
        }) as never,
    ],
  ])("a host that %s knows nobody", async (_, authenticate) => {
    const { store, time, id } = await paused();
    const people = createCheckpoints({ store, clock: () => time.now, authenticate });
    expect(await people.approve(id, "who")).toMatchObject({ ok: false, refused: "not_authenticated" });
  });

  test("it may take its time, and sees what its caller has to show", async () => {
    const { store, time, id } = await paused();
    const shown: unknown[] = [];
    const people = createCheckpoints({
      store,
      clock: () => time.now,
      authenticate: async (token: { readonly token: string }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        shown.push(token);
        return { id: "ann", roles: ["lead"] };
      },
    });
    expect(await people.approve(id, { token: "t" })).toMatchObject({ ok: true });
    expect(shown).toEqual([{ token: "t" }]);
  });
});

describe("nobody has a say about the call of their own agent", () => {
  test.each<[string, object]>([
    ["its own id", { id: "ann" }],
    ["its owner", { owner: "ann" }],
    ["its user", { userId: "ann" }],
    ["one of its owners", { owner: ["bob", "ann"] }],
    ["one of its users", { userId: ["ann"] }],
    ["both", { owner: "ann", userId: "ann" }],
  ])("by %s", async (_, more) => {
    const actor = { type: "agent", id: "bot-1", ...more };
    const { iam, id, records } = await paused(request({ amount: 5 }, { actor }));
    const ann = { id: "ann", roles: ["lead"] };
    expect(await iam.approve(id, ann)).toMatchObject({ ok: false, refused: "own_call" });
    expect(await iam.approve(id, ann, { edit: { "input.amount": 1 } })).toMatchObject({
      refused: "own_call",
    });
    expect(await iam.reject(id, ann)).toMatchObject({ ok: false, refused: "own_call" });
    expect((await records()).at(-1)).toMatchObject({ event: "refused", refused: "own_call", by: "ann" });
    expect(await iam.approve(id, { id: "eve" })).toMatchObject({ ok: true });
  });

  test.each<[string, object]>([
    ["a part of its name", { owner: "anna" }],
    ["a name in a record", { owner: { id: "eve" } }],
    ["nothing", { owner: null, userId: [] }],
  ])("%s is somebody else", async (_, more) => {
    const { iam, id } = await paused(request({}, { actor: { type: "agent", id: "bot-1", ...more } }));
    expect(await iam.approve(id, { id: "ann" })).toMatchObject({ ok: true });
  });
});

describe("what is refused is written down, with who wanted what", () => {
  test("once each, and nothing of the checkpoint changes", async () => {
    const demand = approval([{ from: ["lead"], approvals: 2 }]);
    const { iam, id, records } = await paused(request({ iban: "DE1" }), demand);
    const ann = { id: "ann", roles: ["lead"] };
    await iam.approve(id, ann);
    const attempts: readonly (readonly [string, Promise<{ readonly ok: boolean }>])[] = [
      ["approved_before", iam.approve(id, ann)],
      ["not_allowed", iam.approve(id, { id: "eve", roles: ["guest"] })],
      ["own_call", iam.approve(id, { id: "bot-1", roles: ["lead"] })],
      ["other_request", iam.approve(id, { id: "bob", roles: ["lead"] }, { version: 1 })],
      ["invalid_edit", iam.approve(id, { id: "bob", roles: ["lead"] }, { edit: { "actor.id": "x" } })],
      ["invalid_answer", iam.answer(id, { "context.ticket": 1 }, "bob")],
      ["not_allowed", iam.reject(id, { id: "eve" }, "no")],
      ["unknown", iam.cancel("chk_0", { by: "ops" })],
    ];
    for (const [refused, attempt] of attempts) expect(await attempt).toMatchObject({ ok: false, refused });
    const notes = (await records()).slice(3);
    expect(notes.map(({ event }) => event)).toEqual(attempts.map(() => "refused"));
    expect(notes.map(({ refused }) => refused).sort()).toEqual(attempts.map(([refused]) => refused).sort());
    const unknown = notes.find(({ refused }) => refused === "unknown");
    expect(unknown).toMatchObject({ checkpoint: "chk_0", by: "ops" });
    expect(notes.filter((note) => note !== unknown).every(({ checkpoint }) => checkpoint === id)).toBe(true);
    expect(notes.find(({ refused }) => refused === "own_call")).toMatchObject({
      actor: { type: "agent", id: "bot-1" },
      tool: "t",
      by: "bot-1",
      roles: ["lead"],
    });
    expect(JSON.stringify(notes)).not.toContain("DE1");
    expect(await iam.checkpoint(id)).toMatchObject({ state: "pending", approvals: [{ by: "ann" }] });
  });

  test("what cannot be written down is not told apart", async () => {
    const { store, time, id } = await paused();
    const silent = {
      ...store,
      log: { ...store.log, append: async () => Promise.reject(new Error("full")) },
    };
    const people = createCheckpoints({ store: silent, clock: () => time.now, authenticate: () => null });
    expect(await people.approve(id, "x")).toEqual({ ok: false, refused: "unavailable" });
  });
});

describe("a sweep of what is overdue", () => {
  test("writes each down once, however many sweep, and says how many it was that did", async () => {
    const { iam, time, events } = await paused();
    for (let call = 0; call < 249; call++) await iam.guard(request(call), () => 0);
    expect(await iam.expire()).toBe(0);
    time.now += 30 * 60_000;
    await iam.guard(request("young"), () => 0);
    const sweeps = await Promise.all([iam.expire(), iam.expire(), iam.expire()]);
    expect(sweeps.reduce((sum, count) => sum + count, 0) + (await iam.expire())).toBe(250);
    expect((await events()).filter((event) => event === "expired")).toHaveLength(250);
    expect(await iam.checkpoints({ state: "pending" })).toHaveLength(1);
  });

  test.each([0, Number.NaN])("by a clock that says %d counts only what it ended", async (now) => {
    const { iam, time, id } = await paused();
    await iam.cancel(id);
    time.now = now;
    expect(await iam.expire()).toBe(0);
  });
});

describe("the end of a call that nobody waits for", () => {
  test("says who ended it, and nobody where nobody is named", async () => {
    const first = await paused();
    await first.iam.cancel(first.id, { by: "ops", reason: "shift is over" });
    expect((await first.records()).at(-1)).toMatchObject({
      event: "cancelled",
      by: "ops",
      reason: "shift is over",
    });
    const needs = ["context.ticket"];
    const second = await paused(request(), {
      decision: "clarification_required",
      clarification: { questions: [], needs, within: 60_000 },
    });
    await second.iam.answer(second.id, { "context.ticket": "T-1" }, "ann");
    expect((await second.records()).at(-1)).toMatchObject({ event: "answered", by: "ann" });
    await second.iam.cancel(second.id);
    const [note] = (await second.records()).slice(-1);
    expect(note?.event).toBe("cancelled");
    expect(note).not.toHaveProperty("by");
    expect((await second.iam.checkpoint(second.id))?.by).toBeUndefined();
  });
});
