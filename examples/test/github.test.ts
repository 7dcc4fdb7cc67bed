import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

it("the catalogue of the GitHub example is what `agentpolicy pull` takes from the real server", () => {
  const server = createRequire(import.meta.url).resolve("@modelcontextprotocol/server-github/dist/index.js");
  const folder = mkdtempSync(join(tmpdir(), "github-"));
  try {
    const file = join(folder, "github.tools.json");
    const args = [here("../../cli/bin/agentpolicy.js"), "pull", "-o", file, "--", process.execPath, server];
    execFileSync(process.execPath, args, { env: { ...process.env, GITHUB_PERSONAL_ACCESS_TOKEN: "none" } });
    expect(readFileSync(file, "utf8")).toBe(readFileSync(here("../github/github.tools.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
