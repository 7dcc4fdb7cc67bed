import { FoldingRangeKind, type SelectionRange } from "vscode-languageserver";
import { foldingRanges } from "../../ide/features/folding.ts";
import { documentLinks } from "../../ide/features/links.ts";
import { selectionRange } from "../../ide/features/selection.ts";
import { asked, type Session } from "../session.ts";

const FOLDS = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
  region: FoldingRangeKind.Region,
} as const;

/** Folding, growing selections, links to files. */
export function answerStructure(session: Session): void {
  const { connection, uris } = session;
  connection.onFoldingRanges(async ({ textDocument }) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const { places } = found;
    const line = (offset: number) => places.position(offset).line;
    // Who folds whole lines should still see the bracket that closes.
    const kept = (end: number) =>
      session.client.foldsLines && /[)\]}]/.test(places.text.charAt(end - 1)) ? 1 : 0;
    return foldingRanges(found.file).map(({ start, end, kind }) => ({
      startLine: line(start),
      endLine: Math.max(line(start), line(end) - kept(end)),
      ...(kind !== undefined && { kind: FOLDS[kind] }),
    }));
  });
  connection.onSelectionRanges(async ({ textDocument, positions }) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const { file, places } = found;
    return positions.map((position): SelectionRange => {
      const spans = selectionRange(file, places.offset(position)).map(places.range);
      const outer = spans.reduceRight<SelectionRange | undefined>(
        (parent, range) => ({ range, ...(parent && { parent }) }),
        undefined,
      );
      return outer ?? { range: { start: position, end: position } };
    });
  });
  connection.onDocumentLinks(async ({ textDocument }) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    return documentLinks(found.snapshot, found.path).map(({ span, file, tooltip }) => ({
      range: found.places.range(span),
      target: uris.uriOf(file),
      ...(tooltip !== undefined && { tooltip }),
    }));
  });
}
