import type { Host } from "@agentpolicy/language";

/** Texts of files: of open documents where there are, else as the host gives them, asked for once until something changes. */
export interface Texts {
  readonly text: (path: string) => string | undefined;
  readonly open: (path: string, text: string) => void;
  readonly close: (path: string) => void;
  /** The file may be another than it was. */
  readonly forget: (path: string) => void;
}

export function textsOf(host: Pick<Host, "read">): Texts {
  const opened = new Map<string, string>();
  const read = new Map<string, string | undefined>();
  return {
    text: (path) => {
      const open = opened.get(path);
      if (open !== undefined) return open;
      if (!read.has(path)) read.set(path, host.read(path));
      return read.get(path);
    },
    open: (path, text) => void opened.set(path, text),
    close: (path) => {
      opened.delete(path);
      read.delete(path);
    },
    forget: (path) => void read.delete(path),
  };
}
