import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type LargePolicy, largePolicy } from "./large.ts";

const CORPUS = new URL("../../../../shared/corpus/mcp/", import.meta.url);
const ENDING = ".tools.json";

/** The catalogues of real MCP servers, which lie beside the repository; null where they do not. */
export function catalogues(): readonly (readonly [name: string, text: string])[] | null {
  if (!existsSync(fileURLToPath(CORPUS))) return null;
  return readdirSync(CORPUS)
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .map((name) => [name.slice(0, -ENDING.length), readFileSync(new URL(name, CORPUS), "utf8")]);
}

/** A policy of so many lines over all of them. */
export const policyOver = (
  found: readonly (readonly [name: string, text: string])[],
  lines: number,
): LargePolicy => largePolicy(found, lines);
