import type * as lsp from "vscode-languageserver-protocol/node";
import type { Completion, DocumentSymbol, FoldingRange } from "../../../../src/ide/model.ts";
import { COMPLETION_KINDS, kindOf, SYMBOL_KINDS } from "../../../../src/server/convert/kinds.ts";
import { shownCompletion } from "../../shown/completion.ts";
import { shownFolding, shownLinks, shownSelection, shownSymbols } from "../../shown/tree.ts";
import type { Ask, Scene } from "../scene.ts";

/** What can be told from the tree, and completion. */
export const TREE: Readonly<Record<string, Ask>> = {
  symbols: async (scene) => {
    const symbols = await scene.ask<lsp.DocumentSymbol[]>("documentSymbol");
    return shownSymbols(
      scene.snapshot,
      scene.asked.path,
      symbols.map((symbol) => symbolOf(scene, symbol)),
    );
  },
  folding: async (scene) => {
    const ranges = await scene.ask<lsp.FoldingRange[]>("foldingRange");
    return shownFolding(
      scene.text,
      ranges.map((range) => foldOf(scene, range)),
    );
  },
  selection: async (scene) => {
    const [first] = await scene.ask<lsp.SelectionRange[]>("selectionRange", { positions: [scene.position] });
    const spans = [];
    for (let range = first; range; range = range.parent) spans.push(scene.span(range.range));
    return shownSelection(scene.text, spans);
  },
  links: async (scene) => {
    const links = await scene.ask<lsp.DocumentLink[]>("documentLink");
    const plain = links.map(({ range, target }) => ({
      span: scene.span(range),
      file: scene.path(target ?? ""),
    }));
    return shownLinks(scene.snapshot, scene.asked.path, plain);
  },
  completion: async (scene) => {
    const { items } = await scene.ask<lsp.CompletionList>("completion");
    const plain = items.map((item) => completionOf(scene, item));
    return shownCompletion(plain, scene.text, scene.asked.offset, scene.asked.words);
  },
};

const symbolOf = (
  scene: Scene,
  { name, kind, detail, range, selectionRange, children = [] }: lsp.DocumentSymbol,
): DocumentSymbol => ({
  name,
  kind: kindOf(SYMBOL_KINDS, kind),
  span: scene.span(range),
  selection: scene.span(selectionRange),
  children: children.map((child) => symbolOf(scene, child)),
  ...(detail !== undefined && { detail }),
});

const foldOf = ({ snapshot, asked }: Scene, { startLine, endLine, kind }: lsp.FoldingRange): FoldingRange => {
  const start = snapshot.files.get(asked.path)?.lines.offset({ line: startLine, character: 0 }) ?? 0;
  const end = snapshot.files.get(asked.path)?.lines.offset({ line: endLine, character: 0 }) ?? 0;
  return { start, end, ...(kind !== undefined && { kind: kind as "comment" | "imports" }) };
};

const completionOf = (scene: Scene, item: lsp.CompletionItem): Completion => {
  const { label, kind, textEdit, detail, documentation, filterText, sortText, insertTextFormat } = item;
  const { range, newText } = textEdit as lsp.TextEdit;
  return {
    label,
    kind: kindOf(COMPLETION_KINDS, kind),
    replace: scene.span(range),
    insert: newText,
    snippet: insertTextFormat === 2,
    rank: Number(sortText),
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { doc: (documentation as lsp.MarkupContent).value }),
    ...(filterText !== undefined && { filter: filterText }),
  };
};
