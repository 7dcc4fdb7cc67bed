import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, describe, expect, it } from "vitest";
import { folder, run, start } from "./run.ts";

const script = (name: string): string => fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url));
const node = process.execPath;
const PAGES = script("pages");
const BAD = script("bad");

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("pull over stdio", () => {
  it("takes the tools of the real filesystem server", async () => {
    const cwd = folder();
    const ran = await run(["pull", "-o", "fs.tools.json", "--", "npx", "mcp-server-filesystem", "."], {
      cwd,
    });
    expect(ran).toMatchObject({ code: 0, out: "" });
    expect(ran.err).toBe("wrote fs.tools.json (14 tools)\n");
    const { tools } = JSON.parse(readFileSync(join(cwd, "fs.tools.json"), "utf8"));
    expect(tools.map(({ name }: { name: string }) => name)).toContain("write_file");
    expect(tools[0].inputSchema.type).toBe("object");
  });

  it("follows pages to the end, sorts, and gives the same bytes again", async () => {
    const first = await run(["pull", "--", node, PAGES, "25", "4"]);
    const second = await run(["pull", "--", node, PAGES, "25", "9"]);
    expect(first.code).toBe(0);
    expect(second.out).toBe(first.out);
    const names = JSON.parse(first.out).tools.map(({ name }: { name: string }) => name);
    expect(names).toHaveLength(25);
    expect(names).toEqual([...names].sort());
    expect(first.out).toMatch(/^\{\n {2}"tools": \[\n/);
  });

  /** Short where only time can tell that nothing comes. */
  const patience = (message: string): string =>
    message.includes("1.5 s") ? "1.5" : message.includes("else") ? "8" : "60";
  const failures: readonly [string, readonly string[], string][] = [
    ["pages without end", [node, PAGES, "3", "1", "loop"], "the server's list of tools has no end"],
    ["no such program", ["no-such-program-here"], "there is no program `no-such-program-here`"],
    ["an early end", [node, BAD, "crash"], "it said: Error: GITHUB_TOKEN is not set"],
    ["silence from the start", [node, BAD, "hang"], "the server did not answer within 1.5 s"],
    ["silence later", [node, BAD, "silent"], "the server did not answer within 1.5 s"],
    ["babble", [node, BAD, "babble"], "the server answers something else than MCP"],
    ["a refusal", [node, BAD, "refuse"], "the database is away"],
    ["an answer without tools", [node, BAD, "shapeless"], "has no list of tools"],
    ["a tool without a name", [node, BAD, "nameless"], "lists a tool that has no name"],
    ["a tool twice", [node, BAD, "twice"], "lists the tool `a` twice"],
    ["no tools at all", [node, BAD, "toolless"], "the server offers no tools"],
  ];
  it.concurrent.each(failures)("says what is wrong: %s", async (_name, command, message) => {
    const ran = await run(["pull", "--timeout", patience(message), "--", ...command]);
    expect(ran.err).toContain(message);
    expect(ran.err).toMatch(/^error: /);
    expect(ran.err).not.toMatch(/\bat .*\.[jt]s:\d+/);
    expect(ran).toMatchObject({ code: 2, out: "" });
  });

  it("stops the server when it is interrupted", async () => {
    const pidFile = join(folder(), "pid");
    const child = start(["pull", "--", node, BAD, "hang", pidFile]);
    const ended = new Promise((resolve) => child.on("close", resolve));
    let err = "";
    const serverPid = new Promise<number>((resolve) => {
      child.stderr?.on("data", (chunk) => {
        err += chunk;
      });
      const poll = setInterval(() => {
        if (!existsSync(pidFile)) return;
        clearInterval(poll);
        resolve(Number(readFileSync(pidFile, "utf8")));
      }, 20);
    });
    const pid = await serverPid;
    expect(isAlive(pid)).toBe(true);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(isAlive(pid)).toBe(false);
    expect(err).toBe("");
  });
});

describe("pull over Streamable HTTP", () => {
  const servers: HttpServer[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  const listen = async (handle: Parameters<typeof createServer>[1]): Promise<string> => {
    const server = createServer(handle);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  };

  it("takes the tools, and sends headers along", async () => {
    const url = await listen(async (request, response) => {
      if (request.headers.authorization !== "Bearer s3cret") {
        response.writeHead(401).end();
        return;
      }
      const server = new Server({ name: "web", version: "1" }, { capabilities: { tools: {} } });
      server.setRequestHandler(ListToolsRequestSchema, () => ({
        tools: [{ name: "search", inputSchema: { type: "object" as const } }],
      }));
      const transport = new StreamableHTTPServerTransport({});
      await server.connect(transport as Parameters<typeof server.connect>[0]);
      await transport.handleRequest(request, response);
    });
    const fine = await run(["pull", "--url", url, "--header", "Authorization: Bearer s3cret"]);
    expect(JSON.parse(fine.out)).toEqual({ tools: [{ name: "search", inputSchema: { type: "object" } }] });
    expect(fine.code).toBe(0);
    const refused = await run(["pull", "--url", url]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("wants to know who you are (401)");
  });

  it("says what is wrong with an endpoint", async () => {
    const missing = await listen((_request, response) => void response.writeHead(404).end("no"));
    const page = await listen(
      (_request, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>Hello"),
    );
    const silent = await listen(() => undefined);
    const answers = await Promise.all([
      run(["pull", "--url", missing]),
      run(["pull", "--url", page]),
      run(["pull", "--url", silent, "--timeout", "1"]),
      run(["pull", "--url", "http://127.0.0.1:9/mcp"]),
      run(["pull", "--url", "ftp://example.test"]),
      run(["pull", "--url", "nonsense"]),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    const [a, b, c, d, e, f] = answers.map(({ err }) => err);
    expect(a).toContain("there is no MCP endpoint at");
    expect(b).toContain("cannot be used");
    expect(c).toContain("did not answer within 1 s");
    expect(d).toMatch(/error: .*127\.0\.0\.1:9/);
    expect(e).toContain("starts with https:// or http://");
    expect(f).toContain("`nonsense` is not a URL");
    for (const { err } of answers) expect(err).not.toMatch(/\bat .*\.[jt]s:\d+/);
  });
});

describe("pull from a silent server", () => {
  it("leaves no process behind", async () => {
    const pidFile = join(folder({}), "pid");
    const ran = await run(["pull", "--timeout", "0.5", "--", node, BAD, "hang", pidFile]);
    expect(ran.code).toBe(2);
    expect(isAlive(Number(readFileSync(pidFile, "utf8")))).toBe(false);
  });
});

describe("pull, wrongly used", () => {
  it.each([
    [["pull"], "which server?"],
    [["pull", "--"], "after `--` comes the command"],
    [["pull", "--url", "http://a.test", "--", "npx"], "not both"],
    [["pull", "--header", "A: b", "--", "npx"], "--header goes with --url"],
    [["pull", "--url", "http://a.test", "--header", "nonsense"], "a header is written `Name: value`"],
    [["pull", "--timeout", "soon", "--", "npx"], "must be a number of seconds"],
    [["pull", "--nonsense", "--", "npx"], "unknown option '--nonsense'"],
  ] as const)("%j", async (args, message) => {
    const ran = await run(args);
    expect(ran.err).toContain(message);
    expect(ran.code).toBe(2);
  });
  it("cannot write to a folder", async () => {
    const cwd = folder({ "here/x": "" });
    const ran = await run(["pull", "-o", "here", "--", node, PAGES, "1", "1"], { cwd });
    expect(ran.err).toContain("error: cannot write `here`: it is a folder");
    expect(ran.code).toBe(2);
  });
});
