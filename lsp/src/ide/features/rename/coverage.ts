import type { Span, Tool, ToolsPattern } from "@agentpolicy/language";
import { keyOf } from "../../names/index.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { type Node, nodesOf, partsOf } from "../../tree/path.ts";
import type { RenameTarget } from "./target.ts";

/** Why patterns or conditions would no longer be about the same tools once a tool or server has another name. */
export function coverageChange(
  before: Snapshot,
  after: Snapshot,
  target: RenameTarget,
  newName: string,
): string | null {
  if (target.kind !== "tool" && target.kind !== "server") return null;
  const declared = new Set(target.declarations.map(keyOf));
  const isRenamed = (tool: Tool): boolean =>
    target.kind === "server" ? tool.server === target.name : declared.has(keyOf(tool.at));
  const called = (name: string): string => {
    const tool = before.result.facts.tools.get(name);
    if (tool === undefined || !isRenamed(tool)) return name;
    const server = target.kind === "server" ? newName : tool.server;
    const own = target.kind === "tool" ? newName : tool.tool;
    return server === null ? own : `${server}.${own}`;
  };
  for (const [path, file] of before.files) {
    const later = after.files.get(path);
    const patterns = later === undefined ? [] : patternsIn(later);
    for (const [at, pattern] of patternsIn(file).entries()) {
      const now = patterns[at];
      const old = before.result.facts.covered(pattern)?.tools.map(called) ?? [];
      const covered = (now === undefined ? null : after.result.facts.covered(now))?.tools ?? [];
      if (old.length !== covered.length || old.some((name) => !covered.includes(name)))
        return `\`on ${textOf(file, pattern)}\` would cover other tools`;
    }
  }
  return readName(before, target, isRenamed);
}

const patternsIn = ({ tree }: SnapshotFile): readonly ToolsPattern[] =>
  [...nodesOf(tree)].filter((node): node is ToolsPattern => node.kind === "tools-pattern");

const textOf = ({ text }: SnapshotFile, { start, end }: Span): string =>
  text.slice(start, end).replace(/\s+/g, " ");

interface Parts extends Node {
  readonly of?: Parts;
  readonly name?: { readonly text: string };
  readonly tools?: ToolsPattern;
  readonly where?: Node;
}

/** A condition that reads `tool.name` compares it with text, which is not changed. */
function readName(
  snapshot: Snapshot,
  { kind }: RenameTarget,
  isRenamed: (tool: Tool) => boolean,
): string | null {
  const { facts } = snapshot.result;
  const read = kind === "server" ? ["name", "server"] : ["name"];
  const visit = (node: Parts, isAbout: boolean): string | null => {
    const name = node.name?.text ?? "";
    const isTool = node.kind === "member" && node.of?.kind === "name" && node.of.name?.text === "tool";
    if (isTool && isAbout && read.includes(name)) return `a condition compares \`tool.${name}\` with text`;
    const covered = node.tools?.kind === "tools-pattern" ? facts.covered(node.tools) : null;
    const about = covered === null ? isAbout : covered.tools.some((one) => isTold(facts.tools.get(one)));
    for (const part of parts(node)) {
      const found = part === node.where ? null : visit(part, about);
      if (found !== null) return found;
    }
    return null;
  };
  const isTold = (tool: Tool | undefined): boolean => tool !== undefined && isRenamed(tool);
  for (const { tree } of snapshot.files.values()) {
    const found = visit(tree, true);
    if (found !== null) return found;
  }
  return null;
}

/** Without the texts that people read: in them a tool has the name that it has. */
const parts = (node: Node): readonly Node[] =>
  node.kind === "because" || node.kind === "ask" ? [] : partsOf(node);
