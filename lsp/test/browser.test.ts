import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Diagnostic, ProtocolConnection } from "vscode-languageserver-protocol";

/** What is bundled as for a worker: the server, and a client of the same make to speak with it. */
const SOURCE = `
  export { startBrowserServer } from "@agentpolicy/lsp/browser";
  import { BrowserMessageReader, BrowserMessageWriter, createProtocolConnection } from "vscode-languageserver/browser";
  export const connect = (port) =>
    createProtocolConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port));
`;

interface Bundle {
  readonly startBrowserServer: (port: MessagePort, options: { readonly version: string }) => void;
  readonly connect: (port: MessagePort) => ProtocolConnection;
}

const folder = mkdtempSync(join(tmpdir(), "agentpolicy-browser-"));
const channel = new MessageChannel();
let bundle: Bundle;
let inputs: readonly string[];

beforeAll(async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: SOURCE, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    conditions: ["agentpolicy-source"],
    bundle: true,
    format: "esm",
    platform: "browser",
    metafile: true,
    write: false,
  });
  inputs = Object.keys(metafile.inputs);
  const file = join(folder, "server.mjs");
  writeFileSync(file, outputFiles[0]?.contents ?? "");
  bundle = await import(pathToFileURL(file).href);
});
afterAll(() => {
  channel.port1.close();
  rmSync(folder, { recursive: true, force: true });
});

const FILES: Readonly<Record<string, string>> = {
  "vscode-vfs://github/ann/x/tools.json": JSON.stringify([{ name: "pay", inputSchema: { type: "object" } }]),
  "vscode-vfs://github/ann/x/other.agentpolicy": 'tools t from "gone.json"\n',
};

test("serves in a worker; files come from the client", async () => {
  expect(inputs.filter((path) => /node:|languageserver\/lib\/node/.test(path))).toEqual([]);
  bundle.startBrowserServer(channel.port1, { version: "0" });
  const client = bundle.connect(channel.port2);
  const pushed = new Map<string, readonly Diagnostic[]>();
  const codes = (uri: string) => pushed.get(uri)?.map(({ code }) => code);
  let look = () => undefined as undefined | boolean;
  client.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    pushed.set(uri, diagnostics);
    look();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      look = () => void (holds() && resolve()) as undefined;
      look();
    });
  const asked: string[] = [];
  client.onRequest("agentpolicy/readFile", ({ uri }: { uri: string }) => {
    asked.push(uri);
    return { text: FILES[uri] ?? null };
  });
  client.onRequest("agentpolicy/findFiles", () => ({ uris: Object.keys(FILES) }));
  client.listen();
  await client.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ uri: "vscode-vfs://github/ann/x", name: "x" }],
    initializationOptions: { pages: "https://example.com/codes" },
  });
  await client.sendNotification("initialized", {});
  await until(() => pushed.has("vscode-vfs://github/ann/x/other.agentpolicy"));
  const [missing] = pushed.get("vscode-vfs://github/ann/x/other.agentpolicy") ?? [];
  expect(missing).toMatchObject({
    code: "missing-file",
    codeDescription: { href: "https://example.com/codes/missing-file.md" },
  });
  const uri = "vscode-vfs://github/ann/x/pay.agentpolicy";
  const text =
    'tools bank from "./tools.json"\non bank.pay {\n  allow all\n}\non bank.send {\n  deny none\n}\n';
  const textDocument = { uri, text, version: 1, languageId: "agentpolicy" };
  await client.sendNotification("textDocument/didOpen", { textDocument });
  // The catalogue has come before anything is said: a tool that it has is no mistake.
  await until(() => pushed.has(uri));
  expect(codes(uri)).toEqual(["unknown-tool"]);
  expect(asked.filter((one) => one.endsWith("/tools.json"))).toHaveLength(1);
  const symbols = await client.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
  expect(symbols).toHaveLength(5);
  await client.sendRequest("shutdown");
  client.dispose();
});
