// Servers that are none. Arguments: how; for `hang`, a file to write the process's id to.
import { renameSync, writeFileSync } from "node:fs";

const [how, pidFile] = process.argv.slice(2);
const answer = (make) => {
  let rest = "";
  process.stdin.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const { id, method } = JSON.parse(line);
      const result = make(method);
      if (id !== undefined && result !== undefined)
        process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...result })}\n`);
    }
  });
};
const hello = {
  result: {
    protocolVersion: "2025-06-18",
    capabilities: { tools: {} },
    serverInfo: { name: "bad", version: "1" },
  },
};
const list = (result) =>
  answer((method) => (method === "initialize" ? hello : method === "tools/list" ? result : undefined));

const ways = {
  hang: () => {
    if (pidFile !== undefined) {
      writeFileSync(`${pidFile}.tmp`, String(process.pid));
      renameSync(`${pidFile}.tmp`, pidFile);
    }
    setInterval(() => undefined, 1000);
  },
  babble: () => setInterval(() => console.log("Server listening on port 3000"), 20),
  crash: () => {
    console.error("Error: GITHUB_TOKEN is not set");
    process.exit(3);
  },
  silent: () => answer((method) => (method === "initialize" ? hello : undefined)),
  refuse: () => list({ error: { code: -32603, message: "the database is away" } }),
  shapeless: () => list({ result: { things: [] } }),
  nameless: () => list({ result: { tools: [{ inputSchema: { type: "object" } }] } }),
  twice: () =>
    list({
      result: {
        tools: [
          { name: "a", inputSchema: {} },
          { name: "a", inputSchema: {} },
        ],
      },
    }),
  toolless: () =>
    answer((method) =>
      method === "initialize" ? { result: { ...hello.result, capabilities: {} } } : undefined,
    ),
};
ways[how]();
