import type { SourceFile } from "@agentpolicy/language";
import type { FoldingRange } from "../model.ts";
import { nodesOf } from "../tree/path.ts";

const FOLDED: readonly (string | undefined)[] = [
  "tools",
  "shape",
  "type",
  "let",
  "fn",
  "block",
  "rule",
  "test",
  "prove",
  "record",
  "list",
  "type-record",
];

/** What can be folded away: everything with more than one line that a reader may want to skip. */
export function foldingRanges({ tree }: { readonly tree: SourceFile }): readonly FoldingRange[] {
  const isLong = ({ start, end }: FoldingRange) => tree.text.slice(start, end).includes("\n");
  const nodes = [...nodesOf(tree)]
    .filter(({ kind }) => FOLDED.includes(kind))
    .map(({ start, end }) => ({ start, end }));
  return [...nodes, ...imports(tree), ...comments(tree)]
    .filter(isLong)
    .sort((one, other) => one.start - other.start);
}

/** Runs of imports. */
function imports({ items }: SourceFile): readonly FoldingRange[] {
  const runs: { start: number; end: number; kind: "imports" }[] = [];
  items.forEach((item, at) => {
    if (item.kind !== "import") return;
    const last = runs.at(-1);
    if (last && items[at - 1]?.kind === "import") last.end = item.end;
    else runs.push({ start: item.start, end: item.end, kind: "imports" });
  });
  return runs;
}

/** Comments in blocks, and runs of comment lines with nothing between them. */
function comments({ comments, text }: SourceFile): readonly FoldingRange[] {
  const runs: { start: number; end: number; kind: "comment" }[] = [];
  for (const { start, end } of comments) {
    const last = runs.at(-1);
    if (last && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(last.end, start))) last.end = end;
    else runs.push({ start, end, kind: "comment" });
  }
  return runs;
}
