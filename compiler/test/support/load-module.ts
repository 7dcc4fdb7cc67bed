import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Policy } from "@agentpolicy/runtime/abi";
import { buildSync } from "esbuild";
import { afterAll } from "vitest";

const runtime = fileURLToPath(new URL("../../../runtime/src/", import.meta.url));

let folder: string | undefined;
let count = 0;

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

/** A folder with the runtime's parts as plain JavaScript (`artifact.mjs`, `values/email.mjs`, …), made once. */
export const builtRuntime = (): string => {
  if (folder !== undefined) return folder;
  folder = mkdtempSync(join(tmpdir(), "agentpolicy-modules-"));
  const files = (part: string): string[] =>
    readdirSync(join(runtime, part)).flatMap((name) => (name.endsWith(".ts") ? [`${part}/${name}`] : []));
  const parts = [...files("artifact"), ...files("values")];
  buildSync({
    entryPoints: parts.map((file) => ({ out: file.replace(/(\/index)?\.ts$/, ""), in: join(runtime, file) })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    logLevel: "error",
  });
  return folder;
};

/** Runs the code of an emitted module, as Node loads any module, and gives its default export. */
export const loadModule = async (code: string): Promise<Policy> => {
  const at = builtRuntime();
  const resolved = code.replace(
    /^(import \{[^}]*\} from) "@agentpolicy\/runtime\/([^"]+)";$/gm,
    (_whole, head: string, part: string) =>
      `${head} ${JSON.stringify(pathToFileURL(join(at, `${part}.mjs`)).href)};`,
  );
  const file = join(at, `module-${count++}.mjs`);
  writeFileSync(file, resolved);
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { readonly default: Policy };
  return module.default;
};
