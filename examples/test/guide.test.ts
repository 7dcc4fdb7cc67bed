import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** The fenced blocks of a document that have a title: ```js pay.mjs. */
function titled(path: string): ReadonlyMap<string, string> {
  const text = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
  return new Map(
    [...text.matchAll(/^```\w+ ([\w.]+)\n([\s\S]*?)^```$/gm)].map(([, title = "", block = ""]) => [
      title,
      block,
    ]),
  );
}

it.each([
  ["docs/guard.md", "pay.mjs"],
  ["docs/audit.md", "audit.mjs"],
])("the program of %s prints what it says there", (path, program) => {
  const blocks = titled(path);
  const scratch = fileURLToPath(new URL("./.scratch/", import.meta.url));
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "guide-"));
  try {
    for (const [name, text] of blocks) writeFileSync(join(folder, name), text);
    const output = execFileSync(process.execPath, [program], { cwd: folder, encoding: "utf8" });
    expect(output).toBe(blocks.get("output"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
