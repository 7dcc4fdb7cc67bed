import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { lineIndex } from "@agentpolicy/language";
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const COMMAND = fileURLToPath(new URL("../../../cli/bin/agentpolicy.js", import.meta.url));

/** An editor with one document, over stdio. Times are milliseconds from the first byte sent to the answer read. */
export interface Editor {
  /** Replaces a part of the text; with `wait`, until its diagnostics have come. */
  readonly edit: (start: number, end: number, text: string, wait: boolean) => Promise<number>;
  /** Asks about a place of the text as it is now. */
  readonly ask: (method: string, offset: number) => Promise<number>;
  readonly end: () => Promise<void>;
}

export async function openEditor(folder: string, uri: string, content: string): Promise<Editor> {
  const { connection, exited } = await startServer(folder);
  const waiting = new Map<number, () => void>();
  connection.onNotification("textDocument/publishDiagnostics", (given: PublishDiagnosticsParams) => {
    if (given.uri !== uri || given.version === undefined) return;
    waiting.get(given.version)?.();
    waiting.delete(given.version);
  });
  let text = content;
  let version = 1;
  const gone = exited.then((code): never => {
    throw new Error(`the server ended with ${code} while it was measured`);
  });
  gone.catch(() => undefined);
  const said = (of: number) => Promise.race([gone, new Promise<void>((resolve) => waiting.set(of, resolve))]);
  const first = said(version);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, version, text, languageId: "agentpolicy" },
  });
  await first;
  return {
    edit: async (start, end, inserted, wait) => {
      const { position } = lineIndex(text);
      const range = { start: position(start), end: position(end) };
      text = text.slice(0, start) + inserted + text.slice(end);
      version += 1;
      const arrived = wait ? said(version) : undefined;
      const began = performance.now();
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ range, text: inserted }],
      });
      await arrived;
      return performance.now() - began;
    },
    ask: async (method, offset) => {
      const position = lineIndex(text).position(offset);
      const began = performance.now();
      await connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position });
      return performance.now() - began;
    },
    end: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await exited;
      connection.dispose();
    },
  };
}

/** The built command in a process of its own, ready to be asked. */
async function startServer(folder: string) {
  const server = spawn(process.execPath, [COMMAND, "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise((resolve) => server.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const resolveSupport = { properties: ["documentation"] };
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { completion: { completionItem: { resolveSupport } } } },
    workspaceFolders: [{ uri: folder, name: "bench" }],
  });
  await connection.sendNotification("initialized", {});
  return { connection, exited };
}
