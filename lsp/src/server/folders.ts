import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
} from "vscode-languageserver";
import type { Session } from "./session.ts";
import { settingsFrom } from "./settings.ts";

/** How often files are looked at where the client does not watch them, in milliseconds. */
const LOOK = 2000;

/** What is told whenever something changed outside of documents. */
export interface Listener {
  /** Files changed, or policies were found or lost. */
  readonly files: () => void;
  readonly settings: () => void;
}

/** Keeps the workspace in step with folders, files and settings, from the moment that the client is ready. */
export function follow(
  session: Session,
  listener: Listener,
): { readonly start: () => Promise<void>; readonly stop: () => void } {
  const { connection, workspace, files, uris } = session;
  let folders: string[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  const found = new Set<string>();

  const look = async (): Promise<void> => {
    const policies = await files.find(folders);
    found.clear();
    for (const path of policies) found.add(path);
    workspace.found(found);
    listener.files();
  };
  const changed = (paths: readonly string[]): void => {
    if (paths.length === 0) return;
    files.forget(paths);
    workspace.changed(paths);
    listener.files();
  };
  const readSettings = async (given: unknown): Promise<void> => {
    const { client } = session;
    const settings = client.configuration
      ? await connection.workspace.getConfiguration("agentpolicy").catch(() => null)
      : given;
    session.settings = settingsFrom(settings ?? client.settings);
    listener.settings();
  };
  connection.onDidChangeConfiguration(({ settings }) => readSettings(settings?.agentpolicy));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.map(({ uri }) => uris.pathOf(uri));
    const isNew = paths.some((path) => path.endsWith(".agentpolicy") && !found.has(path));
    changed(paths);
    if (isNew) return look();
  });
  return {
    start: async () => {
      folders = session.client.folders.map(uris.pathOf);
      await register(session, (change) => {
        folders = folders.filter((path) => !change.removed.includes(path)).concat(change.added);
        return look();
      });
      if (!session.client.watches) timer = setInterval(() => changed(files.stale()), LOOK);
      await readSettings(undefined);
      await look();
    },
    stop: () => clearInterval(timer),
  };
}

/** Asks the client to tell of changes. */
async function register(
  { client, connection, uris }: Session,
  onFolders: (change: { readonly added: string[]; readonly removed: string[] }) => Promise<void>,
): Promise<void> {
  const asked: Promise<Disposable>[] = [];
  if (client.watches) {
    const watchers = ["**/*.agentpolicy", "**/*.json"].map((globPattern) => ({ globPattern }));
    asked.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }
  if (client.configuration) {
    asked.push(
      connection.client.register(DidChangeConfigurationNotification.type, { section: "agentpolicy" }),
    );
  }
  if (client.folderEvents) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      onFolders({
        added: added.map(({ uri }) => uris.pathOf(uri)),
        removed: removed.map(({ uri }) => uris.pathOf(uri)),
      }),
    );
  }
  // A client that cannot do what it said it could goes without.
  await Promise.allSettled(asked);
}
