import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { start } from "./extension.ts";
import { type Host, ID, NAME } from "./host.ts";

/** The extension in a browser: the server is a worker, and reads files through the editor. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist", "worker.js").toString(true);
  const host: Host = {
    client: (options) => new LanguageClient(ID, NAME, async () => new Worker(script), options),
    runs: false,
  };
  return start(context, host);
}
