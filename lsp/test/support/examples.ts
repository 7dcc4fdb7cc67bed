import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Host, resolvePath } from "@agentpolicy/language";

const ROOT = fileURLToPath(new URL("../../../examples/", import.meta.url));

const read = (path: string): string | undefined => {
  try {
    return readFileSync(ROOT + path, "utf8");
  } catch {
    return undefined;
  }
};

/** The folder of worked policies, as a host: `payments/payments.agentpolicy`. */
export const EXAMPLES: Host = { read, resolve: resolvePath };

/** Every policy file among them. */
export const examplePolicies = (): readonly string[] =>
  readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".agentpolicy") && !/(?:^|\/)(?:\.|node_modules\/)/.test(path))
    .sort();
