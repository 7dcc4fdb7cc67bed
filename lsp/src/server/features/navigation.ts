import { DocumentHighlightKind, type Location, type LocationLink } from "vscode-languageserver";
import { definition } from "../../ide/features/definition.ts";
import { highlights } from "../../ide/features/highlights.ts";
import { linkedEditing } from "../../ide/features/linked.ts";
import { references } from "../../ide/features/references.ts";
import type { Target } from "../../ide/model.ts";
import { askedAnywhere, everySnapshot, type Session } from "../session.ts";

const HIGHLIGHTS = { read: DocumentHighlightKind.Read, write: DocumentHighlightKind.Write } as const;

/** Where names come from and where they are used. */
export function answerNavigation(session: Session): void {
  const { connection, location } = session;
  connection.onDefinition(async (params): Promise<Location[] | LocationLink[] | null> => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const targets = definition(found.snapshot, found.path, found.offset);
    return session.client.links ? targets.map((target) => link(session, target)) : targets.map(location);
  });
  connection.onReferences(async (params) => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const { path, offset } = found;
    const snapshots = await everySnapshot(session, path);
    const declaration = params.context.includeDeclaration;
    return references(snapshots, path, offset, { declaration }).map(location);
  });
  connection.onDocumentHighlight(async (params) => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const { snapshot, path, offset, places } = found;
    return highlights(snapshot, path, offset).map(({ kind, ...span }) => ({
      range: places.range(span),
      kind: HIGHLIGHTS[kind],
    }));
  });
  connection.languages.onLinkedEditingRange(async (params) => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const { snapshot, path, offset, places } = found;
    const spans = linkedEditing(snapshot, path, offset);
    return spans.length === 0 ? null : { ranges: spans.map(places.range) };
  });
}

const link = ({ uris, range }: Session, { file, start, end, all }: Target): LocationLink => ({
  targetUri: uris.uriOf(file),
  targetRange: range(file, all ?? { start, end }),
  targetSelectionRange: range(file, { start, end }),
});
