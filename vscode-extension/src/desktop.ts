import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { start } from "./extension.ts";
import { type Host, ID, NAME } from "./host.ts";

/** The extension where there are files and programs: the server is a process of its own. */
export function activate(context: ExtensionContext): Promise<void> {
  const module = Uri.joinPath(context.extensionUri, "dist", "server.cjs").fsPath;
  const host: Host = {
    client: (options) => new LanguageClient(ID, NAME, { module, transport: TransportKind.ipc }, options),
    runs: true,
  };
  return start(context, host);
}
