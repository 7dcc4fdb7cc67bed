import { type Condition, type Conditions, createStandingApprovals, type Request } from "@agentpolicy/runtime";
import { describe, expect, test } from "vitest";
import { approval, request } from "../guard/support.ts";
import { ahead } from "./support.ts";

/** Whether a call runs on an approval with these conditions. */
async function runs(when: Conditions, given: Request): Promise<boolean> {
  const { iam, grant } = ahead({ decide: () => approval() });
  expect(await grant({ when })).toMatchObject({ ok: true });
  return (await iam.guard(given, () => 0)).executed;
}

describe("a condition holds for", () => {
  test.each<[Condition, readonly unknown[], readonly unknown[]]>([
    ["dev", ["dev"], ["Dev", "dev ", ["dev"], { in: "dev" }, null, undefined, 0, true]],
    ["", [""], [undefined, null, 0, false, []]],
    [5, [5, 5.0], ["5", 5.1, [5], null, undefined, true]],
    [0, [0, -0], ["", false, null, undefined, [], "0"]],
    [true, [true], [1, "true", [true], undefined]],
    [false, [false], [0, "", null, undefined]],
    [null, [null], [undefined, 0, "", false, "null", {}]],
    [{ in: ["dev", 5, null, false] }, ["dev", 5, null, false], ["5", undefined, 0, ["dev"], {}, "prod"]],
    [{ in: [] }, [], [undefined, null, [], "", 0]],
    [{ lt: 5 }, [4.99, -1e9], [5, "4", null, undefined, [4], true, false, ""]],
    [{ lte: 5 }, [5, 0], [5.01, "5", null, undefined, false]],
    [{ gt: 5 }, [5.01], [5, "6", null, undefined, true, [6]]],
    [{ gte: 5 }, [5], [4.99, "5", null, undefined]],
    [{ gt: 1, lte: 5 }, [2, 5], [1, 6, "3"]],
    [{ lt: 1, gt: 5 }, [], [0, 3, 6]],
  ])("%j: %j, and not %j", async (condition, fit, others) => {
    const when = { "input.value": condition };
    for (const value of fit) expect([value, await runs(when, request({ value }))]).toEqual([value, true]);
    for (const value of others) expect([value, await runs(when, request({ value }))]).toEqual([value, false]);
    expect(await runs(when, request({}))).toBe(false);
    expect(await runs(when, request({ values: fit }))).toBe(false);
  });

  test.each<[string, Request]>([
    ["input.a.b", request({ a: { b: 5 } })],
    ['input["odd.name"]', request({ "odd.name": 5 })],
    ['input["a]b"].c', request({ "a]b": { c: 5 } })],
    ["context.env", request({}, { context: { env: 5 } })],
    ["session.id", request({}, { session: { id: 5 } as unknown as { id: string } })],
    ["resource.size", request({}, { resource: { size: 5 } })],
    ["model.confidence", request({}, { model: { confidence: 5 } })],
    ["actor.team", request({}, { actor: { type: "agent", id: "bot-1", team: 5 } })],
    ['input["__proto__"]', request(JSON.parse('{"__proto__":5}'))],
  ])("%s", async (path, given) => {
    expect(await runs({ [path]: 5 }, given)).toBe(true);
    expect(await runs({ [path]: 6 }, given)).toBe(false);
    expect(await runs({ [path]: 5 }, request())).toBe(false);
  });

  test("what is inherited, or an element of a list, is not there", async () => {
    expect(await runs({ 'input["constructor"].name': "Object" }, request())).toBe(false);
    expect(await runs({ "input.list.length": 1 }, request({ list: [1] }))).toBe(false);
    expect(await runs({ 'input.list["0"]': 1 }, request({ list: [1] }))).toBe(false);
    expect(await runs({ "input.text.length": 1 }, request({ text: "a" }))).toBe(false);
    expect(await runs({ "input.to.a": 1 }, request({ to: [{ a: 1 }] }))).toBe(false);
  });

  test("all of them must", async () => {
    const when = { "input.to": "acct-9", "input.amount": { lte: 5 } };
    expect(await runs(when, request({ to: "acct-9", amount: 5 }))).toBe(true);
    expect(await runs(when, request({ to: "acct-9", amount: 6 }))).toBe(false);
    expect(await runs(when, request({ to: "acct-8", amount: 5 }))).toBe(false);
    expect(await runs(when, request({ amount: 5 }))).toBe(false);
  });
});

describe("conditions that are none", () => {
  test.each<[string, unknown, string]>([
    ["a text", "input.amount", "when"],
    ["null", null, "when"],
    ["a list", [{ "input.amount": 5 }], "when"],
    ["a function", () => true, "when"],
    ["a condition that is a function", { "input.amount": () => true }, "when"],
    ["a list", { "input.amount": [5] }, 'when["input.amount"]'],
    ["an empty record", { "input.amount": {} }, 'when["input.amount"]'],
    ["an unknown bound", { "input.amount": { max: 5 } }, 'when["input.amount"].max'],
    ["an inherited bound", { "input.amount": { constructor: 5 } }, 'when["input.amount"].constructor'],
    ["a bound that is a text", { "input.amount": { lte: "5" } }, 'when["input.amount"].lte'],
    ["a bound that is null", { "input.amount": { lte: null } }, 'when["input.amount"].lte'],
    ["one bound that is none", { "input.amount": { lte: 5, gte: [1] } }, 'when["input.amount"].gte'],
    ["an `in` that is no list", { "input.to": { in: "a" } }, 'when["input.to"].in'],
    ["an `in` of lists", { "input.to": { in: [["a"]] } }, 'when["input.to"].in'],
    ["a bound that is not finite", { "input.amount": { lte: Number.POSITIVE_INFINITY } }, "when"],
    ["a root alone", { input: 5 }, 'when["input"]'],
    ["no root", { amount: 5 }, 'when["amount"]'],
    ["an empty path", { "": 5 }, 'when[""]'],
    ["the tool's name", { "action.name": "t" }, 'when["action.name"]'],
    ["the time", { now: 5 }, 'when["now"]'],
    ["evidence, which is a list", { "evidence.type": "x" }, 'when["evidence.type"]'],
    ["an inherited root", { "constructor.name": "x" }, 'when["constructor.name"]'],
  ])("%s", async (_, when, path) => {
    const { grant, standing } = ahead({ decide: () => approval() });
    expect(await grant({ when: when as Conditions })).toMatchObject({
      ok: false,
      refused: "invalid",
      misfit: { path },
    });
    expect(await standing.list()).toEqual([]);
  });

  test("what has got into a store by another way is not understood, and never holds", async () => {
    const { iam, grant, store } = ahead({ decide: () => approval() });
    const { standing } = await grant({ when: { "input.value": 5 } });
    const id = standing?.id ?? "";
    for (const condition of [{}, { max: 5 }, { lte: "9" }, { in: "5" }, { in: 5 }, [5], { toString: 5 }]) {
      const record = await store.read("standing", id);
      if (!record) throw new Error("it is there");
      const when = { "input.value": condition } as unknown as Conditions;
      expect(await store.put({ ...record, revision: record.revision + 1, when })).toBe(true);
      expect((await iam.guard(request({ value: 5 }), () => 0)).executed).toBe(false);
    }
  });
});

describe("masked conditions", () => {
  test("are hidden in what is written down, with what lies on their way", async () => {
    const { grant, records } = ahead({
      decide: () => approval(),
      masks: [
        ["input", "iban"],
        ["input", "party", "pin"],
        ["context", "token"],
      ],
    });
    await grant({
      when: {
        "input.iban": "DE89",
        "input.iban.country": "DE89",
        "input.party": "DE89",
        'input.party["pin"]': { in: ["DE89"] },
        'context["token"]': "DE89",
        "input.party.name": "A",
        "input.amount": { lte: 5 },
      },
    });
    const [note] = await records();
    expect(JSON.stringify(note)).not.toContain("DE89");
    expect(note?.when).toEqual({
      "input.iban": "•••",
      "input.iban.country": "•••",
      "input.party": "•••",
      'input.party["pin"]': "•••",
      'context["token"]': "•••",
      "input.party.name": "A",
      "input.amount": { lte: 5 },
    });
  });

  test("whoever has no policy hides them all", async () => {
    const { store, grantFor, records, time } = ahead({ decide: () => approval() });
    const standing = createStandingApprovals({
      store,
      clock: () => time.now,
      authenticate: (id: string) => ({ id }),
    });
    await standing.grant(grantFor({ when: { "input.amount": 5 } }), "ann");
    expect((await records())[0]?.when).toEqual({ "input.amount": "•••" });
  });
});
