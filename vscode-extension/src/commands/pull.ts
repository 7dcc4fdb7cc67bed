import {
  ShellExecution,
  type ShellQuotedString,
  ShellQuoting,
  Task,
  TaskScope,
  tasks,
  Uri,
  window,
  workspace,
} from "vscode";
import { type Host, ID, NAME } from "../host.ts";

/**
 * Asks how the server is reached and runs `agentpolicy pull` where its output is seen: a server is a program, and starting
 * one is left to the command that the folder has, in a terminal.
 */
export async function pullTools({ runs }: Host): Promise<void> {
  const folder = await folderToUse(runs);
  if (folder === null) return;
  const server = await window.showInputBox({
    title: "Pull Tools from a Server (1/2)",
    prompt: "The program that starts the MCP server, or the URL where it listens",
    placeHolder: "npx -y @modelcontextprotocol/server-filesystem .   or   https://mcp.example.com/mcp",
    ignoreFocusOut: true,
  });
  if (!server?.trim()) return;
  const file = await window.showInputBox({
    title: "Pull Tools from a Server (2/2)",
    prompt: "The catalogue file to write, from the folder's root",
    value: "server.tools.json",
    ignoreFocusOut: true,
  });
  if (!file?.trim()) return;
  const execution = new ShellExecution(await commandIn(folder), argumentsFor(server.trim(), file.trim()), {
    cwd: folder.fsPath,
  });
  await tasks.executeTask(
    new Task({ type: ID, task: "pull" }, TaskScope.Workspace, "Pull Tools", NAME, execution),
  );
}

/** Null where no program can be run; says why. */
async function folderToUse(runs: boolean): Promise<Uri | null> {
  const folders = workspace.workspaceFolders ?? [];
  if (!runs) {
    window.showInformationMessage(
      "Tools are pulled by a program, which a browser cannot run: `agentpolicy pull`.",
    );
  } else if (!workspace.isTrusted) {
    window.showInformationMessage("Trust the folder first: pulling starts a program.");
  } else if (folders.length === 0) {
    window.showInformationMessage("Open a folder first: the tools are written to a file in it.");
  } else {
    const chosen = folders.length === 1 ? folders[0] : await window.showWorkspaceFolderPick();
    return chosen?.uri ?? null;
  }
  return null;
}

/** The `agentpolicy` of the settings, else the one that is installed in the folder, else the one on the path. */
async function commandIn(folder: Uri): Promise<string> {
  const set = workspace.getConfiguration(ID, folder).get<string>("command", "").trim();
  if (set !== "") return set;
  const installed = Uri.joinPath(folder, "node_modules", ".bin", "agentpolicy");
  const isThere = await workspace.fs.stat(installed).then(
    () => true,
    () => false,
  );
  return isThere ? installed.fsPath : "agentpolicy";
}

/** What is typed as a program goes to the shell as typed; names and URLs are quoted. */
export function argumentsFor(server: string, file: string): (string | ShellQuotedString)[] {
  const quoted = (value: string) => ({ value, quoting: ShellQuoting.Strong });
  const out = ["pull", "-o", quoted(file)];
  return /^https?:\/\//i.test(server)
    ? [...out, "--url", quoted(server)]
    : [...out, "--", ...server.split(/\s+/).filter((word) => word !== "")];
}
