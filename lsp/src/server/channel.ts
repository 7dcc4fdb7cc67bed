import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** How a client is spoken with. */
export type Channel =
  | { readonly kind: "stdio" }
  | { readonly kind: "ipc" }
  | { readonly kind: "socket"; readonly port: number }
  | { readonly kind: "pipe"; readonly name: string };

/** What the command line says, as editors say it: `--socket=7000` or `--socket 7000`; standard input and output otherwise. */
export function channelOf(argv: readonly string[]): Channel {
  const value = (option: string): string | undefined => {
    const at = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
    return at < 0 ? undefined : ((argv[at]?.slice(option.length + 1) || argv[at + 1]) ?? "");
  };
  const [socket, pipe] = [value("--socket"), value("--pipe")];
  if (argv.includes("--node-ipc")) return { kind: "ipc" };
  if (socket !== undefined) return { kind: "socket", port: Number(socket) };
  if (pipe !== undefined) return { kind: "pipe", name: pipe };
  return { kind: "stdio" };
}

/** The connection to a port of this machine, or to a named pipe. `onFailure` is told why there is none. */
export function connected(
  channel: Extract<Channel, { kind: "socket" | "pipe" }>,
  onFailure: (reason: string) => void,
): Duplex {
  const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65_536;
  if (channel.kind === "socket" && !isPort(channel.port)) onFailure("a port is a number from 1 to 65535");
  const stream = channel.kind === "socket" ? connect(channel.port, "127.0.0.1") : connect(channel.name);
  stream.on("error", (error) => onFailure(error.message));
  return stream;
}
