import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CaseFile } from "./case.ts";

const folder = fileURLToPath(new URL("../cases/", import.meta.url));

/** Every case file by its name, less `.json`, sorted. */
export const loadCases = (): ReadonlyMap<string, CaseFile> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(folder + name, "utf8")) as CaseFile]),
  );
