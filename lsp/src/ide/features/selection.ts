import type { SourceFile, Span } from "@agentpolicy/language";
import type { SelectionRange } from "../model.ts";
import { pathAt } from "../tree/path.ts";

/** What a selection at a place grows through: the word, each node around it, the line of items, the file. */
export function selectionRange({ tree }: { readonly tree: SourceFile }, offset: number): SelectionRange {
  const spans: Span[] = pathAt(tree, offset)
    .toReversed()
    .map(({ start, end }) => ({ start, end }));
  spans.push({ start: 0, end: tree.text.length });
  return spans.filter(({ start, end }, at) => {
    const inner = spans[at - 1];
    return start < end && !(inner && inner.start === start && inner.end === end);
  });
}
