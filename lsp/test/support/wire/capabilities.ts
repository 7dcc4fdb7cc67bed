import type { ClientCapabilities } from "vscode-languageserver-protocol/node";

/** A client that can do whatever the server can. */
export const ABLE: ClientCapabilities = {
  textDocument: {
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      isPreferredSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    diagnostic: { relatedInformation: true },
  },
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
  },
};
