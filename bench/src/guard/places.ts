import { inDatabase } from "./in-database.ts";
import { inFiles } from "./in-files.ts";
import { inMemory } from "./in-memory.ts";
import type { Place, Skipped, StoreName } from "./place.ts";

/** A new place for a kind of store; what is on disk is below `folder`. Or why there is none. */
export const newPlace = (store: StoreName, folder: string): Promise<Place | Skipped> =>
  ({ memory: inMemory, sqlite: inFiles, postgres: inDatabase })[store](folder);
