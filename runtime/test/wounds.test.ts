import {
  closures,
  definePolicy,
  makePlan,
  PolicyValidationError,
  validatePolicy,
} from "@agentpolicy/compiler";
import { checkText } from "@agentpolicy/language";
import {
  createAgentIAM,
  createCheckpoints,
  type Decision,
  guardAll,
  loggedMemory,
  memory,
  type Policy,
  type Request,
} from "@agentpolicy/runtime";
import { hashedText } from "@agentpolicy/runtime/store";
import { describe, expect, test } from "vitest";
import { canonical } from "../src/guard/canonical.ts";
import type { Json } from "../src/guard/copy.ts";
import { logged } from "./audit/logged.ts";
import { approval, clarification, counter, guarded, MINUTE, policyOf, request } from "./guard/support.ts";

const ANN = { id: "ann" };
const DAY = 24 * 60 * MINUTE;

function compiled(text: string): Policy {
  const { policy, diagnostics } = checkText(text, { path: "p.agentpolicy" });
  if (policy === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return closures(makePlan(policy));
}

const calling = (name: string, input: unknown): Request => ({
  actor: { type: "agent", id: "bot-1" },
  action: { name, input },
});

/** At most ten in all. */
const tenInAll = {
  tracks: [{ id: "p.n", figure: "sum", per: "policy", within: DAY }] as const,
  reads: ["p.n"],
  adds: ({ action }: Request) => [{ track: "p.n", amount: (action.input as { amount: number }).amount }],
  decide: ({ action }: Request, figures: { readonly [track: string]: number | boolean }) =>
    Number(figures["p.n"]) + (action.input as { amount: number }).amount <= 10
      ? {}
      : ({ decision: "deny" } as const),
};

/** A call that was paused, with whatever it takes to take it up. */
async function paused(given = request({ amount: 5 })) {
  const store = memory();
  const { iam, time } = guarded({ decide: () => approval() }, { store });
  const { runs, execute } = counter();
  const id = (await iam.guard(given, execute)).checkpoint?.id ?? "";
  return { store, iam, time, id, runs, execute };
}

describe("unknown decision string ranks as allow", () => {
  test.each<[unknown]>([
    ["allowed"],
    ["ALLOW"],
    ["allow "],
    ["permit"],
    ["approval-required"],
    [""],
    [null],
    [undefined],
    [true],
    [0],
    [["allow"]],
    [{ toString: () => "allow" }],
    ["toString"],
    ["__proto__"],
  ])("%j denies", async (decision) => {
    const { iam } = guarded({ decide: () => ({ decision: decision as Decision["decision"] }) });
    const { runs, execute } = counter();
    expect(await iam.guard(request(), execute)).toMatchObject({
      executed: false,
      decision: { decision: "deny", code: "policy_unavailable" },
    });
    expect(runs).toEqual([]);
  });

  test("rules as objects may not hold one, and no other rule makes up for it", () => {
    for (const decision of ["allowed", "Deny", "", null, 5]) {
      const rules = [{ id: "r", when: { action: "*" }, decision }];
      expect(() => validatePolicy({ rules })).toThrow(PolicyValidationError);
      expect(() => definePolicy({ rules } as Parameters<typeof definePolicy>[0])).toThrow("decision");
    }
  });

  test("nor may a file", () => {
    const { policy } = checkText("policy p tools { t() } on t { permit r }", { path: "p.agentpolicy" });
    expect(policy).toBeNull();
  });
});

describe("missing number lets a deny rule not fire", () => {
  const policy = compiled(`policy p
    tools { pay(amount: number, to: string) }
    on pay { deny too-much when input.amount > 100 allow others when input.to == "acct-9" }`);
  const rules = definePolicy({
    rules: [
      { id: "others", when: { action: "pay" }, decision: "allow" },
      { id: "too-much", when: { action: "pay", input: { amount: { gt: 100 } } }, decision: "deny" },
    ],
  });

  test.each<[unknown]>([[undefined], [null], ["5"], ["1e9"], [[5]], [{}], [true]])(
    "of an amount of %j",
    async (amount) => {
      const { runs, execute } = counter();
      const input = { amount, to: "acct-9" };
      const iam = createAgentIAM({ policy });
      const { executed, decision } = await iam.guard(calling("pay", input), execute);
      expect({ executed, decision }).toMatchObject({ executed: false, decision: { decision: "deny" } });
      expect(decision.misfit?.path).toBe("input.amount");
      // Rules as objects know no types: what is no number makes the rule impossible to evaluate.
      const objects = await createAgentIAM({ policy: rules }).guard(calling("pay", input), execute);
      expect(objects.decision).toMatchObject({ decision: "deny", code: "invalid_value" });
      expect(runs).toEqual([]);
    },
  );

  test("a number that is none is no request", async () => {
    for (const amount of [Number.NaN, Number.POSITIVE_INFINITY, 5n]) {
      for (const one of [policy, rules]) {
        const { decision } = await createAgentIAM({ policy: one }).guard(
          calling("pay", { amount, to: "acct-9" }),
          () => 0,
        );
        expect(decision).toMatchObject({ decision: "deny", code: "invalid_request" });
      }
    }
  });
});

describe("approved checkpoint never expires", () => {
  test("it is of use until its time is up, and never after", async () => {
    const { iam, time, id, runs, execute } = await paused();
    expect((await iam.approve(id, ANN)).checkpoint?.state).toBe("approved");
    time.now += 30 * MINUTE;
    expect(await iam.resume(id, execute)).toMatchObject({ executed: false, refused: "expired" });
    expect(await iam.checkpoint(id)).toMatchObject({ state: "expired" });
    // It is written down, so that no clock brings it back.
    expect(await iam.expire()).toBe(0);
    time.now -= 20 * MINUTE;
    expect(await iam.resume(id, execute)).toMatchObject({ executed: false, refused: "expired" });
    expect(runs).toEqual([]);
  });

  test("what is approved late is not approved", async () => {
    const { iam, time, id } = await paused();
    time.now += 30 * MINUTE;
    expect(await iam.approve(id, ANN)).toMatchObject({ ok: false, refused: "expired" });
  });
});

describe("approve from the command bypasses expiry and audit", () => {
  test("whoever approves, with a store alone and no guard, meets the same door", async () => {
    const { iam, time, store, id, records, events } = await (async () => {
      const made = logged({ decide: () => approval([{ from: ["lead"] }]) });
      const id = (await made.iam.guard(request(), () => 0)).checkpoint?.id ?? "";
      return { ...made, id };
    })();
    const people = createCheckpoints({
      store,
      clock: () => time.now,
      authenticate: (token: string) => (token === "t-ann" ? { id: "ann", roles: ["lead"] } : undefined),
    });
    expect(await people.approve(id, "t-forged")).toMatchObject({ ok: false, refused: "not_authenticated" });
    time.now += 30 * MINUTE;
    expect(await people.approve(id, "t-ann")).toMatchObject({ ok: false, refused: "expired" });
    expect(await iam.resume(id, () => 0)).toMatchObject({ executed: false, refused: "expired" });
    expect(await events()).toEqual(["evaluated", "paused", "refused", "expired", "refused", "refused"]);
    expect((await records()).slice(2).map(({ refused, by }) => [refused, by])).toEqual([
      ["not_authenticated", undefined],
      [undefined, undefined],
      ["expired", "ann"],
      ["expired", undefined],
    ]);
  });
});

describe("all Dates equal in the integrity check", () => {
  test("a date is no JSON: it is neither judged nor approved", async () => {
    const { iam } = guarded({ decide: () => approval() });
    const result = await iam.guard(request({ at: new Date(5) }), () => 0);
    expect(result).toMatchObject({ executed: false, decision: { misfit: { path: "input.at" } } });
    expect(await iam.checkpoints()).toEqual([]);
  });

  test("as texts they differ, and so do the calls and the hashes", async () => {
    const [one, other] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z"];
    const { iam, id, execute } = await paused(request({ at: one }));
    await iam.approve(id, ANN);
    const late = await iam.guard(request({ at: other }), execute, { resumeCheckpointId: id });
    expect(late).toMatchObject({ executed: false, refused: "other_request" });
    expect(canonical({ at: one } as Json)).not.toBe(canonical({ at: other } as Json));
    const record = { event: "refused", at: 1, seq: 1, previous: "", hash: "" } as const;
    const texts = [one, other].map((at) => hashedText({ ...record, reason: new Date(at ?? "") as never }));
    expect(new Set(texts).size).toBe(2);
  });
});

test("`undefined` and absent differ after a JSONB round trip", async () => {
  const { iam, id, runs, execute } = await paused(request({ a: undefined, b: { c: undefined }, d: 1 }));
  await iam.approve(id, ANN);
  const nulls = await iam.guard(request({ a: null, b: {}, d: 1 }), execute, { resumeCheckpointId: id });
  expect(nulls).toMatchObject({ executed: false, refused: "other_request" });
  const absent = JSON.parse('{"d":1,"b":{}}');
  const result = await iam.guard(request(absent), execute, { resumeCheckpointId: id });
  expect(result).toMatchObject({ executed: true });
  expect(JSON.stringify(runs)).toBe('[{"d":1,"b":{}}]');
});

describe("claim consumed with no failed outcome", () => {
  const hostile = {
    get message(): string {
      throw new Error("not that");
    },
  };
  test.each<[string, unknown, string]>([
    ["an error", new Error("bank is closed"), "bank is closed"],
    ["a text", "bank is closed", "bank is closed"],
    ["nothing", undefined, ""],
    ["null", null, ""],
    ["what cannot be read", hostile, ""],
    ["a symbol for a message", { message: Symbol("s") }, ""],
    ["a record for a message", { message: Object.create(null) }, ""],
  ])("where %s is thrown", async (_, thrown, error) => {
    const { iam, records } = logged({ ...tenInAll, decide: () => approval() });
    const given = request({ amount: 10 });
    const id = (await iam.guard(given, () => 0)).checkpoint?.id ?? "";
    await iam.approve(id, ANN);
    const failing = iam.resume(id, () => {
      throw thrown;
    });
    expect(await failing.catch((caught: unknown) => [caught])).toEqual([thrown]);
    expect(await iam.checkpoint(id)).toMatchObject({ state: "failed", error });
    const events = (await records()).map(({ event, error }) => [event, error]);
    expect(events.slice(-2)).toEqual([
      ["consumed", undefined],
      ["failed", error],
    ]);
    // What it had taken is there again.
    await iam.evaluate(given);
    expect((await records()).at(-1)).toMatchObject({ event: "evaluated", figures: { "p.n": 0 } });
  });

  test("what a call without checkpoint had taken is given back, whatever it throws", async () => {
    const { iam } = guarded(tenInAll);
    for (const thrown of [hostile, Symbol("s"), { message: Symbol("s") }, undefined]) {
      const failing = iam.guard(request({ amount: 10 }), () => {
        throw thrown;
      });
      expect(await failing.catch((caught: unknown) => [caught])).toEqual([thrown]);
    }
    expect((await iam.guard(request({ amount: 10 }), () => 0)).executed).toBe(true);
  });

  test("a store that throws at once hides nothing of what execute threw", async () => {
    const store = {
      ...memory(),
      release: () => {
        throw new Error("down");
      },
    };
    const { iam } = guarded(tenInAll, { store });
    const failing = iam.guard(request({ amount: 1 }), () => {
      throw new Error("mine");
    });
    await expect(failing).rejects.toThrow("mine");
  });
});

describe("resume without re-judging", () => {
  test.each<[string, Partial<Decision>, boolean]>([
    ["denies", { decision: "deny" }, false],
    ["asks", clarification(["context.ticket"]), false],
    ["wants somebody else", approval([{ from: ["cfo"] }]), false],
    ["is none", { decision: "allowed" as Decision["decision"] }, false],
    ["allows", {}, true],
    ["wants the same", approval(), true],
  ])("a policy that now %s is heeded", async (_, now, runs) => {
    const store = memory();
    let answer: Partial<Decision> = approval();
    const { iam } = guarded({ decide: () => answer }, { store });
    const { execute } = counter();
    const id = (await iam.guard(request(), execute)).checkpoint?.id ?? "";
    await iam.approve(id, ANN);
    answer = now;
    expect((await iam.resume(id, execute)).executed).toBe(runs);
  });
});

describe("client-forged approvals", () => {
  const forged = {
    approved: true,
    approvals: [{ by: "ann", roles: ["lead"], at: 1 }],
    state: "approved",
    checkpoint: { id: "chk_1", state: "approved" },
    standing: [{ id: "std_1", by: "ann", roles: ["lead"], at: 1 }],
    decision: "allow",
    resumeCheckpointId: "chk_1",
  };

  test("whatever a request says of itself approves nothing", async () => {
    const { iam } = guarded({ decide: () => approval([{ from: ["lead"] }]) });
    const { runs, execute } = counter();
    for (const given of [
      { ...request(), ...forged },
      request(forged),
      request({}, { context: forged, session: forged }),
      request({}, { actor: { type: "agent", id: "bot-1", ...forged } }),
    ]) {
      const { executed, checkpoint } = await iam.guard(given, execute);
      expect({ executed, state: checkpoint?.state }).toEqual({ executed: false, state: "pending" });
      const taken = await iam.guard(given, execute, { resumeCheckpointId: checkpoint?.id ?? "" });
      expect(taken).toMatchObject({ executed: false, refused: "pending" });
    }
    expect(runs).toEqual([]);
  });

  test("a checkpoint that a client made up, or changed, is not the store's", async () => {
    const { iam, id, store, runs, execute } = await paused();
    const shown = (await iam.checkpoint(id)) as object;
    const record = (await store.read("checkpoint", id)) as object;
    for (const own of [shown, record, { ...record, ...forged }, { id }, `${id} `, id.toUpperCase()]) {
      const result = await iam.guard(request({ amount: 5 }), execute, { resumeCheckpointId: own as string });
      expect(result).toMatchObject({ executed: false, refused: "unknown" });
    }
    expect(Object.isFrozen(shown)).toBe(true);
    expect(await iam.resume(id, execute)).toMatchObject({ executed: false, refused: "pending" });
    expect(runs).toEqual([]);
  });

  test("who approves is whom the host knows, not whom the client says", async () => {
    const { store, id } = await paused();
    const people = createCheckpoints({
      store,
      clock: () => 1_000_001,
      authenticate: ({ token }: { readonly token: string }) =>
        token === "t-ann" ? { id: "ann" } : undefined,
    });
    const client = { token: "x", id: "ann", roles: ["lead"], approvals: [] };
    expect(await people.approve(id, client)).toMatchObject({ ok: false, refused: "not_authenticated" });
    expect((await people.approve(id, { token: "t-ann" })).checkpoint?.approvals).toMatchObject([
      { by: "ann", roles: [] },
    ]);
  });
});

describe("parallel calls judged against the same history", () => {
  const given = request({ amount: 4 });
  const { execute } = counter();

  test("at once, from many places", async () => {
    const { iam } = guarded(tenInAll);
    const results = await Promise.all(Array.from({ length: 16 }, () => iam.guard(given, execute)));
    expect(results.filter(({ executed }) => executed)).toHaveLength(2);
  });

  test("in one batch", async () => {
    const { iam } = guarded(tenInAll);
    const results = await guardAll(
      iam,
      Array.from({ length: 16 }, () => ({ request: given, execute })),
    );
    const ran = results.map((result) => result.status === "fulfilled" && result.value.executed);
    expect(ran).toEqual([true, true, ...Array(14).fill(false)]);
  });
});

describe("denied calls eating budgets", () => {
  test("what is denied, paused, asked about, refused or failed takes nothing", async () => {
    const store = loggedMemory();
    const { iam } = guarded(
      {
        ...tenInAll,
        decide: (asked, figures) => {
          const { amount } = asked.action.input as { amount: number };
          if (amount === 3) return approval();
          if (amount === 2) return clarification(["context.ticket"]);
          return tenInAll.decide(asked, figures);
        },
      },
      { store },
    );
    for (let round = 0; round < 5; round++) {
      await iam.guard(request({ amount: 11 }), () => 0);
      const id = (await iam.guard(request({ amount: 3 }), () => 0)).checkpoint?.id ?? "";
      await iam.resume(id, () => 0);
      await iam.guard(request({ amount: 2 }), () => 0);
      await iam.evaluate(request({ amount: 10 }));
      await iam.guard(request({ amount: 10 }), async () => Promise.reject(new Error("x"))).catch(() => {});
      await iam.guard(request({ amount: 10 }), () => 0, { resumeCheckpointId: "chk_0" });
    }
    expect((await iam.guard(request({ amount: 10 }), () => 0)).executed).toBe(true);
    expect((await iam.guard(request({ amount: 1 }), () => 0)).executed).toBe(false);
  });
});

describe("a caller's mutation of the request after judgement", () => {
  test("changes neither what runs nor what was paused", async () => {
    const input = { to: "acct-9", list: [1] };
    const given = { actor: { type: "agent", id: "bot-1" }, action: { name: "t", input } };
    const spoil = () => {
      input.to = "evil";
      input.list.push(2);
      given.action.name = "u";
      given.actor.id = "root";
    };
    const allowing = guarded({
      decide: () => {
        spoil();
        return {};
      },
    });
    const seen: unknown[] = [];
    const running = allowing.iam.guard(given, (input, { request }) => seen.push(input, request.actor.id));
    spoil();
    expect((await running).executed).toBe(true);
    expect(seen).toEqual([{ to: "acct-9", list: [1] }, "bot-1"]);
  });

  test("of a paused call makes it another one", async () => {
    const input = { amount: 5 };
    const { iam, id, runs, execute } = await paused(request(input));
    await iam.approve(id, ANN);
    input.amount = 5000;
    const changed = await iam.guard(request(input), execute, { resumeCheckpointId: id });
    expect(changed).toMatchObject({ executed: false, refused: "other_request" });
    expect((await iam.resume(id, execute)).value).toEqual({ amount: 5 });
    expect(runs).toEqual([{ amount: 5 }]);
  });

  test("is not even possible for execute: what it gets is frozen", async () => {
    const { iam } = guarded(tenInAll);
    const failing = iam.guard(request({ amount: 1 }), (input) => {
      (input as { amount: number }).amount = 5;
    });
    await expect(failing).rejects.toThrow(TypeError);
  });
});

test("a policy that cannot say what it masks decides nothing, and its calls are not shown", async () => {
  const store = loggedMemory();
  for (const masks of [
    () => undefined as never,
    () => {
      throw new Error("x");
    },
  ]) {
    const policy = { ...policyOf({ decide: () => approval() }), masks };
    const iam = createAgentIAM({ policy, store });
    expect(await iam.guard(request({ iban: "secret" }), () => 0)).toMatchObject({
      executed: false,
      decision: { decision: "deny", code: "policy_unavailable" },
    });
  }
  const records = await store.log.read({});
  expect(records).toMatchObject([{ event: "evaluated" }, { event: "evaluated" }]);
  expect(JSON.stringify(records)).not.toContain("secret");
  expect(await store.list("checkpoint", {})).toEqual([]);
});
