import type { Location } from "../text/span.ts";
import type { Declared, FileScope, World } from "./world.ts";

/** What a name means in a file: its own, or for test files the entry's. */
export const lookUp = (file: FileScope, name: string): Declared | null =>
  file.names.get(name) ?? (file.outer === null ? null : lookUp(file.outer, name));

/** The file that an import of the file stands for; null where it could not be read. */
export const importedFile = (world: World, declared: Declared): FileScope | null => {
  const path = declared.file.imports.get(declared.name);
  return path === undefined ? null : (world.files.get(path) ?? null);
};

/** Records that a name is used. */
export const use = (world: World, declared: Declared, at: Location): void => {
  world.used.add(declared);
  world.uses.push({ kind: declared.kind, at, declared: { ...declared.at } });
};
