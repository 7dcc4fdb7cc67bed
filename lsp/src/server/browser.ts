import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { STRATEGY } from "./connecting.ts";
import { clientFiles } from "./files/client.ts";
import { serve } from "./server.ts";

export interface BrowserServerOptions {
  /** What the server says its version is. */
  readonly version: string;
  /** URI of the folder with the pages of diagnostic codes; without it codes have no links, unless the client says where. */
  readonly pages?: string;
}

/** What messages come from and go to: a worker's own scope, or one end of a channel. */
export type ServerPort = ConstructorParameters<typeof BrowserMessageReader>[0];

/**
 * Serves in a worker: `startBrowserServer(self, …)`. Files come from the client, which answers `agentpolicy/readFile` and
 * `agentpolicy/findFiles`.
 */
export function startBrowserServer(port: ServerPort, { version, pages }: BrowserServerOptions): void {
  const connection = createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port), {
    connectionStrategy: STRATEGY,
  });
  serve(connection, {
    files: (uris) => clientFiles(connection, uris),
    pages: pages ?? null,
    version,
  });
  connection.listen();
}
