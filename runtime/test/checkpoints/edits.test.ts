import { createCheckpoints, type Decision, type Request } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { logged } from "../audit/logged.ts";
import {
  approval,
  clarification,
  counter,
  guardedBy,
  MINUTE,
  policyOf,
  request,
  type Written,
} from "../guard/support.ts";

const ANN = { id: "ann", roles: ["lead"] };
const BOB = { id: "bob", roles: ["lead", "cfo"] };
const INPUT = { amount: 500, to: "acct-9", parts: [{ price: 1 }, { price: 2 }] };

/** Decides by the amount. */
const byAmount: Written = {
  decide: ({ action, context }: Request): Partial<Decision> => {
    const { amount } = action.input as { readonly amount: number };
    if (amount < 0) return { decision: "deny" };
    if (amount === 0) return context?.ticket === undefined ? clarification(["context.ticket"]) : {};
    if (amount < 100) return {};
    return amount < 1000 ? approval([{ from: ["lead"] }]) : approval([{ from: ["cfo"] }]);
  },
};

async function paused(written = byAmount, input: unknown = INPUT) {
  const made = logged(written);
  const { runs, execute } = counter();
  const given = request(input);
  const { checkpoint } = await made.iam.guard(given, execute);
  const id = checkpoint?.id ?? "";
  const resume = (asked = given) => made.iam.guard(asked, execute, { resumeCheckpointId: id });
  return { ...made, id, given, runs, execute, resume };
}

const editing = (amount: unknown) => ({ edit: { "input.amount": amount } });

describe("an edited call is judged anew when it is resumed", () => {
  test("to allow: what was edited runs, once, for the request that was paused", async () => {
    const { iam, id, runs, resume, given } = await paused();
    const edited = await iam.approve(id, ANN, { ...editing(50), reason: "less" });
    expect(edited).toMatchObject({
      ok: true,
      checkpoint: {
        state: "approved",
        version: 1,
        request: { action: { input: { ...INPUT, amount: 50 } } },
        approvals: [{ by: "ann", reason: "less" }],
      },
    });
    const other = await resume(request({ ...INPUT, amount: 50 }));
    expect(other).toMatchObject({ executed: false, refused: "other_request" });
    expect(await resume(given)).toMatchObject({ executed: true, checkpoint: { state: "consumed" } });
    expect(await resume(given)).toMatchObject({ executed: false, refused: "consumed" });
    expect(runs).toEqual([{ ...INPUT, amount: 50 }]);
  });

  test("to approval by those who gave it: it runs", async () => {
    const { iam, id, runs, resume } = await paused();
    await iam.approve(id, ANN, editing(400));
    expect(await resume()).toMatchObject({ executed: true });
    expect(runs).toEqual([{ ...INPUT, amount: 400 }]);
  });

  test("to approval by others: a new checkpoint, for what it has become", async () => {
    const { iam, id, runs, resume, execute } = await paused();
    await iam.approve(id, ANN, editing(5000));
    const { executed, checkpoint } = await resume();
    expect(executed).toBe(false);
    expect(checkpoint).toMatchObject({
      state: "pending",
      approvals: [],
      request: { action: { input: { amount: 5000 } } },
    });
    expect(checkpoint?.id).not.toBe(id);
    expect((await iam.checkpoint(id))?.state).toBe("consumed");
    expect(await iam.approve(checkpoint?.id ?? "", ANN)).toMatchObject({ refused: "not_allowed" });
    await iam.approve(checkpoint?.id ?? "", BOB);
    expect(await iam.resume(checkpoint?.id ?? "", execute)).toMatchObject({ executed: true });
    expect(runs).toEqual([{ ...INPUT, amount: 5000 }]);
  });

  test("to a question: it is asked, of what it has become", async () => {
    const { iam, id, runs, resume, execute } = await paused();
    await iam.approve(id, ANN, editing(0));
    const { checkpoint } = await resume();
    expect(checkpoint).toMatchObject({ state: "pending", decision: { decision: "clarification_required" } });
    await iam.answer(checkpoint?.id ?? "", { "context.ticket": "T-1" });
    expect(await iam.resume(checkpoint?.id ?? "", execute)).toMatchObject({ executed: true });
    expect(runs).toEqual([{ ...INPUT, amount: 0 }]);
  });

  test("to deny: nothing runs", async () => {
    const { iam, id, runs, resume } = await paused();
    await iam.approve(id, ANN, editing(-1));
    expect(await resume()).toMatchObject({ executed: false, decision: { decision: "deny", code: "rule" } });
    expect(runs).toEqual([]);
  });

  test("to what the host's validator refuses: nothing runs", async () => {
    const made = logged(byAmount, {
      validate: (_, input) =>
        Number.isInteger((input as { amount: unknown }).amount)
          ? []
          : [{ path: "input.amount", expected: "integer", found: "number" }],
    });
    const id = (await made.iam.guard(request(INPUT), () => 0)).checkpoint?.id ?? "";
    await made.iam.approve(id, ANN, editing(50.5));
    expect(await made.iam.resume(id, () => 0)).toMatchObject({
      executed: false,
      decision: { code: "invalid_request", misfit: { path: "input.amount" } },
    });
  });
});

describe("who has approved what", () => {
  const two: Written = { decide: () => approval([{ from: ["lead"], approvals: 2 }]) };

  test("an edit begins anew: who approved the call before has not approved what it became", async () => {
    const { iam, id, resume, runs } = await paused(two);
    await iam.approve(id, ANN);
    const edited = await iam.approve(id, BOB, editing(1));
    expect(edited.checkpoint).toMatchObject({ state: "pending", version: 1, approvals: [{ by: "bob" }] });
    expect((await resume()).executed).toBe(false);
    // Not even by saying it again about the call that is no more.
    expect(await iam.approve(id, ANN)).toMatchObject({ ok: false, refused: "other_request" });
    expect(await iam.approve(id, ANN, { version: 0 })).toMatchObject({ refused: "other_request" });
    expect(await iam.approve(id, ANN, { version: 2 })).toMatchObject({ refused: "other_request" });
    expect(await iam.approve(id, BOB, { version: 1 })).toMatchObject({ refused: "approved_before" });
    expect((await iam.approve(id, ANN, { version: 1 })).checkpoint?.state).toBe("approved");
    expect((await resume()).executed).toBe(true);
    expect(runs).toEqual([{ ...INPUT, amount: 1 }]);
  });

  test("edits lie on top of each other, and each names the version it is of", async () => {
    const { iam, id } = await paused(two);
    await iam.approve(id, ANN, editing(1));
    expect(await iam.approve(id, BOB, editing(2))).toMatchObject({ ok: false, refused: "other_request" });
    const second = await iam.approve(id, BOB, { edit: { "input.to": "acct-1" }, version: 1 });
    expect(second.checkpoint).toMatchObject({
      version: 2,
      approvals: [{ by: "bob" }],
      request: { action: { input: { amount: 1, to: "acct-1" } } },
    });
    const third = await iam.approve(id, ANN, { ...editing(3), version: 2 });
    expect(third.checkpoint).toMatchObject({ state: "pending", version: 3, approvals: [{ by: "ann" }] });
  });

  test("of two who edit at once, one does", async () => {
    const { iam, id } = await paused(two);
    const results = await Promise.all([
      iam.approve(id, ANN, editing(1)),
      iam.approve(id, BOB, editing(2)),
      iam.approve(id, { id: "cem", roles: ["lead"] }, editing(3)),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await iam.checkpoint(id))?.approvals).toHaveLength(1);
  });

  test("only who could approve can edit, and only while it waits", async () => {
    const { iam, id, time } = await paused();
    expect(await iam.approve(id, { id: "eve" }, editing(1))).toMatchObject({ refused: "not_allowed" });
    expect(await iam.approve(id, { id: "bot-1" }, editing(1))).toMatchObject({ refused: "own_call" });
    await iam.approve(id, ANN);
    expect(await iam.approve(id, BOB, editing(1))).toMatchObject({ refused: "approved" });
    time.now += 30 * MINUTE;
    expect(await iam.approve(id, BOB, editing(1))).toMatchObject({ refused: "expired" });
  });
});

describe("only arguments can be edited", () => {
  test.each<[unknown]>([
    [{}],
    [[]],
    ["input.amount"],
    [{ "actor.id": "root" }],
    [{ actor: { type: "user", id: "root" } }],
    [{ action: { name: "u" } }],
    [{ "action.name": "u" }],
    [{ name: "u" }],
    [{ "context.env": "dev" }],
    [{ "context.input": 1 }],
    [{ "resource.input": 1 }],
    [{ "session.input.amount": 1 }],
    [{ 'context["input"]': 1 }],
    [{ session: {} }],
    [{ now: 5 }],
    [{ "": 5 }],
    [{ "input.amount": 1, "context.env": "dev" }],
    [{ "input.amount.deeper": 1 }],
    [{ "input.amount": Number.NaN }],
    [{ "input.amount": () => 1 }],
    [{ "input.amount": undefined }],
    [{ "input.amount": new Date(0) }],
  ])("%j is no edit", async (edit) => {
    const { iam, id } = await paused();
    expect(await iam.approve(id, ANN, { edit: edit as object as { "input.amount": number } })).toMatchObject({
      ok: false,
      refused: "invalid_edit",
    });
    const checkpoint = await iam.checkpoint(id);
    expect(checkpoint).toMatchObject({ state: "pending", approvals: [] });
    expect(checkpoint?.request.action.input).toEqual(INPUT);
  });

  test.each<[object, unknown]>([
    [{ "input.note": "new" }, { ...INPUT, note: "new" }],
    [{ "input.parts.price": 0 }, { ...INPUT, parts: [{ price: 0 }, { price: 0 }] }],
    [{ "input.parts": [] }, { ...INPUT, parts: [] }],
    [{ input: { amount: 5 } }, { amount: 5 }],
    [{ "action.input.amount": 5 }, { ...INPUT, amount: 5 }],
    [{ 'input["odd.name"].a': [1] }, { ...INPUT, "odd.name": { a: [1] } }],
    [
      { 'input["__proto__"].admin': true },
      JSON.parse(JSON.stringify(INPUT).replace("{", '{"__proto__":{"admin":true},')),
    ],
  ])("%j is one", async (edit, expected) => {
    const { iam, id, runs, resume } = await paused({ decide: () => approval() });
    expect(await iam.approve(id, ANN, { edit: edit as { input: unknown } })).toMatchObject({ ok: true });
    expect((await resume()).executed).toBe(true);
    expect(runs).toEqual([expected]);
    expect(Object.isFrozen(runs[0])).toBe(true);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test("what the caller changes afterwards changes nothing", async () => {
    const { iam, id, runs, resume } = await paused({ decide: () => approval() });
    const parts = [{ price: 5 }];
    await iam.approve(id, ANN, { edit: { "input.parts": parts } });
    parts.push({ price: 6 });
    await resume();
    expect(runs).toEqual([{ ...INPUT, parts: [{ price: 5 }] }]);
  });
});

describe("masked values in edits", () => {
  const written: Written = {
    decide: () => approval([{ approvals: 2 }]),
    masks: [
      ["input", "iban"],
      ["input", "parts", "pin"],
    ],
  };
  const input = { iban: "DE-old", amount: 5, parts: [{ pin: "pin-0" }] };

  test("are in nothing that is shown or written down, and run as they are", async () => {
    const { iam, id, runs, resume, records } = await paused(written, input);
    const edit = { "input.iban": "DE-new", "input.parts.pin": "pin-1", "input.amount": 6 };
    const edited = await iam.approve(id, ANN, { edit, reason: "not DE-old but DE-new" });
    const approved = await iam.approve(id, BOB, { version: 1, reason: "pin-1 it is" });
    const shown = [edited, approved, await iam.checkpoint(id), await iam.checkpoints()];
    expect(edited.checkpoint?.request.action.input).toEqual({
      iban: "•••",
      amount: 6,
      parts: [{ pin: "•••" }],
    });
    expect(JSON.stringify(await records())).not.toMatch(/DE-old|DE-new|pin-/);
    // What people say is theirs to say.
    expect(JSON.stringify(shown).replace(/"reason":"[^"]*"/g, "")).not.toMatch(/DE-|pin-/);
    const result = await resume();
    expect(result).toMatchObject({ executed: true });
    expect(runs).toEqual([{ iban: "DE-new", amount: 6, parts: [{ pin: "pin-1" }] }]);
  });

  test("nor what execute says of them when it fails, of the old or of the new", async () => {
    const { iam, id, records } = await paused(written, input);
    await iam.approve(id, ANN, { edit: { "input.iban": "DE-new" } });
    await iam.approve(id, BOB, { version: 1 });
    const failing = iam.resume(id, (input) => {
      throw new Error(`no account ${(input as { iban: string }).iban}, was DE-old`);
    });
    await expect(failing).rejects.toThrow("no account DE-new, was DE-old");
    expect((await records()).at(-1)).toMatchObject({
      event: "failed",
      error: "no account •••, was •••",
    });
    expect((await iam.checkpoint(id))?.error).not.toContain("DE-new");
  });

  test("what a later policy hides is not in what it writes down", async () => {
    const { iam, store, id, records } = await paused({ ...written, masks: [] }, input);
    await iam.approve(id, ANN);
    await iam.approve(id, BOB);
    const later = guardedBy(policyOf(written), { store });
    const failing = later.iam.resume(id, () => {
      throw new Error("no account DE-old");
    });
    await expect(failing).rejects.toThrow("DE-old");
    expect((await records()).at(-1)).toMatchObject({ event: "failed", error: "no account •••" });
    expect((await iam.checkpoint(id))?.error).toBe("no account •••");
  });
});

describe("an edit to a call that is denied", () => {
  const guarding = async () => {
    const made = await paused();
    const people = createCheckpoints({
      store: made.store,
      clock: () => made.time.now,
      authenticate: (who: typeof ANN) => who,
      evaluate: made.iam.evaluate,
    });
    return { ...made, people };
  };

  test("is refused at once where there is a guard to ask, and says why", async () => {
    const { people, id, events } = await guarding();
    const refused = await people.approve(id, ANN, editing(-1));
    expect(refused).toMatchObject({
      ok: false,
      refused: "invalid_edit",
      decision: { decision: "deny", code: "rule" },
      checkpoint: { state: "pending", approvals: [] },
    });
    expect(await events()).toEqual(["evaluated", "paused", "evaluated", "refused"]);
    expect(await people.approve(id, ANN, editing(50))).toMatchObject({ ok: true });
  });

  test("who could not approve it is not told what the policy thinks of it", async () => {
    const { people, id, events } = await guarding();
    const eve = { id: "eve", roles: [] as string[] };
    expect(await people.approve(id, eve, editing(-1))).toMatchObject({ refused: "not_allowed" });
    expect(await people.approve(id, { ...ANN, id: "bot-1" }, editing(-1))).not.toHaveProperty("decision");
    expect(await people.approve(id, ANN, { ...editing(-1), version: 1 })).not.toHaveProperty("decision");
    expect(await events()).not.toContain("approved");
    expect((await events()).filter((event) => event === "evaluated")).toHaveLength(1);
  });

  test("a guard that does not answer is not asked; the call is judged when it is resumed anyway", async () => {
    const { store, time, id } = await paused();
    const people = createCheckpoints({
      store,
      clock: () => time.now,
      authenticate: (who: typeof ANN) => who,
      evaluate: async () => Promise.reject(new Error("down")),
    });
    expect(await people.approve(id, ANN, editing(-1))).toMatchObject({ ok: true });
  });
});

test("answers are for the paths that are needed and for no others, whatever their names", async () => {
  const needs = ['input["x,z"]'];
  const { iam, id } = await paused({ decide: () => clarification(needs) }, {});
  expect(await iam.answer(id, { 'input["x': 1, 'z"]': 2 })).toMatchObject({
    ok: false,
    refused: "invalid_answer",
  });
  expect(await iam.answer(id, { 'input["x,z"]': 1 })).toMatchObject({ ok: true });
});
