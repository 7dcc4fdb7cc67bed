import type * as lsp from "vscode-languageserver-protocol/node";
import type { Change } from "../../../src/ide/model.ts";
import type { Scene } from "./scene.ts";

/** A change as it came over the wire. */
export function changeOf(scene: Scene, edit: lsp.WorkspaceEdit | null): Change {
  const created: Record<string, string> = {};
  const edits: Change["edits"][number][] = [];
  for (const change of edit?.documentChanges ?? []) {
    if ("kind" in change) {
      if (change.kind === "create") created[scene.path(change.uri)] = "";
      continue;
    }
    const file = scene.path(change.textDocument.uri);
    for (const one of change.edits as lsp.TextEdit[]) {
      if (file in created) created[file] += one.newText;
      else edits.push({ ...scene.span(one.range, file), file, text: one.newText });
    }
  }
  return { edits, ...(Object.keys(created).length > 0 && { created }) };
}
