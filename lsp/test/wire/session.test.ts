import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { startClient } from "../support/wire/client.ts";

const made: string[] = [];
/** A folder with these files, and the URIs of its files. */
const folder = (files: Readonly<Record<string, string>>) => {
  const path = mkdtempSync(join(tmpdir(), "agentpolicy-lsp-"));
  made.push(path);
  const write = (name: string, text: string) => {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { uri: pathToFileURL(path).href, of: (name: string) => pathToFileURL(join(path, name)).href, write };
};

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

const POLICY = `tools bank from "./tools.json"

on bank.pay {
  allow small when input.amount < 5
}
`;
const schema = { type: "object", properties: { amount: { type: "number" } }, required: ["amount"] };
const TOOLS = (name: string) => JSON.stringify([{ name, inputSchema: schema }], null, 2);

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
