import type { Edit } from "@agentpolicy/language";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Change } from "../../ide/model.ts";
import type { Session } from "../session.ts";

/** An edit of the file that it names. */
export const textEdit = ({ range }: Pick<Session, "range">, edit: Edit): TextEdit => ({
  range: range(edit.file, edit),
  newText: edit.text,
});

/** A change for the client; null where it makes files and the client cannot. */
export function workspaceEdit(session: Session, { edits, created = {} }: Change): WorkspaceEdit | null {
  const { client, uris, versions } = session;
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    files.set(edit.file, [...(files.get(edit.file) ?? []), textEdit(session, edit)]);
  }
  const made = Object.entries(created);
  if (!client.creates) {
    if (made.length > 0) return null;
    return { changes: Object.fromEntries([...files].map(([path, own]) => [uris.uriOf(path), own])) };
  }
  const changed = [...files].map(
    ([path, own]): TextDocumentEdit => ({
      textDocument: { uri: uris.uriOf(path), version: versions.get(path) ?? null },
      edits: own,
    }),
  );
  const added = made.flatMap(([path, text]) => {
    const uri = uris.uriOf(path);
    const start = { line: 0, character: 0 };
    return [
      { kind: "create" as const, uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ];
  });
  return { documentChanges: [...added, ...changed] };
}
