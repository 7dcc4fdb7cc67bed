import { type CancellationToken, FileType, Uri, workspace } from "vscode";
import type { Client } from "../host.ts";

const SKIPPED = new Set(["node_modules", ".git", "dist"]);
const ENDING = /\.(?:agentpolicy|json)$/;
/** Folders that are looked through where the editor cannot search. */
const MOST_FOLDERS = 2000;

/** Answers a server that cannot read files itself. */
export function answerFiles(client: Client): void {
  client.onRequest("agentpolicy/readFile", async ({ uri }: { readonly uri: string }) => ({
    text: await textOf(Uri.parse(uri)),
  }));
  client.onRequest("agentpolicy/findFiles", async (_: object, token?: CancellationToken) => ({
    uris: (await findFiles(token)).map(String),
  }));
}

/** The text of a file in UTF-8, as saved; null where there is none. */
export async function textOf(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** The policies and JSON files of the workspace. */
async function findFiles(token?: CancellationToken): Promise<readonly Uri[]> {
  const found = await workspace.findFiles(
    "**/*.{agentpolicy,json}",
    `**/{${[...SKIPPED].join(",")}}/**`,
    undefined,
    token,
  );
  // Editors that serve files of their own need not be able to search them.
  return found.length > 0 ? found : walked((workspace.workspaceFolders ?? []).map(({ uri }) => uri));
}

async function walked(folders: readonly Uri[]): Promise<readonly Uri[]> {
  const found: Uri[] = [];
  const open = [...folders];
  for (let seen = 0; seen < MOST_FOLDERS; seen += 1) {
    const folder = open.shift();
    if (folder === undefined) break;
    const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
    for (const [name, type] of entries) {
      const uri = Uri.joinPath(folder, name);
      if (type === FileType.Directory && !SKIPPED.has(name)) open.push(uri);
      if (type === FileType.File && ENDING.test(name)) found.push(uri);
    }
  }
  return found;
}
