import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver";
import { documentSymbols, workspaceSymbols } from "../../ide/features/symbols.ts";
import type { DocumentSymbol as Outlined } from "../../ide/model.ts";
import { SYMBOL_KINDS } from "../convert/kinds.ts";
import type { Places } from "../convert/positions.ts";
import { distinct } from "../distinct.ts";
import { asked, type Session } from "../session.ts";

/** The outline of a document, and everything with a name in all policies. */
export function answerSymbols(session: Session): void {
  const { connection, workspace } = session;
  connection.onDocumentSymbol(async ({ textDocument }) => {
    const found = await asked(session, textDocument);
    if (!found) return null;
    const symbols = documentSymbols(found.file);
    return session.client.hierarchy
      ? symbols.map((symbol) => nested(symbol, found.places))
      : symbols.flatMap((symbol) => flat(symbol, textDocument.uri, found.places));
  });
  connection.onWorkspaceSymbol(async ({ query }) => {
    await session.settled(() => workspace.files());
    const found = workspace.policies().flatMap(({ entry }) => {
      const snapshot = workspace.policy(entry);
      return snapshot ? workspaceSymbols(snapshot, query) : [];
    });
    return distinct(found).map(({ name, kind, container, ...place }) => ({
      name,
      kind: SYMBOL_KINDS[kind],
      location: session.location(place),
      ...(container !== undefined && { containerName: container }),
    }));
  });
}

const nested = (
  { name, kind, detail, span, selection, children }: Outlined,
  places: Places,
): DocumentSymbol => ({
  name,
  kind: SYMBOL_KINDS[kind],
  range: places.range(span),
  selectionRange: places.range(selection),
  children: children.map((child) => nested(child, places)),
  ...(detail !== undefined && { detail }),
});

/** For clients that show no outline in levels. */
const flat = (
  symbol: Outlined,
  uri: string,
  places: Places,
  container?: string,
): readonly SymbolInformation[] => [
  {
    name: symbol.name,
    kind: SYMBOL_KINDS[symbol.kind],
    location: { uri, range: places.range(symbol.selection) },
    ...(container !== undefined && { containerName: container }),
  },
  ...symbol.children.flatMap((child) => flat(child, uri, places, symbol.name)),
];
