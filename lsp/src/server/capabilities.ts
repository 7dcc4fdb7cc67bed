import { PositionEncodingKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import type { Client } from "./client.ts";
import { ACTION_KINDS } from "./features/actions.ts";
import { COMMANDS } from "./features/commands.ts";
import { LEGEND } from "./features/tokens.ts";

/** What the server offers a client. */
export const capabilitiesFor = (client: Client): ServerCapabilities => ({
  positionEncoding: client.encoding === "utf-8" ? PositionEncodingKind.UTF8 : PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: [".", '"', "@", "(", "{", "["], resolveProvider: true },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  linkedEditingRangeProvider: true,
  callHierarchyProvider: true,
  renameProvider: { prepareProvider: true },
  semanticTokensProvider: { legend: LEGEND, range: true, full: { delta: true } },
  signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: [","] },
  inlayHintProvider: true,
  inlineValueProvider: true,
  codeLensProvider: { resolveProvider: true },
  ...(!client.hasCommands && { executeCommandProvider: { commands: COMMANDS } }),
  codeActionProvider: { codeActionKinds: [...ACTION_KINDS], resolveProvider: true },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
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
