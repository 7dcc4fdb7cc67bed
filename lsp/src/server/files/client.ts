import type { Connection } from "vscode-languageserver";
import type { FileSource } from "./source.ts";
import type { Uris } from "./uris.ts";

/** What the client answers to `agentpolicy/readFile`: null where there is no such file. */
export interface ReadFileResult {
  readonly text: string | null;
}

/** What the client answers to `agentpolicy/findFiles`: the policy files and JSON files of its folders. */
export interface FindFilesResult {
  readonly uris: readonly string[];
}

/**
 * Files that only the client can reach, as in a browser. Reading cannot wait, so a file that is not at hand is not there
 * yet; it is asked for, and counts as changed when it has come. A client that does not answer has no files.
 */
export function clientFiles(connection: Pick<Connection, "sendRequest">, uris: Uris): FileSource {
  const texts = new Map<string, string | undefined>();
  const underway = new Map<string, Promise<void>>();
  let came: string[] = [];

  const fetch = async (path: string): Promise<void> => {
    const params = { uri: uris.uriOf(path) };
    const text = await connection
      .sendRequest<ReadFileResult>("agentpolicy/readFile", params)
      .then((result) => (typeof result?.text === "string" ? result.text : undefined))
      .catch(() => undefined);
    texts.set(path, text);
    underway.delete(path);
    if (text !== undefined) came.push(path);
  };
  const find = async (): Promise<readonly string[]> => {
    const result = await connection
      .sendRequest<FindFilesResult>("agentpolicy/findFiles", {})
      .catch(() => null);
    return (result?.uris ?? []).filter((uri) => typeof uri === "string").map(uris.pathOf);
  };
  return {
    read: (path) => {
      if (texts.has(path)) return texts.get(path);
      if (!underway.has(path)) underway.set(path, fetch(path));
      return undefined;
    },
    find,
    beside: async () => [],
    arrived: async () => {
      while (underway.size > 0) await Promise.all(underway.values());
      const paths = came;
      came = [];
      return paths;
    },
    forget: (paths) => {
      for (const path of paths) texts.delete(path);
    },
    stale: () => [],
  };
}
