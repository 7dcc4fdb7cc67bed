import { commands, Uri, window, workspace } from "vscode";
import type { Server } from "../server.ts";
import { counted } from "../words.ts";
import { currentPolicy } from "./current.ts";

/** Compiles the policy under the cursor and writes its files beside it: the same bytes as `agentpolicy compile`. */
export async function compile(server: Server): Promise<void> {
  const editor = currentPolicy();
  if (editor === null) return;
  await workspace.saveAll(false);
  const answer = await server.compile(editor.document.uri);
  if (answer === null) return;
  const { policy, files } = answer;
  if (files === null) {
    const pressed = await window.showErrorMessage(
      `The policy has ${counted(policy.errors, "error")}; nothing was written.`,
      "Show",
    );
    if (pressed) await commands.executeCommand("workbench.actions.view.problems");
    return;
  }
  const written = files.map(({ uri, text }) => ({ uri: Uri.parse(uri), text }));
  try {
    for (const { uri, text } of written) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    window.showErrorMessage(
      `Nothing more was written: ${error instanceof Error ? error.message : String(error)}`,
    );
    return;
  }
  const module = written[0]?.uri;
  const names = written.map(({ uri }) => uri.path.slice(uri.path.lastIndexOf("/") + 1));
  const pressed = await window.showInformationMessage(`Wrote ${names.join(", ")}.`, "Open");
  if (pressed && module) await window.showTextDocument(module);
}
