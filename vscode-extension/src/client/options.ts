import { type ExtensionContext, Uri } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";
import { ID } from "../host.ts";

/** What the server is told of the editor. */
export const clientOptions = ({ extensionUri }: ExtensionContext): LanguageClientOptions => ({
  // Catalogues and lists of values are JSON: policies see them as they are being edited.
  documentSelector: [
    { language: ID },
    { scheme: "file", language: "json" },
    { scheme: "vscode-vfs", language: "json" },
    { scheme: "vscode-test-web", language: "json" },
  ],
  initializationOptions: {
    commands: true,
    pages: Uri.joinPath(extensionUri, "dist", "pages").toString(),
  },
});
