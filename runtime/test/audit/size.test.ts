import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const ROOT = new URL("../../src/", import.meta.url).pathname;

/** What the parts of audit may weigh beside a guard with its store in memory, in bytes after gzip. */
const CEILINGS: readonly [string, number][] = [
  // Most of it is what makes notes of facts and records: memory itself makes none.
  ["loggedMemory", 1700],
  ["withSinks", 1500],
  ["verifyChain", 1500],
  ["shadowed", 700],
  ["replayed", 1300],
];

const weight = async (...names: string[]) => {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names} } from "./index.ts";`, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
};

test.each(CEILINGS)("`%s` is small", async (name, ceiling) => {
  const [guard, both] = [await weight("createAgentIAM"), await weight("createAgentIAM", name)];
  expect(both - guard).toBeGreaterThan(100);
  expect(both - guard).toBeLessThanOrEqual(ceiling);
});
