import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { isMistake, type Mistake } from "../result.ts";
import { VERSION } from "../version.ts";
import type { World } from "../world.ts";
import { endChild } from "./child.ts";
import { explainFailure } from "./failure.ts";

/** Where an MCP server is: a program that speaks over standard input and output, or a Streamable HTTP endpoint. */
export type ServerPlace =
  | { readonly kind: "stdio"; readonly command: string; readonly args: readonly string[] }
  | { readonly kind: "http"; readonly url: URL; readonly headers: Readonly<Record<string, string>> };

/** What is heard from a server beside its answers: the last of its error output, and output that is no message. */
export interface Heard {
  stderr: string;
  babble: string | null;
  /** The process that was started for it. */
  pid: number | null;
}

/**
 * Starts or reaches the server, does `work` with a connected client, and closes it again, also when the command is
 * interrupted. Every failure (no such program, an early end, silence, other output than MCP) comes back as a mistake.
 * `timeout` in milliseconds bounds each single answer.
 */
export const withServer = async <T>(
  place: ServerPlace,
  timeout: number,
  world: World,
  work: (client: Client, timeout: number) => Promise<T | Mistake>,
): Promise<T | Mistake> => {
  const heard: Heard = { stderr: "", babble: null, pid: null };
  const transport = transportTo(place, heard);
  const client = new Client({ name: "agentpolicy", version: VERSION });
  const close = async () => {
    await client.close().catch(() => undefined);
    await endChild(heard.pid);
  };
  const forget = world.onInterrupt(close);
  try {
    await client.connect(transport, { timeout });
    // The client has taken over the transport's handlers; what it cannot read it reports here.
    return await work(client, timeout);
  } catch (error) {
    const failure = explainFailure(error, place, heard, timeout);
    if (isMistake(failure)) return failure;
    throw error;
  } finally {
    forget();
    await close();
  }
};

const transportTo = (place: ServerPlace, heard: Heard): Transport => {
  if (place.kind === "http") {
    // The SDK's class is a Transport but for `sessionId?: string`, which exactOptionalPropertyTypes tells apart.
    return new StreamableHTTPClientTransport(place.url, {
      requestInit: { headers: place.headers },
    }) as Transport;
  }
  const env = Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const transport = new StdioClientTransport({
    command: place.command,
    args: [...place.args],
    env,
    stderr: "pipe",
  });
  const start = transport.start.bind(transport);
  transport.start = async () => {
    await start();
    heard.pid = transport.pid;
  };
  transport.stderr?.on("data", (chunk: Buffer) => {
    heard.stderr = (heard.stderr + chunk.toString("utf8")).slice(-2000);
  });
  transport.onerror = (error) => {
    heard.babble ??= error.message;
  };
  return transport;
};
