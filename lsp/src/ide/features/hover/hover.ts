import type { Hover } from "../../model.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { type Node, pathAt } from "../../tree/path.ts";
import { cardOf } from "./card.ts";
import { rootCard } from "./expressions.ts";
import type { LinkTo, Writing } from "./markdown.ts";
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

/** A word of the language, where it stands as one. */
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
  const root =
    inner?.kind === "shape" && found !== "" && inner.start === start ? rootCard(writing, found) : null;
  const doc = root ?? wordDoc(found);
  return doc === null ? null : { span: { start, end }, markdown: root ?? `**${found}**: ${doc}` };
}
