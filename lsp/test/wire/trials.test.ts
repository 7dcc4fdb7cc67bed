import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, startClient } from "../support/wire/client.ts";

const URI = "untitled:pay.agentpolicy";
const POLICY = `tools bank {
  pay(amount: number, to?: "a" | "b")
  read()
}

actor { role: "clerk" | "boss" }

track spent = sum input.amount on bank.pay per actor within 24h

on bank.pay {
  allow small
    when input.amount < 5 and actor.role == "clerk"

  deny much
    when spent > 100
}

on bank.read {
  allow reads
}

test "small" {
  actor { type: "agent", id: "x", role: "clerk" }
  call bank.pay { amount: 1 }
  expect allow
}

test "wrong" {
  actor { type: "agent", id: "x", role: "boss" }
  call bank.pay { amount: 1 }
  expect allow by small
}
`;
const textDocument = { uri: URI };
let client: Client;

beforeAll(async () => {
  client = await startClient();
  await client.open(URI, POLICY);
});
afterAll(() => client.end());

const ask = (method: string, params: object) =>
  client.connection.sendRequest<never>(`agentpolicy/${method}`, { textDocument, ...params });

test("a call is tried: the form, the decision, and why", async () => {
  const { form, tools } = await ask("tryCall", { tool: "bank.pay" });
  expect(tools).toEqual(["bank.pay", "bank.read"]);
  expect(form).toMatchObject({
    tool: "bank.pay",
    input: { type: "object", properties: { amount: { type: "number" } }, required: ["amount"] },
    roots: { actor: { properties: { role: { enum: ["clerk", "boss"] } } } },
    tracks: ["pay.spent"],
    request: { actor: { role: "clerk" }, action: { name: "bank.pay", input: { amount: 0 } } },
  });
  const { tried } = await ask("tryCall", { request: (form as { request: unknown }).request });
  expect(tried).toMatchObject({
    decision: { decision: "allow", rules: ["pay.small"] },
    rules: [
      { id: "pay.much", outcome: "unmatched" },
      { id: "pay.small", outcome: "matched", location: { uri: URI, range: { start: { line: 10 } } } },
    ],
  });
  const spent = await ask("tryCall", {
    request: (form as { request: unknown }).request,
    figures: { "pay.spent": 101 },
  });
  expect(spent).toMatchObject({ tried: { decision: { decision: "deny" } } });
  expect(await ask("tryCall", { request: 5 })).toMatchObject({
    tried: { decision: { decision: "deny", code: "invalid_request" } },
  });
});

test("tests are run, all or one, and say what went otherwise", async () => {
  const { tests } = await ask("runTests", {});
  expect(tests).toMatchObject([
    { name: "small", passed: true, failures: [] },
    {
      name: "wrong",
      passed: false,
      failures: [{ message: "expected allow by pay.small, found deny code default", mismatch: "effect" }],
    },
  ]);
  expect(await ask("runTests", { test: "small" })).toMatchObject({ tests: [{ name: "small" }] });
  expect(await ask("coverage", {})).toMatchObject({
    coverage: {
      rules: { all: 3, matched: 1 },
      unmatched: [{ rule: "pay.much", location: { uri: URI } }, { rule: "pay.reads" }],
    },
  });
});

test("what can be decided, tool by tool, or at a place", async () => {
  const { tools } = await ask("decisions", {});
  expect(tools).toMatchObject([
    { tool: "bank.pay", effects: ["deny", "allow"], byDefault: true },
    { tool: "bank.read", effects: ["allow"], byDefault: false, rules: [{ id: "pay.reads" }] },
    { tool: null, effects: ["deny"] },
  ]);
  const here = await ask("decisions", { position: { line: 19, character: 3 } });
  expect(here).toMatchObject({ tools: [{ tool: "bank.read" }] });
  expect(await ask("decisions", { position: { line: 0, character: 0 } })).toMatchObject({ tools: [] });
});

test("a broken policy decides nothing and says so; a document that is in none is null", async () => {
  await client.change(URI, [{ text: `${POLICY}on` }]);
  expect(await ask("tryCall", { request: {} })).toMatchObject({ policy: { errors: 1 }, tried: null });
  expect(await ask("runTests", {})).toMatchObject({ tests: null });
  expect(await ask("coverage", {})).toMatchObject({ coverage: null });
  expect(await ask("runTests", { textDocument: { uri: "file:///nowhere.agentpolicy" } })).toBeNull();
});
