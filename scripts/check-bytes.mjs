// The byte ceilings of what is shipped, measured as a host would bundle it: minified, one module, gzip. Raising one is a
// decision to be written down in the same change.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { finish, ROOT } from "./files.mjs";

/** Bytes after gzip. `code` is what a host or a compiled policy imports. */
const CEILINGS = [
  {
    name: "the helper that every compiled policy imports",
    code: 'export * from "@agentpolicy/runtime/artifact";',
    ceiling: 1024,
  },
  {
    name: "the whole guard with its memory store",
    code: 'export { createAgentIAM } from "@agentpolicy/runtime";',
    ceiling: 4096,
  },
  {
    name: "the language server for workers",
    code: 'export { startBrowserServer } from "@agentpolicy/lsp/browser";',
    platform: "browser",
    ceiling: 340_000,
  },
];

const measure = async ({ code, platform = "neutral" }) => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: "ts" },
    conditions: ["agentpolicy-source"],
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
};

const findings = [];
const fine = [];
for (const { name, ceiling, ...bundle } of CEILINGS) {
  try {
    const bytes = await measure(bundle);
    if (bytes > ceiling) findings.push(`${name}: ${bytes} bytes, more than ${ceiling}`);
    else fine.push(`${bytes} of ${ceiling}`);
  } catch (error) {
    findings.push(`${name}: cannot be bundled: ${error.message}`);
  }
}
finish(findings, `gzip bytes: ${fine.join(", ")}`);
