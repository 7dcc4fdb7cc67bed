import { existsSync, readdirSync, readFileSync } from "node:fs";

const SHARED = new URL("../../../../shared/corpus/", import.meta.url);

/** Catalogues of real servers: name and text. Empty where the corpus is not beside the repository. */
export const corpus = (): readonly (readonly [string, string])[] => {
  if (!existsSync(SHARED)) {
    console.warn("SKIPPED: the corpus of tool catalogues (../shared/corpus) is not here");
    return [];
  }
  const mcp = readdirSync(new URL("mcp/", SHARED)).filter((name) => name.endsWith(".tools.json"));
  const agentdojo = readdirSync(new URL("agentdojo/", SHARED), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return [
    ...mcp.map((name) => [name.replace(/\.tools\.json$/, ""), `mcp/${name}`] as const),
    ...agentdojo.map(({ name }) => [`agentdojo-${name}`, `agentdojo/${name}/tools.json`] as const),
  ].map(([name, path]) => [name, readFileSync(new URL(path, SHARED), "utf8")] as const);
};
