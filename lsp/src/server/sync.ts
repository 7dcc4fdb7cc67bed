import { aside } from "./connecting.ts";
import { edited } from "./documents.ts";
import type { Session } from "./session.ts";

/** Documents that the client opens, edits and closes. `onChange` is called after each change, `onOpen` for policies. */
export function syncDocuments(
  session: Session,
  onChange: () => void,
  onOpen: (path: string) => Promise<void>,
): void {
  const { connection, workspace, files, uris, versions } = session;
  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, text, version, languageId } = textDocument;
    const path = uris.pathOf(uri);
    versions.set(path, version);
    const policy = languageId === "agentpolicy" || path.endsWith(".agentpolicy");
    workspace.open(path, text, policy);
    onChange();
    if (policy) aside(connection, onOpen(path));
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const path = uris.pathOf(textDocument.uri);
    if (!versions.has(path)) return;
    versions.set(path, textDocument.version);
    workspace.open(path, edited(workspace.text(path) ?? "", contentChanges, session.client.encoding));
    onChange();
  });
  connection.onDidSaveTextDocument(() => {
    const stale = files.stale();
    if (stale.length === 0) return;
    workspace.changed(stale);
    onChange();
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    const path = uris.pathOf(textDocument.uri);
    versions.delete(path);
    files.forget([path]);
    workspace.close(path);
    onChange();
  });
}
