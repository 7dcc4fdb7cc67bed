import { createConnection } from "vscode-languageserver/node";
import { STRATEGY } from "./connecting.ts";
import { diskFiles } from "./files/disk.ts";
import { serve } from "./server.ts";

export interface NodeServerOptions {
  /** What the server says its version is. */
  readonly version: string;
  /** URI of the folder with the pages of diagnostic codes (`unknown-tool.md`); without it codes have no links. */
  readonly pages?: string;
}

const CHANNEL = /^--(?:node-ipc|socket|pipe)\b/;

/**
 * Serves over standard input and output, or over what the command line says (`--node-ipc`, `--socket=PORT`,
 * `--pipe=NAME`). Ends the process when the client says so, goes away or dies: with 0 after a shutdown, else with 1.
 */
export function startNodeServer({ version, pages }: NodeServerOptions): void {
  const isChannelGiven = process.argv.some((argument) => CHANNEL.test(argument));
  const connection = isChannelGiven
    ? createConnection({ connectionStrategy: STRATEGY })
    : createConnection(process.stdin, process.stdout, { connectionStrategy: STRATEGY });
  serve(connection, { files: diskFiles, pages: pages ?? null, version });
  connection.listen();
}
