// An MCP server whose tools come in pages. Arguments: how many tools, how many a page; `loop`: the pages have no end.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const [count, size, loop] = process.argv.slice(2);
const tools = Array.from({ length: Number(count) }, (_, index) => ({
  name: `tool_${String(Number(count) - index).padStart(3, "0")}`,
  description: "A tool.",
  inputSchema: {
    type: "object",
    properties: { z: { type: "string" }, a: { type: "number" } },
    required: ["z"],
  },
  annotations: index % 3 === 0 ? { readOnlyHint: true } : index % 3 === 1 ? { destructiveHint: false } : {},
}));

const server = new Server({ name: "pages-mcp-server", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
  const from = loop === undefined ? Number(params?.cursor ?? 0) : 0;
  const next = from + Number(size);
  const more = loop !== undefined || next < tools.length;
  return {
    tools: loop !== undefined && params?.cursor ? [] : tools.slice(from, next),
    ...(more ? { nextCursor: String(next) } : {}),
  };
});
await server.connect(new StdioServerTransport());
