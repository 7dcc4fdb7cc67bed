import { type Decision, memory, type Request } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, clarification, counter, guarded, MINUTE, request } from "./support.ts";

type Ticketed = { readonly ticket?: unknown };

/** Asks for a ticket, and then decides as told. */
async function asking(
  then: (ticket: unknown) => Partial<Decision>,
  needs: readonly string[] = ["context.ticket"],
) {
  const store = memory();
  const { iam, time } = guarded(
    {
      decide: ({ context }) =>
        (context as Ticketed)?.ticket === undefined
          ? clarification(needs)
          : then((context as Ticketed).ticket),
    },
    { store },
  );
  const { runs, execute } = counter();
  const given = request({ to: "x" });
  const { checkpoint } = await iam.guard(given, execute);
  const id = checkpoint?.id ?? "";
  const resume = () => iam.guard(given, execute, { resumeCheckpointId: id });
  return { iam, time, store, id, runs, resume, execute };
}

describe("an answer fills in the request, which is judged anew", () => {
  test("to allow: the changed request runs, once", async () => {
    const { iam, id, resume } = await asking(() => ({ decision: "allow" }));
    expect(await resume()).toMatchObject({ executed: false, refused: "pending" });
    expect(await iam.answer(id, { "context.ticket": "OPS-7" })).toMatchObject({
      ok: true,
      checkpoint: { state: "answered" },
    });
    const asked: Request[] = [];
    const results = await Promise.all(
      Array.from({ length: 8 }, () =>
        iam.resume(id, (_, call) => {
          asked.push(call.request);
        }),
      ),
    );
    expect(results.filter(({ executed }) => executed)).toHaveLength(1);
    expect(asked).toMatchObject([{ context: { ticket: "OPS-7" }, action: { input: { to: "x" } } }]);
    expect(Object.isFrozen(asked[0]?.context)).toBe(true);
    expect(await resume()).toMatchObject({ executed: false, refused: "consumed" });
  });

  test("to deny: nothing runs", async () => {
    const { iam, id, runs, resume } = await asking(() => ({ decision: "deny" }));
    await iam.answer(id, { "context.ticket": "OPS-7" });
    expect(await resume()).toMatchObject({ executed: false, decision: { decision: "deny", code: "rule" } });
    expect(runs).toEqual([]);
  });

  test("to approval: a new checkpoint, bound to the changed request", async () => {
    const { iam, store, id, runs, resume, execute } = await asking(() => approval());
    await iam.answer(id, { "context.ticket": "OPS-7" });
    const { executed, checkpoint } = await resume();
    expect(executed).toBe(false);
    expect(checkpoint).toMatchObject({ state: "pending", request: { context: { ticket: "OPS-7" } } });
    expect((await iam.checkpoint(id))?.state).toBe("consumed");
    const next = checkpoint?.id ?? "";
    expect((await store.read("checkpoint", next))?.request).toEqual(
      request({ to: "x" }, { context: { ticket: "OPS-7" } }),
    );
    expect(await resume()).toMatchObject({ executed: false, refused: "consumed" });
    await iam.approve(next, { id: "ann" });
    expect(await iam.resume(next, execute)).toMatchObject({ executed: true });
    expect(runs).toEqual([{ to: "x" }]);
  });

  test("to approval by nobody: the answer is no approval", async () => {
    const { iam, id, runs, resume } = await asking(() => approval([]));
    await iam.answer(id, { "context.ticket": "OPS-7" });
    expect(await resume()).toMatchObject({ executed: false, checkpoint: { state: "pending" } });
    expect(runs).toEqual([]);
  });

  test("to another question", async () => {
    const { iam, id, resume } = await asking(() => clarification(["context.why"]));
    await iam.answer(id, { "context.ticket": "OPS-7" });
    const { checkpoint } = await resume();
    expect(checkpoint).toMatchObject({
      state: "pending",
      decision: { clarification: { needs: ["context.why"] } },
    });
    expect(checkpoint?.id).not.toBe(id);
  });

  test("and checked by the host's validator too", async () => {
    const { iam } = guarded(
      {
        decide: ({ action }) =>
          (action.input as { to?: unknown }).to === undefined ? clarification(["input.to"]) : {},
      },
      {
        validate: (_, input) =>
          typeof ((input as { to?: unknown }).to ?? "") === "string"
            ? []
            : [{ path: "input.to", expected: "string", found: "number" }],
      },
    );
    const id = (await iam.guard(request({}), () => 0)).checkpoint?.id ?? "";
    await iam.answer(id, { "input.to": 5 });
    expect(await iam.resume(id, () => 0)).toMatchObject({
      executed: false,
      decision: { code: "invalid_request" },
    });
  });
});

describe("an answer is a value for each path needed and for nothing else", () => {
  test.each<[unknown]>([
    [undefined],
    [null],
    [[]],
    ["OPS-7"],
    [{}],
    [{ "context.other": 1 }],
    [{ "context.ticket": "OPS-7", "context.env": "dev" }],
    [{ "context.ticket": undefined }],
    [{ "context.ticket": () => 1 }],
    [{ "context.ticket": Number.NaN }],
  ])("%j is none", async (values) => {
    const { iam, id, resume } = await asking(() => ({}));
    expect(await iam.answer(id, values as { "context.ticket": unknown })).toMatchObject({
      ok: false,
      refused: "invalid_answer",
    });
    expect(await resume()).toMatchObject({ executed: false, refused: "pending" });
  });

  test.each<[string, unknown, object]>([
    ["input.deep.er", 5, { action: { name: "t", input: { to: "x", deep: { er: 5 } } } }],
    ['input["odd key"].a', [1], { action: { name: "t", input: { to: "x", "odd key": { a: [1] } } } }],
    ['input["a.b[\\"0\\"]"]', 5, { action: { name: "t", input: { to: "x", 'a.b["0"]': 5 } } }],
    ["context", { a: 1 }, { context: { a: 1 } }],
    ["resource.id", { a: null }, { resource: { id: { a: null } } }],
    ['context["__proto__"].admin', true, { context: JSON.parse('{"__proto__":{"admin":true}}') }],
  ])("%s", async (path, value, expected) => {
    let asked = false;
    const { iam } = guarded({
      decide: () => {
        const first = !asked;
        asked = true;
        return first ? clarification([path]) : {};
      },
    });
    const id = (await iam.guard(request({ to: "x" }), () => 0)).checkpoint?.id ?? "";
    expect((await iam.answer(id, { [path]: value })).ok).toBe(true);
    const result = await iam.resume(id, (_, call) => call.request);
    expect(result.value).toMatchObject(expected);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each(["actor.role", "actor", "input.to.deeper", ""])(
    "%j cannot be filled in: who calls is not to be answered, and there must be a place",
    async (path) => {
      const { iam } = guarded({ decide: () => clarification([path]) });
      const id = (await iam.guard(request({ to: "x" }), () => 0)).checkpoint?.id ?? "";
      expect(await iam.answer(id, { [path]: {} })).toMatchObject({ ok: false, refused: "invalid_answer" });
    },
  );

  test("an approval cannot be answered, a clarification not be approved, and neither twice", async () => {
    const { iam, id } = await asking(() => ({}));
    expect(await iam.approve(id, { id: "ann" })).toMatchObject({ ok: false, refused: "not_allowed" });
    await iam.answer(id, { "context.ticket": 1 });
    expect(await iam.answer(id, { "context.ticket": 2 })).toMatchObject({ ok: false, refused: "answered" });
    const waiting = guarded({ decide: () => approval() });
    const other = (await waiting.iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    expect(await waiting.iam.answer(other, {})).toMatchObject({ ok: false, refused: "invalid_answer" });
  });

  test("an answer expires with its checkpoint", async () => {
    const { iam, time, id, resume } = await asking(() => ({}));
    await iam.answer(id, { "context.ticket": 1 });
    time.now += 30 * MINUTE;
    expect(await resume()).toMatchObject({ executed: false, refused: "expired" });
  });

  test("an answer in a masked place is not shown", async () => {
    const { iam } = guarded({ decide: () => clarification(["input.pin"]), masks: [["input", "pin"]] });
    const id = (await iam.guard(request({}), () => 0)).checkpoint?.id ?? "";
    const shown = [
      await iam.answer(id, { "input.pin": "1234" }),
      await iam.checkpoint(id),
      await iam.checkpoints(),
    ];
    expect(JSON.stringify(shown)).not.toContain("1234");
  });
});
