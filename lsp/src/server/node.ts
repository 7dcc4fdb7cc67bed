import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
} from "vscode-languageserver/node";
import { type Channel, channelOf, connected } from "./channel.ts";
import { STRATEGY } from "./connecting.ts";
import { diskFiles } from "./files/disk.ts";
import { serve } from "./server.ts";

export interface NodeServerOptions {
  /** What the server says its version is. */
  readonly version: string;
  /** URI of the folder with the pages of diagnostic codes (`unknown-tool.md`); without it codes have no links. */
  readonly pages?: string;
}

/**
 * Serves over standard input and output, or over what the command line says (`--node-ipc`, `--socket=PORT`,
 * `--pipe=NAME`). Ends the process when the client says so, goes away or dies: with 0 after a shutdown, else with 1.
 */
export function startNodeServer({ version, pages }: NodeServerOptions): void {
  const connection = connectionOver(channelOf(process.argv.slice(2)));
  serve(connection, { files: diskFiles, pages: pages ?? null, version });
  connection.listen();
}

const OPTIONS = { connectionStrategy: STRATEGY };

function connectionOver(channel: Channel): Connection {
  if (channel.kind === "stdio") return createConnection(process.stdin, process.stdout, OPTIONS);
  if (channel.kind === "ipc") {
    process.once("disconnect", () => process.exit(1));
    return createConnection(new IPCMessageReader(process), new IPCMessageWriter(process), OPTIONS);
  }
  const stream = connected(channel, (reason) => {
    process.stderr.write(`cannot connect: ${reason}\n`);
    process.exit(1);
  });
  return createConnection(stream, stream, OPTIONS);
}
