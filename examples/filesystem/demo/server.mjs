import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const NAME = "@modelcontextprotocol/server-filesystem";

/** The program that the package's `bin` names, and its version. */
const installed = () => {
  const manifest = fileURLToPath(import.meta.resolve(`${NAME}/package.json`));
  const { bin, version } = JSON.parse(readFileSync(manifest, "utf8"));
  return { program: join(dirname(manifest), Object.values(bin)[0]), version };
};

/** Starts the real server on a folder, as any MCP host does: as a process of its own, over stdio. */
export const startServer = async (folder) => {
  const { program, version } = installed();
  const client = new Client({ name: "agentpolicy-demo", version: "1.0.0" });
  let calls = 0;
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [program, folder], stderr: "ignore" }),
  );
  return {
    name: NAME,
    /** The tools as the server lists them now. */
    list: async () => ({ tools: (await client.listTools()).tools, version }),
    /** Calls a tool and gives the text of its answer; throws where the server reports an error. */
    call: async (tool, input) => {
      calls += 1;
      const { content, isError } = await client.callTool({ name: tool, arguments: input });
      const text = content.map((part) => part.text ?? "").join("");
      if (isError) throw new Error(text);
      return text;
    },
    /** How many calls have reached the server. */
    calls: () => calls,
    close: () => client.close(),
  };
};
