import { isTestFile } from "@agentpolicy/language";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  FileChangeType,
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

export interface Following {
  /** The client is ready. */
  readonly start: () => Promise<void>;
  /** A document is opened. */
  readonly opened: (path: string) => Promise<void>;
  readonly stop: () => void;
}

/** Keeps the workspace in step with folders, files and settings, from the moment that the client is ready. */
export function follow(session: Session, listener: Listener): Following {
  const { connection, workspace, files, uris } = session;
  let folders: string[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  let inFolders = new Set<string>();
  /** Beside documents that were opened from elsewhere. */
  const elsewhere = new Set<string>();

  const tell = (): void => {
    session.found = [...new Set([...inFolders, ...elsewhere])];
    workspace.found(
      session.found.filter((path) =>
        inFolders.has(path) ? path.endsWith(".agentpolicy") : isTestFile(path),
      ),
    );
    listener.files();
  };
  const look = async (): Promise<void> => {
    inFolders = new Set(await files.find(folders));
    tell();
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
    const isMoved = changes.some(({ type }) => type !== FileChangeType.Changed);
    changed(paths);
    if (isMoved) return look();
  });
  return {
    opened: async (path) => {
      if (inFolders.has(path) || elsewhere.has(path)) return;
      for (const other of await files.beside(path)) elsewhere.add(other);
      tell();
    },
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
