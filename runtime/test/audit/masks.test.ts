import {
  createStandingApprovals,
  type Decision,
  loggedMemory,
  memory,
  type Request,
} from "@agentpolicy/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noteOf } from "../../src/audit/notes.ts";
import type { Json } from "../../src/guard/copy.ts";
import { approval, clarification, guarded, guardedBy, policyOf, request } from "../guard/support.ts";
import { logged } from "./logged.ts";

const NAMES = ["a", "b", "odd name", "__proto__", "constructor", "0"];
const ROOTS = ["input", "context", "resource", "session", "actor", "model"];

/** Texts that are hard to find again once they have been quoted. */
const AROUND = ["", '"', "\\", "\n", "$&", ".*", "\u2028", "é", "\u0000", "•••", "'", "\ud83d\ude00"];

/** Any JSON; its leaves become values that nothing else has. */
const shape: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom("text", "number"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie("value")), { maxLength: 3 })
      .map((fields) => ({ fields })),
  ),
})).value;

/** A value of a shape: every leaf is another one. */
function planted(shape: unknown, next: () => number): Json {
  if (shape === "number") return 7_000_000 + next();
  if (typeof shape === "string") {
    const at = next();
    return `<${AROUND[at % AROUND.length]}${at}>`;
  }
  if (Array.isArray(shape)) return shape.map((item) => planted(item, next));
  const { fields } = shape as { readonly fields: readonly (readonly [string, unknown])[] };
  // As JSON is read: `__proto__` is a field like others.
  const names = fields.map(
    ([name, field]) => `${JSON.stringify(name)}:${JSON.stringify(planted(field, next))}`,
  );
  return JSON.parse(`{${names}}`) as Json;
}

const leavesOf = (value: unknown): readonly (string | number)[] =>
  typeof value === "string" || typeof value === "number"
    ? [value]
    : Object(value) === value
      ? Object.values(value as object).flatMap(leavesOf)
      : [];

/** What a mask hides, said plainly: what lies at its end, in every element of lists, and what stands in its way. */
function hiddenBy(value: unknown, [name, ...rest]: readonly string[]): readonly (string | number)[] {
  if (name === undefined) return leavesOf(value);
  if (Array.isArray(value)) return value.flatMap((item) => hiddenBy(item, [name, ...rest]));
  if (Object(value) !== value) return leavesOf(value);
  return Object.hasOwn(value as object, name)
    ? hiddenBy((value as { readonly [name: string]: unknown })[name], rest)
    : [];
}

/** Whether a text is anywhere in what was written down, in whatever form JSON gives it. */
function isIn(written: unknown, secret: string | number): boolean {
  const texts: string[] = [JSON.stringify(written)];
  JSON.stringify(written, (name, leaf) => {
    texts.push(name, `${leaf}`);
    return leaf;
  });
  const forms = [`${secret}`, JSON.stringify(`${secret}`).slice(1, -1)];
  return texts.some((text) => forms.some((form) => text.includes(form)));
}

const requests = fc.record({
  roots: fc.record(Object.fromEntries(ROOTS.map((root) => [root, shape])), { requiredKeys: ["input"] }),
  masks: fc.array(
    fc
      .tuple(fc.constantFrom(...ROOTS), fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }))
      .map(([root, steps]) => [root, ...steps])
      // Who calls is written down.
      .filter(([root, ...steps]) => root !== "actor" || steps.length > 0),
    { minLength: 1, maxLength: 3 },
  ),
  effect: fc.constantFrom("allow", "deny", "approval", "question", "nobody"),
  throws: fc.constantFrom("text", "json", "error", "each"),
});

/** A request with nothing twice, and what of it nobody may see. */
function made({ roots, masks }: { readonly roots: object; readonly masks: readonly (readonly string[])[] }) {
  let last = 0;
  const next = () => ++last;
  const { input, actor, ...others } = Object.fromEntries(
    Object.entries(roots).map(([root, shape]) => [root, planted(shape, next)]),
  ) as { readonly [root: string]: Json };
  const isRecord = Object(actor) === actor && !Array.isArray(actor);
  const given = {
    actor: { ...(isRecord ? (actor as object) : { a: actor ?? null }), type: "agent", id: "bot-1" },
    action: { name: "t", input },
    ...others,
  } as unknown as Request;
  const seen = { ...given, input };
  const secrets = new Set(masks.flatMap((mask) => hiddenBy(seen, mask)));
  return { given, secrets, next };
}

const mentioning = (how: string, value: unknown): unknown => {
  if (how === "text") return leavesOf(value).join("; ");
  if (how === "json") return new Error(`cannot: ${JSON.stringify(value)}`);
  if (how === "each") return { message: leavesOf(value).map((leaf) => JSON.stringify(`${leaf}`)) };
  return new Error(leavesOf(value).join(" "));
};

describe("masked values are in nothing that is written down or shown", () => {
  test("whatever the request, the masks and the course of the call", async () => {
    let some = 0;
    await fc.assert(
      fc.asyncProperty(requests, async (shapes) => {
        const { effect, throws, masks } = shapes;
        const { given, secrets, next } = made(shapes);
        if (secrets.size > 0) some++;
        const effects: { readonly [effect: string]: Partial<Decision> } = {
          allow: {},
          deny: { decision: "deny" },
          approval: approval([{ approvals: 2 }]),
          question: clarification(["input"]),
          nobody: { decision: "deny", code: "unknown_tool" },
        };
        let asked = 0;
        const { iam, records } = logged({
          masks,
          // A question is asked once.
          decide: () => (effect === "question" && asked++ > 0 ? {} : (effects[effect] as Partial<Decision>)),
        });
        const shown: unknown[] = [];
        const failing = (input: unknown, call: { readonly request: Request }) => {
          throw mentioning(throws, [input, call.request, given]);
        };
        const run = async (running: Promise<{ readonly checkpoint?: unknown }>) => {
          shown.push((await running.catch(() => undefined))?.checkpoint);
        };
        const words = leavesOf(given).join(", ");
        const { checkpoint } = (await iam.guard(given, failing).catch(() => undefined)) ?? {};
        const id = checkpoint?.id ?? "";
        // An edit or an answer brings new values to the same places.
        const input = planted(shapes.roots.input, next);
        const more = [...leavesOf(input)];
        const hidden = new Set([...secrets, ...masks.flatMap((mask) => hiddenBy({ input }, mask))]);
        await iam.approve(id, { id: "ann" }, { reason: words });
        await iam.approve(id, { id: "bob" }, { edit: { input }, reason: `${words} ${more}` });
        await iam.approve(id, { id: "ann" }, { version: 1 });
        await iam.answer(id, { input }, "cem");
        await run(iam.guard({ ...given, more: 1 } as Request, failing, { resumeCheckpointId: id }));
        await run(iam.guard(given, failing, { resumeCheckpointId: id }));
        await run(iam.guard(given, failing, { resumeCheckpointId: id }));
        await iam.cancel(id, { reason: `${words} ${more}` });
        const second = (await iam.guard(given, failing).catch(() => undefined))?.checkpoint;
        await iam.reject(second?.id ?? "", { id: "ann" }, words);
        shown.push(checkpoint, await iam.checkpoint(id), second);
        const notes = await records();
        expect(notes.length).toBeGreaterThan(0);
        // What people say is theirs to show; it is not theirs to keep.
        const views = JSON.parse(JSON.stringify(shown), (name, value) => (name === "reason" ? "" : value));
        for (const secret of hidden) {
          expect([secret, isIn(notes, secret)]).toEqual([secret, false]);
          expect([secret, isIn(views, secret)]).toEqual([secret, false]);
        }
        if (effect === "nobody") {
          for (const leaf of leavesOf(given).filter((leaf) => !["agent", "bot-1", "t"].includes(`${leaf}`)))
            expect([leaf, isIn(notes, leaf)]).toEqual([leaf, false]);
        }
      }),
      { numRuns: 250 },
    );
    // The property is about something.
    expect(some).toBeGreaterThan(100);
  });

  test("nor in what is written down of approvals given ahead", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
        fc.array(fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
        async (paths, hidden) => {
          const masks = hidden.map((steps) => ["input", ...steps]);
          const store = loggedMemory();
          const standing = createStandingApprovals({
            store,
            policy: { masks: () => masks },
            clock: () => 5,
            authenticate: () => ({ id: "ann" }),
          });
          const when = Object.fromEntries(
            paths.map((steps, at) => [["input", ...steps].join("."), `<${at}>`]),
          );
          const grant = { actor: { type: "agent", id: "b" }, tool: "t", until: 10, when };
          expect(await standing.grant(grant, "x")).toMatchObject({ ok: true });
          const [note] = await store.log.read({});
          for (const [path, value] of Object.entries(when)) {
            const isHidden = masks.some((mask) => {
              const [short, long] = [mask.join("."), path].sort((one, other) => one.length - other.length);
              return `${long}.`.startsWith(`${short}.`);
            });
            expect([path, note?.when?.[path]]).toEqual([path, isHidden ? "•••" : value]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("odd cases", () => {
  const secret = 'a"b\\c\nd';

  test.each<[string, unknown]>([
    ["as it is", `no ${secret}`],
    ["in JSON", JSON.stringify({ pin: secret })],
    ["in part of JSON", JSON.stringify([secret]).slice(1)],
    ["twice", `${secret}${secret}`],
  ])("a value with quotes in an error, %s", async (_, message) => {
    const { iam, records } = logged({ decide: () => ({}), masks: [["input", "pin"]] });
    const failing = iam.guard(request({ pin: secret }), async () => Promise.reject(new Error(`${message}`)));
    await expect(failing).rejects.toThrow(`${message}`);
    const [, failed] = await records();
    expect(failed?.error).toContain("•••");
    expect(failed?.error).not.toMatch(/a.{1,2}b/);
  });

  test.each<[string, unknown, unknown]>([
    ["a number", 4711, "pin 4711 is wrong"],
    ["a text of one character", "7", "7 is wrong"],
    ["an empty text", "", "is wrong"],
    ["nothing", null, "is wrong"],
    ["a list", [["x1"], { a: "x2" }], "x1 or x2 is wrong"],
  ])("%s", async (_, pin, message) => {
    const { iam, records } = logged({ decide: () => ({}), masks: [["input", "pin"]] });
    await iam.guard(request({ pin }), async () => Promise.reject(new Error(`${message}`))).catch(() => {});
    const [judged, failed] = await records();
    expect(judged?.request?.action.input).toEqual({ pin: "•••" });
    expect(failed?.error).toMatch(/is wrong$/);
    expect(failed?.error).not.toMatch(/4711|x1|x2|7/);
  });

  test("who calls can be masked, too: then nobody is told", async () => {
    const { iam, records } = logged({ decide: () => approval(), masks: [["actor", "id"]] });
    const id = (await iam.guard(request(), () => 0)).checkpoint?.id ?? "";
    await iam.approve(id, { id: "eve" }, { edit: { "actor.id": "x" } });
    await iam.approve(id, { id: "ann" });
    await iam.resume(id, () => 0);
    await iam.resume(id, () => 0);
    const notes = await records();
    expect(notes).toHaveLength(8);
    expect(JSON.stringify(notes)).not.toContain("bot-1");
    expect(notes.map(({ actor }) => actor?.id)).toEqual(Array(8).fill("•••"));
  });

  test("of a call to a tool that nobody declares all is hidden but who calls what and when", async () => {
    const { iam, records } = logged({
      decide: () => ({ decision: "deny", code: "unknown_tool" }),
      masks: [["actor", "id"]],
    });
    const given = {
      ...request({ pin: "s1" }, { context: { token: "s2" }, session: { id: "s3" } }),
      actor: { type: "agent", id: "bot-1", mail: "s4" },
      input: { pin: "s5" },
      evidence: [{ type: "user", text: "s6" }],
    };
    await iam.guard(given as Request, () => 0);
    const [note] = await records();
    expect(note?.request).toEqual({
      actor: { type: "agent", id: "•••", mail: "•••" },
      action: { name: "t", input: "•••" },
      context: "•••",
      session: "•••",
      input: "•••",
      evidence: "•••",
      now: 1_000_000,
    });
    expect(note).toMatchObject({ tool: "t", actor: { type: "agent" } });
    expect(JSON.stringify(note)).not.toMatch(/s[1-6]"|bot-1/);
  });

  test.each<[string, unknown]>([
    ["no action", { actor: { type: "agent", id: "b" }, input: "s1" }],
    [
      "a name that is none",
      { actor: { type: "agent", id: "b" }, action: { name: { a: "s1" }, input: "s1" } },
    ],
    ["an action that is a text", { actor: { type: "agent", id: "b" }, action: "s1" }],
    ["an action that is a list", { actor: { type: "agent", id: "b" }, action: ["s1"] }],
  ])("a request with %s shows nothing else either", (_, given) => {
    const note = noteOf({
      event: "evaluated",
      at: 1,
      masks: [],
      request: given as Request,
      decision: { decision: "deny", code: "invalid_request" } as Decision,
    });
    expect(JSON.stringify(note.request)).not.toContain("s1");
  });

  test("facts without masks keep no request and no error", () => {
    const note = noteOf({ event: "evaluated", at: 1, request: request({ pin: "s1" }), error: "s1" });
    expect(note).toEqual({
      event: "evaluated",
      at: 1,
      actor: { type: "agent", id: "bot-1" },
      tool: "t",
      error: "•••",
    });
  });

  test("what is masked runs as it is, and what is not is shown as it is", async () => {
    const { iam, records } = logged({ decide: () => ({}), masks: [["input", "a", "b"]] });
    const input = { a: [{ b: 1, c: 2 }, { c: 3 }, []], d: { a: { b: 4 } } };
    const result = await iam.guard(request(input), (input) => input);
    expect(result.value).toEqual(input);
    const [note] = await records();
    expect(note?.request?.action.input).toEqual({
      a: [{ b: "•••", c: 2 }, { c: 3 }, []],
      d: { a: { b: 4 } },
    });
  });
});

test("a policy whose `masks` throws denies, and nothing of the request is written down or kept", async () => {
  for (const store of [loggedMemory(), memory()]) {
    const policy = {
      ...policyOf({ decide: () => approval() }),
      masks: () => {
        throw new Error("x");
      },
    };
    const { iam } = guardedBy(policy, { store });
    const result = await iam.guard(request({ pin: "s1" }, { context: { token: "s1" } }), () => 0);
    expect(result).toMatchObject({ executed: false, decision: { code: "policy_unavailable" } });
    expect(JSON.stringify(result)).not.toContain("s1");
    expect(await store.list("checkpoint", {})).toEqual([]);
    expect(JSON.stringify((await store.log?.read({})) ?? [])).not.toContain("s1");
    expect((await store.log?.read({}))?.map(({ event }) => event) ?? ["evaluated"]).toEqual(["evaluated"]);
  }
  const { iam } = guarded({ decide: () => ({}) });
  expect((await iam.guard(request({ pin: "s1" }), () => 0)).executed).toBe(true);
});
