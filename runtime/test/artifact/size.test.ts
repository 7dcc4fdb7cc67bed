import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";

/** Bytes as shipped: bundled, minified, gzip. Raising it is a decision to be written down in the same change. */
const CEILING = 1024;

const bundled = (contents: string): string => {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
    conditions: ["agentpolicy-source"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.text;
};

describe("the helper of compiled policies", () => {
  it("is at most 1 kB with all that it holds", () => {
    const bytes = gzipSync(bundled('export * from "@agentpolicy/runtime/artifact";'), { level: 9 }).length;
    expect(bytes).toBeLessThanOrEqual(CEILING);
    expect(bytes).toBeGreaterThan(CEILING / 2);
  });

  it("parses nothing, evaluates nothing, imports nothing", () => {
    const text = bundled('export * from "@agentpolicy/runtime/artifact";');
    expect(text).not.toMatch(/\beval\b|new Function|Function\(|\bimport\b|require\(|Date\.now|Math\.random/);
  });
});
