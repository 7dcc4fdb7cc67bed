// Servers that are none. Argument: how.
const [how] = process.argv.slice(2);
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
  hang: () => setInterval(() => undefined, 1000),
  stubborn: () => {
    process.on("SIGTERM", () => undefined);
    setInterval(() => undefined, 1000);
    console.error(`pid ${process.pid}`);
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
