import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compilePolicyFile } from "agentpolicy";

const POLICY = fileURLToPath(new URL("../filesystem.agentpolicy", import.meta.url));

/**
 * What `agentpolicy pull` and `agentpolicy compile` do: the server's tools become the catalogue that the policy reads,
 * the policy is checked against it, and the module that comes out is imported.
 */
export const compileFor = async (tools, folder) => {
  writeFileSync(join(folder, "filesystem.tools.json"), JSON.stringify({ tools }, null, 2));
  const copy = join(folder, "filesystem.agentpolicy");
  copyFileSync(POLICY, copy);
  const started = performance.now();
  const { module } = await compilePolicyFile(copy);
  const milliseconds = performance.now() - started;
  const { default: policy } = await import(pathToFileURL(module).href);
  return { policy, milliseconds };
};
