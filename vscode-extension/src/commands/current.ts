import { type TextEditor, window } from "vscode";
import { ID } from "../host.ts";

/** The policy that is being edited; says so where there is none. */
export function currentPolicy(): TextEditor | null {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId === ID) return editor;
  window.showInformationMessage("Open a policy (.agentpolicy) first.");
  return null;
}
