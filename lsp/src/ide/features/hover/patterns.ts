import type { Name, ToolPattern } from "@agentpolicy/language";
import type { Node } from "../../tree/path.ts";
import { code, counted } from "../../words/phrase.ts";
import { paragraphs, type Writing } from "./markdown.ts";
import { serverCard, toolCard, toolList } from "./tools.ts";

export const isPattern = (node: Node): node is ToolPattern =>
  node.kind === "named" || node.kind === "all" || (node.kind === "unknown" && !("text" in node));

/** The tools that a pattern matches; of a single tool everything, of a server's name the server. */
export function patternCard(writing: Writing, pattern: ToolPattern, name?: Name): string | null {
  const { facts } = writing.snapshot.result;
  if (pattern.kind === "unknown")
    return "**unknown**: calls of tools that no catalogue declares. There `input` is `any`. Without such a block they are denied.";
  if (pattern.kind === "all") return matched(writing, "*", facts.covered(pattern)?.tools ?? []);
  const { server, tool } = pattern;
  const hasWildcard = (part: Name | undefined) =>
    part !== undefined && !part.quoted && part.text.includes("*");
  if (name !== undefined && name === server && !hasWildcard(server)) return serverCard(writing, server.text);
  const whole = server === undefined ? tool.text : `${server.text}.${tool.text}`;
  if (!hasWildcard(server) && !hasWildcard(tool)) {
    const found = facts.tools.get(whole);
    return found ? toolCard(writing, found) : null;
  }
  return matched(writing, whole, facts.covered(pattern)?.tools ?? []);
}

const matched = (_: Writing, pattern: string, tools: readonly string[]): string =>
  paragraphs(`${code(pattern)} matches ${counted(tools.length, "tool")}`, toolList(tools));
