import type { CatalogueTool } from "@agentpolicy/language";

/** A tool as the starting policy sees it. `why` says what its hints are, for a comment. */
export interface SortedTool {
  readonly tool: CatalogueTool;
  readonly why: string;
}

/** Tools by what the starting policy does with them. */
export interface SortedTools {
  readonly reads: readonly SortedTool[];
  readonly destroys: readonly SortedTool[];
  readonly rest: readonly SortedTool[];
}

/**
 * Sorts tools by MCP's hints, with MCP's own defaults (2025-11-25, "ToolAnnotations"): a tool that does not say
 * otherwise changes things, and may destroy them.
 */
export const sortTools = (tools: readonly CatalogueTool[]): SortedTools => {
  const reads: SortedTool[] = [];
  const destroys: SortedTool[] = [];
  const rest: SortedTool[] = [];
  for (const tool of [...tools].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { readOnly, destructive } = tool.hints;
    if (readOnly === true) reads.push({ tool, why: "says that it only reads" });
    else if (destructive === true) destroys.push({ tool, why: "says that it may destroy" });
    else if (destructive === undefined)
      destroys.push({ tool, why: "does not say what it does, so it may destroy" });
    else rest.push({ tool, why: "changes something, though it says that it destroys nothing" });
  }
  return { reads, destroys, rest };
};
