import {
  createAgentIAM,
  type Decision,
  memory,
  type Policy,
  type Request,
  type Store,
} from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, counter, guarded, policyOf, request } from "./support.ts";

describe("the four effects", () => {
  test("allow runs, once, with the frozen input that was judged, and gives its value", async () => {
    const { iam } = guarded({ decide: () => ({ decision: "allow" }) });
    const { runs, execute } = counter();
    const result = await iam.guard(request({ amount: 5 }), execute);
    expect(result).toMatchObject({ executed: true, value: { amount: 5 }, decision: { decision: "allow" } });
    expect(runs).toEqual([{ amount: 5 }]);
    expect(Object.isFrozen(runs[0])).toBe(true);
  });

  test.each(["deny", "approval_required", "clarification_required"] as const)(
    "%s does not run",
    async (effect) => {
      const demands = {
        deny: {},
        approval_required: approval(),
        clarification_required: { clarification: { questions: [], needs: [], within: 1000 } },
      };
      const { iam } = guarded({ decide: () => ({ ...demands[effect], decision: effect }) });
      const { runs, execute } = counter();
      const result = await iam.guard(request(), execute);
      expect(result.executed).toBe(false);
      expect(result.decision.decision).toBe(effect);
      expect(result.checkpoint?.id.startsWith("chk_")).toBe(effect === "deny" ? undefined : true);
      expect(runs).toEqual([]);
    },
  );

  test("evaluate says what guard would, and leaves nothing behind", async () => {
    const { iam } = guarded({ decide: () => approval() });
    expect((await iam.evaluate(request())).decision).toBe("approval_required");
    expect(await iam.checkpoints()).toEqual([]);
  });

  test("visible asks the policy, and an unanswering one shows nothing", () => {
    const who = { actor: { type: "agent", id: "a" } };
    const { iam } = guarded({ decide: () => ({}) });
    expect([iam.visible("t", who), iam.visible("u", who)]).toEqual([true, false]);
    expect(createAgentIAM({ policy: {} as Policy }).visible("t", who)).toBe(false);
  });

  test("absent input is an empty record", async () => {
    const { iam } = guarded({ decide: () => ({}) });
    const { runs, execute } = counter();
    await iam.guard({ actor: { type: "agent", id: "b" }, action: { name: "t" } }, execute);
    expect(runs).toEqual([{}]);
  });

  test("the time is the guard's own, whatever the caller says", async () => {
    const seen: unknown[] = [];
    const { iam, time } = guarded({
      decide: ({ now }) => {
        seen.push(now);
        return {};
      },
    });
    await iam.evaluate(request({}, { now: 5 }));
    expect(seen).toEqual([time.now]);
  });
});

describe("a policy that is none denies with policy_unavailable", () => {
  const good = policyOf({ decide: () => ({}) });
  const fails = () => {
    throw new Error("broken");
  };
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a number", 5],
    ["an empty record", {}],
    ["a promise", Promise.resolve(good)],
    ["another ABI", { ...good, manifest: { ...good.manifest, abi: 2 } }],
    ["no manifest", { ...good, manifest: undefined }],
    ["throws when it decides", { ...good, decide: fails }],
    ["throws when it says what it reads", { ...good, reads: fails }],
    ["throws when it counts", { ...good, contributions: fails }],
    ["feeds a track that it does not declare", { ...good, contributions: () => [{ track: "x", amount: 1 }] }],
    ["gives no decision", { ...good, decide: () => undefined }],
    [
      "an unrecognised decision",
      policyOf({ decide: () => ({ decision: "allowed" as Decision["decision"] }) }),
    ],
    ["an inherited name for a decision", policyOf({ decide: () => ({ decision: "constructor" as "deny" }) })],
    ["an approval without a demand", policyOf({ decide: () => ({ decision: "approval_required" }) })],
    [
      "a clarification without a demand",
      policyOf({ decide: () => ({ decision: "clarification_required" }) }),
    ],
  ])("%s", async (_, policy) => {
    const iam = createAgentIAM({ policy: policy as Policy });
    const { runs, execute } = counter();
    expect(await iam.guard(request(), execute)).toMatchObject({
      executed: false,
      decision: { decision: "deny", code: "policy_unavailable" },
    });
    expect((await iam.evaluate(request())).code).toBe("policy_unavailable");
    expect(runs).toEqual([]);
  });
});

describe("a store that does not answer denies with state_unavailable", () => {
  const fails = async () => Promise.reject(new Error("down"));
  const hangs = () => new Promise<never>(() => {});
  const throwing = () => {
    throw new Error("down at once");
  };
  const waits = { decide: () => approval() };
  const counts = {
    decide: () => ({}),
    tracks: [{ id: "p.n", figure: "count", per: "policy", within: null }] as const,
    adds: () => [{ track: "p.n", amount: 1 }],
  };
  const ways = { fails, hangs, throwing };
  const cases = Object.keys(ways).flatMap((way) => [
    [way, "put", waits] as const,
    [way, "track", counts] as const,
  ]);

  test.each(cases)("%s on %s", async (way, method, written) => {
    const store: Store = { ...memory(), [method]: ways[way as keyof typeof ways] };
    const { iam } = guarded(written, { store, timeout: 20 });
    const { runs, execute } = counter();
    expect(await iam.guard(request(), execute)).toMatchObject({
      executed: false,
      decision: { decision: "deny", code: "state_unavailable" },
    });
    expect(runs).toEqual([]);
  });

  test.each(Object.keys(ways))("%s on read and put", async (way) => {
    const store = { ...memory() } as { -readonly [key in keyof Store]: Store[key] };
    const { iam } = guarded(waits, { store, timeout: 20 });
    const { runs, execute } = counter();
    const { checkpoint } = await iam.guard(request(), execute);
    const id = checkpoint?.id ?? "";
    const { read, put } = store;
    store.put = ways[way as keyof typeof ways];
    expect(await iam.approve(id, { id: "ann" })).toEqual({ ok: false, refused: "unavailable" });
    store.put = put;
    expect((await iam.approve(id, { id: "ann" })).ok).toBe(true);
    store.put = ways[way as keyof typeof ways];
    expect((await iam.guard(request(), execute, { resumeCheckpointId: id })).decision.code).toBe(
      "state_unavailable",
    );
    store.read = ways[way as keyof typeof ways];
    expect((await iam.guard(request(), execute, { resumeCheckpointId: id })).decision.code).toBe(
      "state_unavailable",
    );
    expect((await iam.resume(id, execute)).decision.code).toBe("state_unavailable");
    await expect(iam.checkpoint(id)).rejects.toBeDefined();
    store.read = read;
    store.put = put;
    expect(runs).toEqual([]);
  });

  test("one that never asks for the decision", async () => {
    const store: Store = { ...memory(), track: async () => {} };
    const { iam } = guarded(counts, { store });
    expect((await iam.evaluate(request())).code).toBe("state_unavailable");
  });

  test("a clock that throws", async () => {
    const { iam } = guarded(waits, {
      clock: () => {
        throw new Error("no time");
      },
    });
    expect((await iam.evaluate(request())).code).toBe("state_unavailable");
  });
});

describe("validate", () => {
  const misfit = { path: "input.amount", expected: "a multiple of 5", found: "number" };
  const allows = { decide: () => ({}) };

  test("what it finds is an invalid request, with its words", async () => {
    const { iam } = guarded(allows, { validate: (tool) => (tool === "t" ? [misfit] : []) });
    const { runs, execute } = counter();
    const { decision } = await iam.guard(request(), execute);
    expect(decision).toMatchObject({ decision: "deny", code: "invalid_request", misfit });
    expect(decision.reasons).toEqual([
      "`input.amount` does not fit: expected a multiple of 5, found number.",
    ]);
    expect(runs).toEqual([]);
  });

  test("it gets the frozen input, and an empty list lets the policy decide", async () => {
    const seen: unknown[] = [];
    const { iam } = guarded(allows, {
      validate: async (tool, input) => {
        seen.push(tool, input, Object.isFrozen(input));
        return [];
      },
    });
    expect((await iam.evaluate(request({ a: 1 }))).decision).toBe("allow");
    expect(seen).toEqual(["t", { a: 1 }, true]);
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("x");
      },
    ],
    ["rejects", async () => Promise.reject(new Error("x"))],
    ["gives no list", () => undefined as never],
    ["gives a record", () => ({}) as never],
    ["finds something that it cannot name", () => [undefined] as never],
  ])("one that %s denies", async (_, validate) => {
    const { iam } = guarded(allows, { validate });
    expect(await iam.evaluate(request())).toMatchObject({ decision: "deny", code: "invalid_request" });
  });
});

test("what does not name its actor is denied, even where a policy does not look", async () => {
  const { iam } = guarded({ decide: () => ({}) });
  for (const actor of [undefined, null, 5, {}, { id: "a" }, { type: "agent", id: 5 }]) {
    expect(await iam.evaluate({ actor, action: { name: "t" } } as Request)).toMatchObject({
      decision: "deny",
      code: "invalid_request",
    });
  }
});
