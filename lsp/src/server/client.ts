import { type InitializeParams, PositionEncodingKind } from "vscode-languageserver";
import type { Encoding } from "./convert/positions.ts";

/** What a client can do, as far as the server's answers depend on it. */
export interface Client {
  readonly encoding: Encoding;
  readonly folders: readonly string[];
  /** URI of the folder that has the pages of diagnostic codes; without one, codes have no links. */
  readonly pages: string | null;
  /** The client has the commands of code lenses itself. */
  readonly hasCommands: boolean;
  /** Settings given at the start, for clients that send none later. */
  readonly settings: unknown;
  readonly pulls: boolean;
  readonly configuration: boolean;
  readonly watches: boolean;
  readonly folderEvents: boolean;
  readonly progress: boolean;
  readonly snippets: boolean;
  readonly resolvesDocs: boolean;
  readonly resolvesEdits: boolean;
  readonly related: boolean;
  readonly links: boolean;
  readonly hierarchy: boolean;
  readonly creates: boolean;
  readonly foldsLines: boolean;
  readonly refreshes: {
    readonly diagnostics: boolean;
    readonly inlay: boolean;
    readonly lenses: boolean;
    readonly tokens: boolean;
  };
}

/** `pages` is where the pages of codes are, where the client does not say. */
export function clientOf(params: InitializeParams, pages: string | null): Client {
  const { capabilities, workspaceFolders, rootUri } = params;
  const { general, textDocument, workspace, window } = capabilities;
  const options = optionsOf(params.initializationOptions);
  const utf8 = general?.positionEncodings?.[0] === PositionEncodingKind.UTF8;
  const item = textDocument?.completion?.completionItem;
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return {
    encoding: utf8 ? "utf-8" : "utf-16",
    folders,
    pages: options.pages ?? pages,
    hasCommands: options.hasCommands,
    settings: options.settings,
    pulls: textDocument?.diagnostic !== undefined,
    configuration: workspace?.configuration === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folderEvents: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    snippets: item?.snippetSupport === true,
    resolvesDocs: item?.resolveSupport?.properties.includes("documentation") === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true,
    related:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    links: textDocument?.definition?.linkSupport === true,
    hierarchy: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    creates:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes("create") === true,
    foldsLines: textDocument?.foldingRange?.lineFoldingOnly === true,
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      inlay: workspace?.inlayHint?.refreshSupport === true,
      lenses: workspace?.codeLens?.refreshSupport === true,
      tokens: workspace?.semanticTokens?.refreshSupport === true,
    },
  };
}

/** `initializationOptions`: `{ settings, pages, commands }`. */
function optionsOf(given: unknown): {
  readonly settings: unknown;
  readonly pages: string | undefined;
  readonly hasCommands: boolean;
} {
  const options =
    typeof given === "object" && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const { settings, pages, commands } = options;
  return {
    settings,
    pages: typeof pages === "string" ? pages.replace(/\/?$/, "/") : undefined,
    hasCommands: commands === true,
  };
}
