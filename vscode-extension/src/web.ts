import { type ExtensionContext, Uri } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { start } from "./extension.ts";
import { type Host, ID, NAME } from "./host.ts";

/** The extension in a browser: the server is a worker, and reads files through the editor. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist", "worker.js").toString(true);
  let worker: Worker | undefined;
  // A server is started anew in a worker of its own. Editors may give workers of another class than `Worker`.
  const connect = async (): Promise<MessageTransports> => {
    worker?.terminate();
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  const host: Host = {
    client: (options) => new LanguageClient(ID, NAME, connect, options),
    runs: false,
  };
  return start(context, host);
}
