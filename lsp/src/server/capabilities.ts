import { PositionEncodingKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import type { Client } from "./client.ts";

/** What the server offers a client. */
export const capabilitiesFor = (client: Client): ServerCapabilities => ({
  positionEncoding: client.encoding === "utf-8" ? PositionEncodingKind.UTF8 : PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: [".", '"', "@", "(", "{", "["], resolveProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  ...(client.pulls && {
    diagnosticProvider: {
      identifier: "agentpolicy",
      interFileDependencies: true,
      workspaceDiagnostics: true,
    },
  }),
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});
