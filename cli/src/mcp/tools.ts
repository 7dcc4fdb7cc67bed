import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { type Mistake, mistake } from "../result.ts";

/** An MCP tool as the server gave it, whatever else is in it. */
export interface ServerTool {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** More pages than any server has; a server that goes on for ever is stopped. */
const MOST_PAGES = 1000;

/**
 * All tools of a connected server, page by page, sorted by name; nothing in them is dropped or changed.
 * (MCP 2025-11-25, "Tools" and "Pagination".)
 */
export const listTools = async (
  client: Client,
  timeout: number,
): Promise<readonly ServerTool[] | Mistake> => {
  if (client.getServerCapabilities()?.tools === undefined) return mistake("the server offers no tools");
  const tools = new Map<string, ServerTool>();
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const params = cursor === undefined ? {} : { cursor };
    const page = await client.request({ method: "tools/list", params }, ResultSchema, { timeout });
    const listed = page.tools;
    if (!Array.isArray(listed)) return mistake("the server's answer to tools/list has no list of tools");
    for (const tool of listed) {
      if (!isTool(tool)) return mistake("the server lists a tool that has no name");
      if (tools.has(tool.name)) return mistake(`the server lists the tool \`${tool.name}\` twice`);
      tools.set(tool.name, tool);
    }
    const next = page.nextCursor;
    cursor = typeof next === "string" && next !== "" ? next : undefined;
    if (cursor !== undefined && (seen.has(cursor) || seen.size >= MOST_PAGES)) {
      return mistake("the server's list of tools has no end");
    }
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return [...tools.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

const isTool = (tool: unknown): tool is ServerTool =>
  typeof tool === "object" &&
  tool !== null &&
  "name" in tool &&
  typeof tool.name === "string" &&
  tool.name !== "";

/** The catalogue file of these tools: the same tools give the same bytes. */
export const catalogueText = (tools: readonly ServerTool[]): string =>
  `${JSON.stringify({ tools }, null, 2)}\n`;
