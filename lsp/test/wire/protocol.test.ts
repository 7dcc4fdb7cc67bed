import { expect, test } from "vitest";
import {
  CancellationTokenSource,
  type Diagnostic,
  LSPErrorCodes,
  type ProgressToken,
  type ProtocolConnection,
  WorkDoneProgress,
} from "vscode-languageserver-protocol/node";
import { type Client, startClient } from "../support/wire/client.ts";
import { folder } from "../support/wire/folder.ts";

const URI = "untitled:a.agentpolicy";
const POLICY = 'tools { a(x: string) }\nlet words = ["x"]\non a {\n  allow b when input.x in words\n}\n';
const textDocument = { uri: URI };
const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

const exited = (client: Client) => new Promise((resolve) => client.server.on("exit", resolve));

test("diagnostics are given to clients that ask, and not pushed at them", async () => {
  const { uri, of } = folder({ "b.agentpolicy": 'tools t from "./t.json"\n', "t.json": "[{" });
  const client = await startClient({ folders: [uri], capabilities: { textDocument: { diagnostic: {} } } });
  expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
  await client.open(URI, POLICY.replace("input.x", "input.y"));
  const ask = (method: string, params: object) => client.connection.sendRequest<never>(method, params);
  const first: { kind: string; resultId: string; items: Diagnostic[] } = await ask(
    "textDocument/diagnostic",
    {
      textDocument,
    },
  );
  expect(first).toMatchObject({ kind: "full", items: [{ code: "unknown-argument" }] });
  const { resultId: previousResultId } = first;
  expect(await ask("textDocument/diagnostic", { textDocument, previousResultId })).toEqual({
    kind: "unchanged",
    resultId: previousResultId,
  });
  await client.change(URI, [{ text: POLICY }]);
  expect(await ask("textDocument/diagnostic", { textDocument, previousResultId })).toMatchObject({
    kind: "full",
    items: [],
  });
  const all: { items: { uri: string; kind: string; resultId: string; items: Diagnostic[] }[] } = await ask(
    "workspace/diagnostic",
    { previousResultIds: [{ uri: URI, value: previousResultId }] },
  );
  const kinds = (given: typeof all) => Object.fromEntries(given.items.map((item) => [item.uri, item.kind]));
  expect(kinds(all)).toEqual({ [URI]: "full", [of("t.json")]: "full" });
  const previousResultIds = all.items.map((item) => ({ uri: item.uri, value: item.resultId }));
  expect(kinds(await ask("workspace/diagnostic", { previousResultIds }))).toEqual({
    [URI]: "unchanged",
    [of("t.json")]: "unchanged",
  });
  expect(client.pushed.size).toBe(0);
  expect(await client.end()).toBe(0);
});

test("positions are bytes for clients that count them first", async () => {
  const text = 'tools { a(x: string) }\non a {\n  allow b when input.x == "😀é" and input.y == "1"\n}\n';
  const at = async (encodings: readonly string[]) => {
    const client = await startClient({ capabilities: { general: { positionEncodings: [...encodings] } } });
    await client.open(URI, text);
    await client.until((pushed) => (pushed.get(URI)?.length ?? 0) > 0);
    const [found] = client.pushed.get(URI) ?? [];
    const { start, end } = found?.range ?? whole;
    // Edited at the place that was given, the mistake is gone.
    await client.change(URI, [{ range: { start, end }, text: "x" }]);
    await client.until(
      (pushed) => pushed.get(URI)?.every(({ code }) => code !== "unknown-argument") === true,
    );
    await client.end();
    return [client.initialized.capabilities.positionEncoding, start.character, end.character];
  };
  const column = text.split("\n")[2]?.indexOf("y ==") ?? 0;
  expect(await at([])).toEqual(["utf-16", column, column + 1]);
  // The face is four bytes and two units, the accented letter two bytes and one unit.
  expect(await at(["utf-8", "utf-16"])).toEqual(["utf-8", column + 3, column + 4]);
});

test("settings say what is shown", async () => {
  let settings: unknown = {};
  const client = await startClient({
    capabilities: { workspace: { configuration: true } },
    answers: {
      "workspace/configuration": () => [settings],
      "client/registerCapability": () => null,
    },
  });
  const hints = () => client.connection.sendRequest("textDocument/inlayHint", { textDocument, range: whole });
  // Every call has an `x`.
  await client.open(URI, POLICY.replace("input.x in", "input has x and input.x in"));
  await client.until((pushed) => pushed.has(URI));
  expect(await hints()).toMatchObject([{ label: ": string[]" }]);
  const [found] = client.pushed.get(URI) ?? [];
  expect(found?.severity).toBeGreaterThan(1);
  const tell = async (given: unknown) => {
    settings = given;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  };
  await tell({ inlayHints: { types: false }, severity: { [String(found?.code)]: "error" } });
  await client.until((pushed) => pushed.get(URI)?.[0]?.severity === 1);
  expect(await hints()).toEqual([]);
  await tell({ severity: { [String(found?.code)]: "off", "unknown-argument": "off" }, codeLens: 5 });
  await client.until((pushed) => pushed.get(URI)?.every(({ code }) => code !== found?.code) === true);
  await client.change(URI, [{ text: POLICY.replace("input.x", "input.y") }]);
  // Errors cannot be turned off.
  await client.until((pushed) => pushed.get(URI)?.[0]?.code === "unknown-argument");
  expect(await client.end()).toBe(0);
});

test("tokens come whole, in part, or as what is other than before", async () => {
  const client = await startClient();
  await client.open(URI, POLICY);
  const ask = <T>(what: string, params: object = {}) =>
    client.connection.sendRequest<T>(`textDocument/semanticTokens/${what}`, { textDocument, ...params });
  const full = await ask<{ resultId: string; data: number[] }>("full");
  expect(full.data.length % 5).toBe(0);
  await client.change(URI, [
    { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } }, text: "wordlist" },
    { range: { start: { line: 3, character: 26 }, end: { line: 3, character: 31 } }, text: "wordlist" },
  ]);
  const delta = await ask<{
    resultId: string;
    edits: { start: number; deleteCount: number; data?: number[] }[];
  }>("full/delta", { previousResultId: full.resultId });
  const patched = delta.edits
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (data, { start, deleteCount, data: added = [] }) => data.toSpliced(start, deleteCount, ...added),
      full.data,
    );
  const again = await ask<{ data: number[] }>("full");
  expect(patched).toEqual(again.data);
  expect(delta.edits.length).toBeGreaterThan(0);
  const part = await ask<{ data: number[] }>("range", {
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 18 } },
  });
  expect(part.data.length).toBeLessThan(again.data.length);
  expect(part.data[0]).toBe(1);
  expect(await client.end()).toBe(0);
});

test("requests that are given up are not answered; nothing that is asked ends the server", async () => {
  const client = await startClient();
  await client.open(URI, POLICY);
  const source = new CancellationTokenSource();
  const ask = (position: object, uri = URI, token = source.token) =>
    client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position }, token);
  const asked = Array.from({ length: 50 }, () => ask({ line: 3, character: 20 }));
  source.cancel();
  const ends = await Promise.allSettled(asked);
  const given = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.code] : []));
  expect(given.length).toBeGreaterThan(40);
  expect(new Set(given)).toEqual(new Set([LSPErrorCodes.RequestCancelled]));
  const { token } = new CancellationTokenSource();
  for (const position of [
    { line: 99, character: 0 },
    { line: 0, character: 999 },
    { line: -1, character: -1 },
  ])
    await ask(position, URI, token);
  expect(await ask({ line: 0, character: 0 }, "file:///nowhere.agentpolicy", token)).toBeNull();
  expect(await ask({ line: 0, character: 0 }, "%%%", token)).toBeNull();
  await expect(client.connection.sendRequest("textDocument/hover", {})).rejects.toThrow();
  await expect(client.connection.sendRequest("agentpolicy/nothing", {})).rejects.toThrow();
  expect(await ask({ line: 3, character: 20 }, URI, token)).not.toBeNull();
  expect(await client.end()).toBe(0);
});

test("what takes long says how far it is", async () => {
  const rules = (at: number) =>
    Array.from({ length: 30 }, (_, rule) => `  allow r${at}-${rule} when input.x == "${at} ${rule}"\n`).join(
      "",
    );
  const many = Array.from({ length: 120 }, (_, at) => [
    `p${at}.agentpolicy`,
    `tools { a(x: string) }\non a {\n${rules(at)}}\n`,
  ]);
  const { uri } = folder(Object.fromEntries(many));
  const told: { kind: string; message?: string; title?: string }[] = [];
  const listen = (connection: ProtocolConnection, token: ProgressToken) =>
    connection.onProgress(WorkDoneProgress.type, token, (value) => void told.push(value));
  const client: Client = await startClient({
    folders: [uri],
    capabilities: { window: { workDoneProgress: true } },
    answers: {
      "window/workDoneProgress/create": ({ token }: { token: ProgressToken }) => {
        listen(client.connection, token);
        return null;
      },
    },
  });
  for (let tries = 0; tries < 400 && told.at(-1)?.kind !== "end"; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told[0]).toMatchObject({ kind: "begin", title: "Checking policies" });
  expect(told.at(-1)).toEqual({ kind: "end" });
  expect(told.some(({ message }) => /^\d+ of 120$/.test(message ?? ""))).toBe(true);
  expect(await client.end()).toBe(0);
});

test.each([
  ["the client says exit without shutdown", (client: Client) => client.connection.sendNotification("exit")],
  ["the client goes away", (client: Client) => client.server.stdin?.end()],
])("the process ends with 1 where %s", async (_, leave) => {
  const client = await startClient();
  await client.open(URI, POLICY);
  const end = exited(client);
  leave(client);
  expect(await end).toBe(1);
});
