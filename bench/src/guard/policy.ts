import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Policy } from "@agentpolicy/runtime";
import { compilePolicyFile } from "agentpolicy";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The policy that the guard is measured with, compiled to a module as hosts do it. */
export async function guardPolicy(): Promise<Policy> {
  // Within the package, for the module imports by the names of its dependencies.
  mkdirSync(file("../../.scratch/"), { recursive: true });
  const out = mkdtempSync(file("../../.scratch/policy-"));
  try {
    const { module } = await compilePolicyFile(file("../../policies/guard.agentpolicy"), { out });
    return ((await import(pathToFileURL(module).href)) as { readonly default: Policy }).default;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
