/**
 * How loading reaches files. The language itself touches no disk: the command gives a host over files, an editor
 * one over open documents, a browser one over memory.
 */
export interface Host {
  /** The text of a file, or undefined where there is none or it cannot be read. */
  readonly read: (path: string) => string | undefined;
  /** The path that `specifier`, as written in the file `from`, means. One path for one file. */
  readonly resolve: (from: string, specifier: string) => string;
}

/** A host over texts in memory. Paths are as given; specifiers are relative to the folder of the file they stand in. */
export const memoryHost = (files: Readonly<Record<string, string>>): Host => ({
  read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  resolve: resolvePath,
});

/** Resolves `specifier` against the folder of `from`, with `/` between segments, and removes `.` and `..`. */
export const resolvePath = (from: string, specifier: string): string => {
  const absolute = specifier.startsWith("/");
  const base = absolute ? [] : from.split("/").slice(0, -1);
  const segments: string[] = [];
  for (const segment of [...base, ...specifier.split("/")]) {
    if (segment === "." || (segment === "" && segments.length > 0)) continue;
    if (segment === ".." && segments.length > 0 && segments.at(-1) !== "..") segments.pop();
    else segments.push(segment);
  }
  const path = segments.join("/");
  return absolute && !path.startsWith("/") ? `/${path}` : path;
};
