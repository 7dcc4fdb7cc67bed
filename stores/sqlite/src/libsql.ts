import { createRequire } from "node:module";

type Library = typeof import("libsql");
type Database = Library extends { readonly default: infer D } ? D : Library;

export type Connection = InstanceType<Database>;

let library: Database | undefined;

/** A connection to a file. The native module is loaded with the first, so that what only names this package does without it. */
export const newConnection = (path: string): Connection => {
  library ??= createRequire(import.meta.url)("libsql") as Database;
  return new library(path);
};
