import type { CallHierarchyItem } from "vscode-languageserver";
import { callItems, incomingCalls, outgoingCalls } from "../../ide/features/calls.ts";
import type { CallItem } from "../../ide/model.ts";
import { kindOf, SYMBOL_KINDS } from "../convert/kinds.ts";
import { askedAnywhere, everySnapshot, type Session } from "../session.ts";

/** Who uses functions and tracks, and what these use. */
export function answerCalls(session: Session): void {
  const { connection, range, uris } = session;
  const { callHierarchy } = connection.languages;
  callHierarchy.onPrepare(async (params) => {
    const found = await askedAnywhere(session, params);
    if (!found) return null;
    const items = callItems(found.snapshot, found.path, found.offset);
    return items.map((item) => shown(session, item));
  });
  callHierarchy.onIncomingCalls(async ({ item }) => {
    const path = uris.pathOf(item.uri);
    const edges = incomingCalls(await everySnapshot(session, path), plain(session, item));
    return edges.map((edge) => ({
      from: shown(session, edge.item),
      fromRanges: edge.at.map((span) => range(edge.item.file, span)),
    }));
  });
  callHierarchy.onOutgoingCalls(async ({ item }) => {
    const path = uris.pathOf(item.uri);
    const edges = outgoingCalls(await everySnapshot(session, path), plain(session, item));
    return edges.map((edge) => ({
      to: shown(session, edge.item),
      fromRanges: edge.at.map((span) => range(path, span)),
    }));
  });
}

const shown = (
  { uris, range }: Session,
  { name, kind, file, start, end, all }: CallItem,
): CallHierarchyItem => ({
  name,
  kind: SYMBOL_KINDS[kind],
  uri: uris.uriOf(file),
  range: range(file, all),
  selectionRange: range(file, { start, end }),
});

/** The item as it was given, at its place now. */
const plain = (
  { uris, places }: Session,
  { name, kind, uri, range, selectionRange }: CallHierarchyItem,
): CallItem => {
  const file = uris.pathOf(uri);
  const span = (of: typeof range) => places(file)?.span(of) ?? { start: 0, end: 0 };
  return {
    name,
    kind: kindOf(SYMBOL_KINDS, kind) as CallItem["kind"],
    file,
    ...span(selectionRange),
    all: span(range),
  };
};
