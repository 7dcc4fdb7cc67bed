import { expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { startClient } from "../support/wire/client.ts";
import { folder } from "../support/wire/folder.ts";

const POLICY = `tools bank from "./tools.json"

on bank.pay {
  allow small when input.amount < 5
}
`;
const schema = {
  type: "object",
  properties: { amount: { type: "number" } },
  required: ["amount"],
  additionalProperties: false,
};
const TOOLS = (name: string) => JSON.stringify([{ name, inputSchema: schema }], null, 2);
const codes = (diagnostics: readonly Diagnostic[] | undefined) => diagnostics?.map(({ code }) => code);

test("a whole session: folders, edits, files, shutdown", async () => {
  const { uri, of, write } = folder({ "a b/pay.agentpolicy": POLICY, "a b/tools.json": TOOLS("send") });
  const pay = of("a b/pay.agentpolicy");
  const client = await startClient({ folders: [uri] });
  expect(client.initialized.serverInfo?.name).toBe("agentpolicy");
  // Nothing is open, and the folder's policies are checked all the same.
  await client.until((pushed) => pushed.get(pay)?.[0]?.code === "unknown-tool");
  write("a b/tools.json", TOOLS("pay"));
  await client.open(pay, POLICY);
  await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri: pay } });
  await client.until((pushed) => pushed.get(pay)?.length === 0);
  await client.change(pay, [
    { range: { start: { line: 3, character: 25 }, end: { line: 3, character: 31 } }, text: "amuont" },
  ]);
  await client.until((pushed) => pushed.get(pay)?.[0]?.code === "unknown-argument");
  expect(client.pushed.get(pay)?.[0]).toMatchObject({
    range: { start: { line: 3, character: 25 }, end: { line: 3, character: 31 } },
    severity: 1,
    source: "agentpolicy",
    codeDescription: { href: expect.stringMatching(/^file:.*\/docs\/unknown-argument\.md$/) },
  });
  await client.close(pay);
  await client.until((pushed) => pushed.get(pay)?.length === 0);
  expect(await client.end()).toBe(0);
});

test("a client that watches files: a changed catalogue checks its policies anew; findings lie in it, too", async () => {
  const { uri, of, write, remove } = folder({ "pay.agentpolicy": POLICY, "tools.json": TOOLS("pay") });
  const registered: unknown[] = [];
  const client = await startClient({
    folders: [uri],
    capabilities: {
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { publishDiagnostics: { relatedInformation: true } },
    },
    answers: {
      "client/registerCapability": ({ registrations }: { registrations: { method: string }[] }) => {
        registered.push(...registrations.map(({ method }) => method));
        return null;
      },
    },
  });
  const pay = of("pay.agentpolicy");
  const say = (name: string, type: number) =>
    client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: of(name), type }],
    });
  await client.open(pay, POLICY);
  await client.until((pushed) => pushed.get(pay)?.length === 0);
  expect(registered).toContain("workspace/didChangeWatchedFiles");
  write("tools.json", "[{");
  await say("tools.json", 2);
  await client.until((pushed) => (pushed.get(of("tools.json"))?.length ?? 0) > 0);
  write("tools.json", TOOLS("pay").replaceAll('"amount"', '"sum"'));
  await say("tools.json", 2);
  await client.until((pushed) => codes(pushed.get(pay))?.includes("unknown-argument") === true);
  await client.until((pushed) => pushed.get(of("tools.json"))?.length === 0);
  const related = client.pushed.get(pay)?.flatMap(({ relatedInformation = [] }) => relatedInformation);
  expect(related?.some(({ location }) => location.uri === of("tools.json"))).toBe(true);
  remove("tools.json");
  await say("tools.json", 3);
  await client.until((pushed) => codes(pushed.get(pay))?.includes("missing-file") === true);
  write("new.agentpolicy", "on");
  await say("new.agentpolicy", 1);
  await client.until((pushed) => (pushed.get(of("new.agentpolicy"))?.length ?? 0) > 0);
  remove("new.agentpolicy");
  await say("new.agentpolicy", 3);
  await client.until((pushed) => pushed.get(of("new.agentpolicy"))?.length === 0);
  expect(await client.end()).toBe(0);
});

test("a client that does not watch files: the server looks itself", async () => {
  const { uri, of, write } = folder({ "pay.agentpolicy": POLICY, "tools.json": TOOLS("pay") });
  const client = await startClient({ folders: [uri] });
  await client.open(of("pay.agentpolicy"), POLICY);
  await client.until((pushed) => pushed.get(of("pay.agentpolicy"))?.length === 0);
  write("tools.json", TOOLS("send"));
  await client.until((pushed) => codes(pushed.get(of("pay.agentpolicy")))?.[0] === "unknown-tool");
  expect(await client.end()).toBe(0);
});

test("folders come and go, and belong to nobody else", async () => {
  const one = folder({ "a.agentpolicy": "on" });
  const other = folder({ "b.agentpolicy": "on" });
  const client = await startClient({
    folders: [one.uri],
    capabilities: { workspace: { workspaceFolders: true } },
  });
  const [a, b] = [one.of("a.agentpolicy"), other.of("b.agentpolicy")];
  await client.until((pushed) => (pushed.get(a)?.length ?? 0) > 0);
  expect(client.pushed.has(b)).toBe(false);
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [{ uri: other.uri, name: "b" }], removed: [{ uri: one.uri, name: "a" }] },
  });
  await client.until((pushed) => pushed.get(a)?.length === 0 && (pushed.get(b)?.length ?? 0) > 0);
  expect(await client.end()).toBe(0);
});

test("tests beside a document that was opened without its folder are a part of its policy", async () => {
  const { of } = folder({
    "pay.agentpolicy": POLICY,
    "tools.json": TOOLS("pay"),
    "pay.test.agentpolicy": 'test "x" {\n  call bank.send { amount: 1 }\n  expect deny by none\n}\n',
    "web.agentpolicy": "on",
  });
  const client = await startClient();
  await client.open(of("pay.agentpolicy"), POLICY);
  await client.until(
    (pushed) => codes(pushed.get(of("pay.test.agentpolicy")))?.includes("unknown-rule") === true,
  );
  expect(client.pushed.has(of("web.agentpolicy"))).toBe(false);
  expect(await client.end()).toBe(0);
});
