import type { BlockItem, ClaimNode } from "@agentpolicy/language";
import type { Hover } from "../../model.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { type Node, pathAt } from "../../tree/path.ts";
import { claimWords } from "../../words/claims.ts";
import { counted } from "../../words/phrase.ts";
import { cardOf } from "./card.ts";
import { rootCard } from "./expressions.ts";
import { type LinkTo, paragraphs, type Writing } from "./markdown.ts";
import { toolList } from "./tools.ts";
import { wordDoc } from "./words.ts";

/**
 * What stands at a place, in Markdown: a tool with its arguments and the rules that govern it, a rule in words, a field with
 * its schema's text, a name with its type, a word of the language. Null where there is nothing to say.
 *
 * @param link how a line of a file is linked to; by default its path and `#L12`
 */
export function hover(
  snapshot: Snapshot,
  path: string,
  offset: number,
  link: LinkTo = (file, line) => `${file}#L${line}`,
): Hover | null {
  const file = snapshot.files.get(path);
  if (!file || isComment(file, offset)) return null;
  const writing: Writing = { snapshot, path, link };
  const nodes = pathAt(file.tree, offset).toReversed();
  const [inner] = nodes;
  const markdown = cardOf(writing, nodes, offset);
  if (inner && markdown !== null && markdown !== "")
    return { span: { start: inner.start, end: inner.end }, markdown };
  return isName(inner) ? null : word(writing, file, nodes, offset);
}

const isComment = ({ tree }: SnapshotFile, offset: number): boolean => {
  // Comments are in order, and there may be thousands of them.
  let [low, high] = [0, tree.comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tree.comments[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return (tree.comments[low]?.start ?? Infinity) <= offset;
};

const isName = (node: Node | undefined): boolean =>
  node !== undefined && "text" in node && !("items" in node);

/** A word of the language, where it stands as one, with what it begins. */
function word(
  writing: Writing,
  { text }: SnapshotFile,
  nodes: readonly Node[],
  offset: number,
): Hover | null {
  const [inner] = nodes;
  if (inner?.kind === "string" || inner?.kind === "template") return null;
  const isLetter = (at: number) => /[\w-]/.test(text[at] ?? "");
  let start = offset;
  let end = offset;
  while (start > 0 && isLetter(start - 1)) start--;
  while (end < text.length && isLetter(end)) end++;
  const found = text.slice(start, end);
  const kinds = nodes.flatMap(({ kind }) => kind ?? []);
  const doc = wordDoc(found, kinds);
  const begun = inner && begunCard(writing, inner, found, start);
  const general = doc === null ? null : `**${found}**: ${doc}`;
  const markdown = inner?.kind === "shape" ? (begun ?? general) : paragraphs(begun, general);
  return markdown === null || markdown === "" ? null : { span: { start, end }, markdown };
}

/** What begins with a word: a shape, a block with its tools, a claim. */
function begunCard(writing: Writing, node: Node, found: string, start: number): string | null {
  const { snapshot, path } = writing;
  if (node.kind === "shape" && node.start === start) return rootCard(writing, found);
  if (node.kind === "claim" && node.start === start) return claimWords(snapshot, path, node as ClaimNode);
  if (node.kind !== "block" || !(found === "on" || found === "where")) return null;
  const covered = snapshot.result.facts.covered((node as BlockItem).tools);
  if (!covered) return null;
  const beside = covered.unknown ? " and undeclared tools" : "";
  return paragraphs(`Covers ${counted(covered.tools.length, "tool")}${beside}`, toolList(covered.tools));
}
