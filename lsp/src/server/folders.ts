import { isTestFile } from "@agentpolicy/language";
import { DidChangeWatchedFilesNotification, FileChangeType } from "vscode-languageserver";
import { aside, registered } from "./connecting.ts";
import type { Session } from "./session.ts";

/** How often files are looked at where the client does not watch them, in milliseconds. */
const LOOK = 2000;

export interface Following {
  /** The client is ready. */
  readonly start: () => Promise<void>;
  /** A document is opened. */
  readonly opened: (path: string) => Promise<void>;
  readonly stop: () => void;
}

/** Keeps the workspace in step with folders and files, from the moment that the client is ready. */
export function follow(session: Session, onChange: () => void): Following {
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
    onChange();
  };
  const look = async (): Promise<void> => {
    inFolders = new Set(await files.find(folders));
    tell();
  };
  const changed = (paths: readonly string[]): void => {
    if (paths.length === 0) return;
    files.forget(paths);
    workspace.changed(paths);
    onChange();
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.map(({ uri }) => uris.pathOf(uri));
    const isMoved = changes.some(({ type }) => type !== FileChangeType.Changed);
    changed(paths);
    if (isMoved) aside(connection, look());
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
  if (client.folderEvents) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      aside(
        connection,
        onFolders({
          added: added.map(({ uri }) => uris.pathOf(uri)),
          removed: removed.map(({ uri }) => uris.pathOf(uri)),
        }),
      ),
    );
  }
  if (client.watches) {
    const watchers = ["**/*.agentpolicy", "**/*.json"].map((globPattern) => ({ globPattern }));
    await registered(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }
}
