import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const BUILD = fileURLToPath(new URL("../../scripts/extension/build.mjs", import.meta.url));
const MANIFEST = new URL("../package.json", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "agentpolicy-bundles-"));
const text = (name: string): string => readFileSync(join(folder, name), "utf8");
let server: ChildProcess | undefined;

beforeAll(() => {
  execFileSync(process.execPath, [BUILD, folder], { stdio: "pipe" });
});
afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const requiresOf = (name: string): readonly string[] => [
  ...new Set([...text(name).matchAll(/\brequire\("([^"]+)"\)/g)].flatMap(([, module]) => module ?? [])),
];

test("what runs in a browser asks for nothing but the editor", () => {
  expect(requiresOf("web.js")).toEqual(["vscode"]);
  // A library of the parser takes Node's `util` where there is a `require`, and does without where there is none.
  expect(requiresOf("worker.js").filter((module) => module !== "util")).toEqual([]);
  expect(requiresOf("trial.js")).toEqual([]);
});

test("what runs on the desktop asks for the editor and for Node", () => {
  for (const name of ["desktop.cjs", "server.cjs"]) {
    const others = requiresOf(name).filter(
      (module) => module !== "vscode" && !builtinModules.includes(module.replace(/^node:/, "")),
    );
    expect([name, others]).toEqual([name, []]);
  }
});

test("the bundled server answers over the channel that the desktop gives it", async () => {
  const child = fork(join(folder, "server.cjs"), ["--node-ipc"], { stdio: "pipe" });
  server = child;
  const answer = new Promise<{ readonly result: { readonly serverInfo: object } }>((resolve, reject) => {
    child.on("message", (message) => resolve(message as never));
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  child.send({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: process.pid, rootUri: null, capabilities: {} },
  });
  const { version } = JSON.parse(readFileSync(MANIFEST, "utf8")) as { version: string };
  expect((await answer).result.serverInfo).toEqual({ name: "agentpolicy", version });
});
