import { type AuditEvent, type AuditNote, loggedMemory, type Request } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import {
  approval,
  clarification,
  guardedBy,
  MINUTE,
  policyOf,
  request,
  type Written,
} from "../guard/support.ts";
import { logged } from "./logged.ts";

const ANN = { id: "ann", roles: ["lead"] };
const fails = async () => Promise.reject(new Error("bank is closed"));
const bot = { actor: { type: "agent", id: "bot-1" }, tool: "t" };

/** Exactly these notes, in this order; of each, at least these fields, and none of those that are undefined here. */
async function expectNotes(
  records: () => Promise<readonly AuditNote[]>,
  expected: readonly { readonly event: AuditEvent; readonly [field: string]: unknown }[],
) {
  const notes = await records();
  expect(notes.map(({ event }) => event)).toEqual(expected.map(({ event }) => event));
  for (const [at, fields] of expected.entries()) {
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) expect(notes[at]).not.toHaveProperty(name);
      else expect(notes[at]).toMatchObject({ [name]: value });
    }
  }
  return notes;
}

const counting: Partial<Written> = {
  tracks: [{ id: "p.n", figure: "count", per: "policy", within: null }],
  reads: ["p.n"],
  adds: () => [{ track: "p.n", amount: 1 }],
};

describe("a call is written down", () => {
  test.each<[string, Partial<Written>]>([
    ["that counts", counting],
    ["that counts nothing", {}],
  ])("%s and is allowed: judged and run", async (_, more) => {
    const { iam, time, records } = logged({ decide: () => ({}), ...more });
    await iam.guard(request({ a: 1 }), () => {
      time.now += 5;
    });
    const figures = more.tracks ? { "p.n": 0 } : {};
    const [judged, ran] = await expectNotes(records, [
      {
        event: "evaluated",
        ...bot,
        at: 1_000_000,
        runs: true,
        figures,
        request: { ...request({ a: 1 }), now: 1_000_000 },
        decision: { decision: "allow", policy: { hash: "h1" } },
        checkpoint: undefined,
        standing: undefined,
        error: undefined,
      },
      { event: "executed", ...bot, at: 1_000_005, request: undefined, decision: undefined, error: undefined },
    ]);
    expect(judged?.call).toMatch(/^[0-9a-f-]{36}$/);
    expect(ran?.call).toBe(judged?.call);
  });

  test.each<[string, Partial<Written>]>([
    ["that counts", counting],
    ["that counts nothing", {}],
  ])("%s and fails: with what was thrown", async (_, more) => {
    const { iam, records } = logged({ decide: () => ({}), ...more });
    await iam.guard(request(), fails).catch(() => {});
    const [judged, failed] = await expectNotes(records, [
      { event: "evaluated", runs: true },
      { event: "failed", ...bot, error: "bank is closed", request: undefined, checkpoint: undefined },
    ]);
    expect(failed?.call).toBe(judged?.call);
  });

  test("and is denied, or only asked about: as not run", async () => {
    const { iam, records } = logged({
      ...counting,
      decide: (_, figures) => (figures["p.n"] === 0 ? {} : { decision: "deny" }),
    });
    await iam.evaluate(request());
    await iam.guard(request(), () => 0);
    await iam.guard(request(), () => 0);
    const notes = await expectNotes(records, [
      { event: "evaluated", runs: false, figures: { "p.n": 0 }, decision: { decision: "allow" } },
      { event: "evaluated", runs: true, figures: { "p.n": 0 } },
      { event: "executed" },
      { event: "evaluated", runs: false, figures: { "p.n": 1 }, decision: { decision: "deny" } },
    ]);
    expect(new Set(notes.map(({ call }) => call)).size).toBe(3);
  });

  test("that no policy decides: without what it asked", async () => {
    const { iam, records } = logged({ decide: () => ({}), abi: 9 });
    await iam.guard(request(), () => 0);
    await expectNotes(records, [
      { event: "evaluated", runs: false, decision: { code: "policy_unavailable" }, ...bot },
    ]);
  });

  test.each<[string, unknown, object]>([
    ["is no request", undefined, { decision: { misfit: { path: "request" } }, actor: undefined }],
    ["is no JSON", request({ a: 1n }), { decision: { misfit: { path: "input.a" } }, actor: undefined }],
    ["names nobody", { action: { name: "t" } }, { decision: { misfit: { path: "actor" } }, tool: "t" }],
    ["does not fit", request({ bad: 1 }), { decision: { misfit: { path: "input.bad" } }, ...bot }],
  ])("that %s: as refused", async (_, given, more) => {
    const { iam, records } = logged(
      { decide: () => ({}) },
      {
        validate: (_, input) =>
          "bad" in (input as object) ? [{ path: "input.bad", expected: "nothing", found: "number" }] : [],
      },
    );
    await iam.guard(given as Request, () => 0);
    await iam.evaluate(given as Request);
    const refused = {
      event: "refused" as const,
      request: undefined,
      refused: undefined,
      runs: undefined,
      ...more,
    };
    await expectNotes(records, [refused, refused]);
  });
});

describe("a call that waits is written down", () => {
  test("from its pause to its end, each step with who took it", async () => {
    const demand = approval([{ from: ["lead"], approvals: 2 }]);
    const { iam, time, records } = logged({ ...counting, decide: () => demand });
    const id = (await iam.guard(request({ a: 1 }), () => 0)).checkpoint?.id ?? "";
    time.now += 1;
    await iam.approve(id, ANN, { reason: "fine" });
    time.now += 1;
    await iam.approve(id, { ...ANN, id: "bob" }, { edit: { "input.a": 2 }, version: 0 });
    time.now += 1;
    await iam.approve(id, ANN, { version: 1 });
    time.now += 1;
    await iam.resume(id, () => 0);
    await iam.resume(id, () => 0);
    const notes = await expectNotes(records, [
      { event: "evaluated", runs: false, checkpoint: undefined },
      {
        event: "paused",
        ...bot,
        checkpoint: id,
        at: 1_000_000,
        until: 1_000_000 + 30 * MINUTE,
        by: undefined,
        request: undefined,
      },
      {
        event: "approved",
        ...bot,
        checkpoint: id,
        at: 1_000_001,
        by: "ann",
        roles: ["lead"],
        reason: "fine",
        request: undefined,
        until: undefined,
      },
      {
        event: "approved",
        at: 1_000_002,
        by: "bob",
        reason: undefined,
        request: { ...request({ a: 2 }), now: 1_000_002 },
      },
      { event: "approved", at: 1_000_003, by: "ann", request: { action: { input: { a: 2 } } } },
      { event: "evaluated", runs: true, checkpoint: id, request: { action: { input: { a: 2 } } } },
      { event: "consumed", ...bot, checkpoint: id, at: 1_000_004, by: undefined, request: undefined },
      { event: "executed", ...bot, checkpoint: id, at: 1_000_004 },
      { event: "refused", ...bot, checkpoint: id, refused: "consumed", decision: { decision: "deny" } },
    ]);
    const calls = notes.map(({ call }) => call);
    // The pause is of the first judgement, the claim and the run of the second.
    expect(calls.slice(0, 5)).toEqual(Array(5).fill(calls[0]));
    expect(calls.slice(5, 8)).toEqual(Array(3).fill(calls[5]));
    expect(calls[5]).not.toBe(calls[0]);
  });

  test("that fails: once, with what was thrown", async () => {
    const { iam, records } = logged({ ...counting, decide: () => approval() });
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    await iam.approve(id, ANN);
    await iam.resume(id, fails).catch(() => {});
    await expectNotes(records, [
      { event: "evaluated" },
      { event: "paused" },
      { event: "approved" },
      { event: "evaluated", runs: true },
      { event: "consumed", checkpoint: id },
      { event: "failed", ...bot, checkpoint: id, error: "bank is closed" },
    ]);
  });

  test("rejected, cancelled, answered, expired: with who and why", async () => {
    const { iam, time, records } = logged({
      decide: ({ action }) =>
        (action.input as { ask?: true }).ask ? clarification(["context.ticket"]) : approval(),
    });
    const paused = async (input: object) => (await iam.guard(request(input), () => 0)).checkpoint?.id ?? "";
    const [one, two, three, four] = [
      await paused({}),
      await paused({}),
      await paused({ ask: true }),
      await paused({}),
    ];
    await iam.reject(one ?? "", ANN, "too much");
    await iam.cancel(two ?? "", { by: "ops", reason: "late" });
    await iam.answer(three ?? "", { "context.ticket": "T-1" }, "cem");
    await iam.approve(four ?? "", ANN);
    time.now += 30 * MINUTE;
    expect(await iam.expire()).toBe(2);
    expect(await iam.expire()).toBe(0);
    const notes = await records();
    expect(notes).toHaveLength(8 + 4 + 2);
    const after = { at: time.now, ...bot };
    await expectNotes(
      async () => notes.slice(8, 12),
      [
        { event: "rejected", checkpoint: one, by: "ann", roles: ["lead"], reason: "too much" },
        { event: "cancelled", checkpoint: two, by: "ops", reason: "late", roles: undefined },
        {
          event: "answered",
          checkpoint: three,
          by: "cem",
          request: { context: { ticket: "T-1" }, now: 1_000_000 },
        },
        { event: "approved", checkpoint: four },
      ],
    );
    const expired = notes.slice(12);
    expect(expired.map(({ checkpoint }) => checkpoint).sort()).toEqual([three, four].sort());
    await expectNotes(
      async () => expired,
      [
        { event: "expired", ...after, by: undefined, reason: undefined, request: undefined },
        { event: "expired", ...after, by: undefined, reason: undefined, request: undefined },
      ],
    );
  });

  test("that another takes the place of: the old one's end, by nobody, and the new one's pause", async () => {
    const { iam, store, records } = logged({ decide: () => approval() });
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    await iam.approve(id, ANN);
    const { iam: stricter } = guardedBy(policyOf({ decide: () => approval(), hash: "h2" }), { store });
    const { checkpoint } = await stricter.resume(id, () => 0);
    const notes = await expectNotes(records, [
      { event: "evaluated" },
      { event: "paused" },
      { event: "approved" },
      { event: "evaluated", runs: false, decision: { policy: { hash: "h2" } } },
      { event: "cancelled", checkpoint: id, by: undefined },
      { event: "paused", checkpoint: checkpoint?.id },
    ]);
    expect(new Set(notes.slice(3).map(({ call }) => call)).size).toBe(1);
  });

  test("a resume that is none: why", async () => {
    const { iam, records } = logged({ decide: () => approval() });
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    const other = request({ other: 1 }, { actor: { type: "agent", id: "bot-2" } });
    await iam.guard(request(), () => 0, { resumeCheckpointId: "chk_0" });
    await iam.resume("chk_0", () => 0);
    await iam.guard(other, () => 0, { resumeCheckpointId: id });
    await iam.reject(id, ANN);
    await iam.resume(id, () => 0);
    const code = { code: "invalid_request" };
    await expectNotes(records, [
      { event: "evaluated" },
      { event: "paused" },
      { event: "refused", refused: "unknown", checkpoint: "chk_0", ...bot, decision: code },
      { event: "refused", refused: "unknown", checkpoint: "chk_0", actor: undefined, decision: code },
      {
        event: "refused",
        refused: "other_request",
        checkpoint: id,
        actor: { type: "agent", id: "bot-2" },
        request: undefined,
      },
      { event: "rejected" },
      { event: "refused", refused: "rejected", checkpoint: id, ...bot },
    ]);
  });
});

describe("where the log does not take it", () => {
  const down = async () => Promise.reject(new Error("disk full"));

  test("nothing runs", async () => {
    const store = loggedMemory();
    const { iam } = guardedBy(policyOf({ decide: () => ({}) }), {
      store: { ...store, log: { ...store.log, append: down } },
    });
    expect(await iam.guard(request(), () => 0)).toMatchObject({
      executed: false,
      decision: { code: "state_unavailable" },
    });
    expect((await iam.evaluate(request())).code).toBe("state_unavailable");
    expect(await store.log.read({})).toEqual([]);
  });

  test("what has run says so", async () => {
    const store = loggedMemory();
    let isDown = false;
    const append: typeof store.log.append = (facts) => (isDown ? down() : store.log.append(facts));
    const { iam } = guardedBy(policyOf({ decide: () => ({}) }), {
      store: { ...store, log: { ...store.log, append } },
    });
    const well = await iam.guard(request(), () => 1);
    expect(well).toMatchObject({ executed: true, unrecorded: false });
    const result = await iam.guard(request(), () => {
      isDown = true;
      return 2;
    });
    expect(result).toMatchObject({ executed: true, value: 2, unrecorded: true });
  });

  test("what is refused is refused all the same", async () => {
    const store = loggedMemory();
    const { iam } = guardedBy(policyOf({ decide: () => ({}) }), {
      store: { ...store, log: { ...store.log, append: down } },
    });
    expect(await iam.resume("chk_0", () => 0)).toMatchObject({ executed: false, refused: "unknown" });
    expect((await iam.guard(undefined as unknown as Request, () => 0)).decision.code).toBe("invalid_request");
  });
});

test("what is judged too late is written down as failed: nobody waits for it", async () => {
  const store = loggedMemory();
  const slow = {
    ...store,
    track: async (...given: Parameters<typeof store.track>) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return store.track(...given);
    },
  };
  const { iam } = guardedBy(policyOf({ ...counting, decide: () => ({}) }), { store: slow, timeout: 20 });
  expect((await iam.guard(request(), () => 0)).decision.code).toBe("state_unavailable");
  await expect
    .poll(async () => (await store.log.read({})).map(({ event, error }) => [event, error]))
    .toEqual([
      ["evaluated", undefined],
      ["failed", "too late"],
    ]);
});
