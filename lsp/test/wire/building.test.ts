import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, startClient } from "../support/wire/client.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/payments", import.meta.url));
const COMMAND = fileURLToPath(new URL("../../../cli/bin/agentpolicy.js", import.meta.url));
let folder: string;
let client: Client;
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "agentpolicy-building-"));
  cpSync(EXAMPLE, folder, { recursive: true });
  client = await startClient({ folders: [pathToFileURL(folder).href] });
});
afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const ask = <R>(method: string, params: object = {}): Promise<R> =>
  client.connection.sendRequest(`agentpolicy/${method}`, {
    textDocument: { uri: uriOf("payments.agentpolicy") },
    ...params,
  });

test("a policy compiles to the bytes that the command writes", async () => {
  const { files } = await ask<{ files: { uri: string; text: string }[] }>("compile");
  execFileSync(process.execPath, [COMMAND, "compile", join(folder, "payments.agentpolicy")]);
  expect(files.map(({ uri }) => uri.slice(uri.lastIndexOf("/") + 1))).toEqual([
    "payments.policy.js",
    "payments.policy.d.ts",
    "payments.policy.js.map",
    "payments.policy.json",
  ]);
  for (const { uri, text } of files) expect(text).toBe(readFileSync(fileURLToPath(uri), "utf8"));
});

test("everything that a policy is made of is named", async () => {
  const { files } = await ask<{ files: string[] }>("files");
  expect(files.toSorted()).toEqual(
    ["bank.tools.json", "mail.tools.json", "org.agentpolicy", "payments.agentpolicy", "web.tools.json"].map(
      uriOf,
    ),
  );
});

interface Changes {
  readonly tools: readonly { tool: string; before: string[]; after: string[]; rules: { id: string }[] }[];
  readonly unread: readonly string[];
  readonly before: { readonly errors: number };
}

const was = async (edits: Readonly<Record<string, (text: string) => string>>): Promise<Changes> => {
  const { files } = await ask<{ files: string[] }>("files");
  const before = files.map((uri) => {
    const name = uri.slice(uri.lastIndexOf("/") + 1);
    const text = readFileSync(fileURLToPath(uri), "utf8");
    return { uri, text: edits[name]?.(text) ?? text };
  });
  return ask("changes", { before });
};

test("nothing has changed where the texts are the same, or only moved and spaced otherwise", async () => {
  expect(await was({})).toMatchObject({ tools: [], unread: [] });
  expect(
    await was({ "payments.agentpolicy": (text) => `// moved\n\n${text.replace("<= 500", "<=    500")}` }),
  ).toMatchObject({ tools: [] });
});

test("a rule that means something else is a change of the tools that it covers, and of no other", async () => {
  const { tools } = await was({ "payments.agentpolicy": (text) => text.replace("<= 500", "<= 50") });
  expect(tools).toMatchObject([
    {
      tool: "bank.transfer_money",
      rules: [
        {
          id: "payments.small-transfer",
          change: "changed",
          effect: "allow",
          before: expect.stringContaining("<= 50 "),
          after: expect.stringContaining("<= 500"),
        },
      ],
    },
  ]);
});

test("so is a rule of which only what it uses has changed", async () => {
  const { tools } = await was({
    "payments.agentpolicy": (text) => text.replace("sum input.amount on", "count on"),
  });
  expect(tools.map(({ tool, rules }) => [tool, rules.map(({ id }) => id)])).toEqual([
    ["bank.transfer_money", ["payments.daily-limit"]],
  ]);
});

test("a rule that is new lets through what was denied; a policy that was broken says so", async () => {
  const { tools } = await was({
    "payments.agentpolicy": (text) => text.replace("allow reads", "deny reads"),
  });
  expect(tools.find(({ tool }) => tool === "bank.get_balance")).toMatchObject({
    before: ["deny"],
    after: ["allow"],
    rules: [{ id: "payments.reads", change: "changed" }],
  });
  const broken = await was({
    "payments.agentpolicy": (text) => text.replace("input.amount <= 500", "input."),
  });
  expect(broken.before.errors).toBeGreaterThan(0);
});

test("files that the policy had then and has no more are asked for", async () => {
  const uri = uriOf("payments.agentpolicy");
  const text = 'tools old from "./old.tools.json"\n';
  const { unread } = await ask<Changes>("changes", { before: [{ uri, text }] });
  expect(unread).toContain(uriOf("old.tools.json"));
});
