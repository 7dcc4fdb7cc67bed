import { afterAll, beforeAll, expect, test } from "vitest";
import type { CodeAction, Diagnostic, TextEdit } from "vscode-languageserver-protocol/node";
import { ABLE } from "../support/wire/capabilities.ts";
import { type Client, startClient } from "../support/wire/client.ts";

const URI = "untitled:a.agentpolicy";
const POLICY = `tools { pay(amount: number, to: string) }

on pay {
  allow small when input.amuont < 5 and input.to != "x"
}
`;
const textDocument = { uri: URI };
const whole = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
let client: Client;

beforeAll(async () => {
  const { diagnostic: _, ...able } = ABLE.textDocument ?? {};
  client = await startClient({ capabilities: { ...ABLE, textDocument: able } });
  await client.open(URI, POLICY);
  await client.until((pushed) => (pushed.get(URI)?.length ?? 0) > 0);
});
afterAll(() => client.end());

const actions = (range: object, diagnostics: readonly Diagnostic[] = [], only?: readonly string[]) =>
  client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range,
    context: { diagnostics, ...(only && { only }) },
  });

test("a fix of a diagnostic comes with its edit", async () => {
  const [found] = client.pushed.get(URI) ?? [];
  expect(found).toMatchObject({ code: "unknown-argument", data: { fixes: 1 } });
  const [fix] = await actions(found?.range ?? whole, found ? [found] : [], ["quickfix"]);
  expect(fix).toMatchObject({
    kind: "quickfix",
    isPreferred: true,
    diagnostics: [{ code: "unknown-argument" }],
  });
  expect(fix?.edit?.documentChanges).toMatchObject([
    { textDocument: { uri: URI, version: 1 }, edits: [{ range: found?.range, newText: "amount" }] },
  ]);
});

test("what concerns the whole file is worked out when it is wanted", async () => {
  await client.change(URI, [{ text: POLICY.replace("  allow", "  permit") }]);
  const [all] = await actions(whole, [], ["source.fixAll"]);
  expect(all).toMatchObject({ kind: "source.fixAll" });
  expect(all?.edit).toBeUndefined();
  const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", all);
  expect(JSON.stringify(resolved.edit)).toContain('"newText"');
  await expect(
    client.connection.sendRequest("codeAction/resolve", { ...all, title: "something else" }),
  ).rejects.toThrow("it can no longer be done");
  await client.change(URI, [{ text: POLICY }]);
});

test("refactorings of what is marked", async () => {
  const start = { line: 3, character: 40 };
  const marked = { start, end: { line: 3, character: 55 } };
  const found = await actions(marked, [], ["refactor"]);
  expect(found.length).toBeGreaterThan(0);
  for (const { kind } of found) expect(kind).toMatch(/^refactor\./);
});

test("formatting, whole, in part, and as it is typed", async () => {
  const options = { tabSize: 2, insertSpaces: true };
  const bad = POLICY.replace("  allow", "      allow");
  await client.change(URI, [{ text: bad }]);
  const ask = (what: string, params: object = {}) =>
    client.connection.sendRequest<TextEdit[]>(`textDocument/${what}`, { textDocument, options, ...params });
  expect((await ask("formatting")).length).toBeGreaterThan(0);
  expect((await ask("rangeFormatting", { range: whole })).length).toBeGreaterThan(0);
  // Of a range that touches the first item only, nothing below that changes.
  for (const { range } of await ask("rangeFormatting", { range: { start: whole.start, end: whole.start } }))
    expect(range.end.line).toBe(0);
  const typed = `${POLICY.slice(0, POLICY.lastIndexOf("}"))}  }`;
  await client.change(URI, [{ text: typed }]);
  const after = { position: { line: 4, character: 3 }, ch: "}" };
  // The brace goes to where its block began.
  const last = (await ask("onTypeFormatting", after)).at(-1);
  expect(last).toEqual({
    newText: "",
    range: { start: { line: 4, character: 0 }, end: { line: 4, character: 2 } },
  });
});
