import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const COMMAND = fileURLToPath(new URL("../../../../cli/bin/agentpolicy.js", import.meta.url));

/** A client of the built server, over stdio. */
export interface Client {
  readonly connection: ProtocolConnection;
  readonly server: ChildProcess;
  readonly initialized: InitializeResult;
  /** Diagnostics as last pushed, by URI. */
  readonly pushed: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly open: (uri: string, text: string, languageId?: string) => Promise<void>;
  readonly change: (uri: string, changes: readonly { range?: unknown; text: string }[]) => Promise<void>;
  readonly close: (uri: string) => Promise<void>;
  /** Resolves once what was pushed is so. */
  readonly until: (holds: (pushed: ReadonlyMap<string, readonly Diagnostic[]>) => boolean) => Promise<void>;
  /** Shuts down; the exit code. */
  readonly end: () => Promise<number | null>;
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly options?: unknown;
  /** Answers requests of the server, by method. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
}

export async function startClient(given: ClientOptions = {}): Promise<Client> {
  const server = spawn(process.execPath, [COMMAND, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise<number | null>((resolve) => server.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout as NonNullable<typeof server.stdout>),
    new StreamMessageWriter(server.stdin as NonNullable<typeof server.stdin>),
  );
  const pushed = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    pushed.set(uri, diagnostics);
    for (const look of waiting) look();
  });
  for (const [method, answer] of Object.entries(given.answers ?? {})) connection.onRequest(method, answer);
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: given.capabilities ?? {},
    workspaceFolders: (given.folders ?? []).map((uri) => ({ uri, name: uri })),
    initializationOptions: given.options,
  });
  await connection.sendNotification("initialized", {});
  const versions = new Map<string, number>();
  const version = (uri: string): number => {
    versions.set(uri, (versions.get(uri) ?? 0) + 1);
    return versions.get(uri) ?? 0;
  };
  return {
    connection,
    server,
    initialized,
    pushed,
    open: (uri, text, languageId = "agentpolicy") =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, text, languageId, version: version(uri) },
      }),
    change: (uri, contentChanges) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: version(uri) },
        contentChanges,
      }),
    close: (uri) => connection.sendNotification("textDocument/didClose", { textDocument: { uri } }),
    until: (holds) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`never came: ${JSON.stringify([...pushed], null, 1)}`));
        }, 20_000);
        const look = () => {
          if (!holds(pushed)) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    end: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
}
