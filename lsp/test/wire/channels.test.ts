import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const COMMAND = fileURLToPath(new URL("../../../cli/bin/agentpolicy.js", import.meta.url));
const start = (...args: readonly string[]) =>
  spawn(process.execPath, [COMMAND, "lsp", ...args], { stdio: ["ignore", "pipe", "pipe"] });
const codeOf = async (server: ChildProcess): Promise<unknown> => (await once(server, "exit"))[0];

const greeted = async (reader: MessageReader, writer: MessageWriter) => {
  const connection = createProtocolConnection(reader, writer);
  connection.listen();
  const params = { processId: null, rootUri: null, capabilities: {} };
  const { serverInfo } = await connection.sendRequest<{ serverInfo: { name: string } }>("initialize", params);
  expect(serverInfo.name).toBe("agentpolicy");
  await connection.sendNotification("initialized", {});
  return connection;
};
const over = (socket: Socket) => greeted(new StreamMessageReader(socket), new StreamMessageWriter(socket));

test("over a socket, until told to end", async () => {
  const listening = createServer().listen(0, "127.0.0.1");
  await once(listening, "listening");
  const server = start(`--socket=${(listening.address() as AddressInfo).port}`);
  const [socket] = (await once(listening, "connection")) as [Socket];
  const connection = await over(socket);
  const ended = codeOf(server);
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  expect(await ended).toBe(0);
  listening.close();
});

test("over a pipe, until the client goes away", async () => {
  const name =
    process.platform === "win32"
      ? `\\\\.\\pipe\\agentpolicy-${process.pid}`
      : join(tmpdir(), `agentpolicy-${process.pid}.sock`);
  const listening = createServer().listen(name);
  await once(listening, "listening");
  const server = start("--pipe", name);
  const [socket] = (await once(listening, "connection")) as [Socket];
  await over(socket);
  const ended = codeOf(server);
  socket.destroy();
  expect(await ended).toBe(1);
  listening.close();
});

test("over the channel of a Node process, until that closes", async () => {
  const server = fork(COMMAND, ["lsp", "--node-ipc"], { execArgv: [] });
  const connection = await greeted(new IPCMessageReader(server), new IPCMessageWriter(server));
  const ended = codeOf(server);
  connection.dispose();
  server.disconnect();
  expect(await ended).toBe(1);
});

test.each([
  [["--socket", "x"], "cannot connect: a port is a number from 1 to 65535\n"],
  [["--socket=1"], /^cannot connect: .*ECONNREFUSED/],
])("%j: says why there is no connection", async (args, message) => {
  const server = start(...args);
  let said = "";
  server.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  expect(await codeOf(server)).toBe(1);
  expect(said).toMatch(message);
});
