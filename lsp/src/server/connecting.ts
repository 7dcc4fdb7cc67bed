import { type ConnectionStrategy, LSPErrorCodes, Message } from "vscode-languageserver";

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
