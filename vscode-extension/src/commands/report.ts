import { commands, EventEmitter, type ExtensionContext, Uri, ViewColumn, window, workspace } from "vscode";

/** Documents that nobody edits. */
const SCHEME = "agentpolicy-report";

/** Shows a text in Markdown beside the editor, under a name; a later one of that name takes its place. */
export type Report = (name: string, text: string) => Promise<void>;

export function reports({ subscriptions }: ExtensionContext): Report {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri: Uri) => texts.get(uri.path) ?? "",
  };
  subscriptions.push(changed, workspace.registerTextDocumentContentProvider(SCHEME, provider));
  return async (name, text) => {
    const uri = Uri.from({ scheme: SCHEME, path: `/${name}.md` });
    texts.set(uri.path, text);
    changed.fire(uri);
    try {
      await commands.executeCommand("markdown.showPreviewToSide", uri);
    } catch {
      // Editors need not have a preview of Markdown.
      await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true });
    }
  };
}
