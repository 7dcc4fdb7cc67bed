import * as vscode from "vscode";
import type { Location, Range } from "./protocol.ts";

/** The editor's places from those of the protocol. */
export const rangeOf = ({ start, end }: Range): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

export const locationOf = ({ uri, range }: Location): vscode.Location =>
  new vscode.Location(vscode.Uri.parse(uri), rangeOf(range));

/** Opens a file at a place, beside what asks where that is not to be covered. */
export async function show({ uri, range }: Location, column?: vscode.ViewColumn): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    selection: rangeOf(range),
    ...(column !== undefined && { viewColumn: column }),
  });
}
