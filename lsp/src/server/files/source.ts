/** Where files come from: the disk, or the client. Paths are those of `Uris`. */
export interface FileSource {
  /** The text of a file; undefined where there is none, or where it has not come yet. */
  readonly read: (path: string) => string | undefined;
  /** The policy files and JSON files in and below folders. */
  readonly find: (folders: readonly string[]) => Promise<readonly string[]>;
  /** Those in the folder of a file alone. */
  readonly beside: (path: string) => Promise<readonly string[]>;
  /** Waits for what was asked for and is on its way; the paths that came. */
  readonly arrived: () => Promise<readonly string[]>;
  /** Something was said about these files: they are read anew when asked for. */
  readonly forget: (paths: readonly string[]) => void;
  /** Files that were read and have changed since, where nobody else tells. */
  readonly stale: () => readonly string[];
}
