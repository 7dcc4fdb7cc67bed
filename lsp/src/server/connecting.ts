import { type Connection, type ConnectionStrategy, LSPErrorCodes, Message } from "vscode-languageserver";

/** Requests that are given up before their turn has come are answered at once and never looked at. */
export const STRATEGY: ConnectionStrategy = {
  cancelUndispatched: (message) =>
    Message.isRequest(message)
      ? {
          jsonrpc: message.jsonrpc,
          id: message.id,
          error: { code: LSPErrorCodes.RequestCancelled, message: "cancelled" },
        }
      : undefined,
};

/** Lets work go on by itself; what goes wrong with it is told to the client's log, and ends nothing. */
export function aside({ console }: Pick<Connection, "console">, work: Promise<unknown>): void {
  work.catch((error: unknown) =>
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
}

/** Waits for a registration. A client that cannot do what it said it could goes without. */
export const registered = (asked: Promise<unknown>): Promise<unknown> => asked.catch(() => undefined);
