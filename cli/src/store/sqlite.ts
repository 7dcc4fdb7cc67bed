import { closeSync, openSync, readSync } from "node:fs";
import { type Mistake, mistake } from "../result.ts";
import { type Connected, unusable } from "./connected.ts";
import type { StorePlace } from "./place.ts";

/** What the files of SQLite begin with. Source: https://www.sqlite.org/fileformat.html#magic_header_string */
const HEADER = "SQLite format 3\0";

/** Opens the store in a file that is there. */
export const connectSqlite = async (place: StorePlace & { kind: "sqlite" }): Promise<Connected | Mistake> => {
  try {
    if (beginning(place.path) !== HEADER)
      return mistake(`no such store: \`${place.shown}\` is no SQLite database`);
    // The database is a native module, and the other commands do without it.
    const { sqlite } = await import("@agentpolicy/store-sqlite");
    const store = sqlite(place.path, { create: false });
    return { store, close: async () => store.close(), secret: "" };
  } catch (error) {
    return unusable(place, error);
  }
};

const beginning = (path: string): string => {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEADER.length);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
};
