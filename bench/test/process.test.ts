import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { inOwnProcess } from "../src/harness/process.ts";

const folder = mkdtempSync(join(tmpdir(), "agentpolicy-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const harness = new URL("../dist/harness/process.js", import.meta.url).href;

/** A module that does a job in a process of its own. */
function moduleOf(name: string, text: string): URL {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, `import { whenAsked } from ${JSON.stringify(harness)};\n${text}`);
  return pathToFileURL(path);
}

test("a job is done in another process, which then ends", async () => {
  const double = moduleOf("double", "whenAsked(async ({ n }) => ({ twice: 2 * n, pid: process.pid }));");
  const answer = await inOwnProcess<object, { twice: number; pid: number }>(double, { n: 21 });
  expect(answer.twice).toBe(42);
  expect(answer.pid).not.toBe(process.pid);
});

test("a process that fails, or ends without an answer, is no result", async () => {
  const failing = moduleOf(
    "failing",
    "console.error = () => {}; whenAsked(async () => { throw new Error('no'); });",
  );
  await expect(inOwnProcess(failing, {})).rejects.toThrow("ended with 1");
  const leaving = moduleOf("leaving", "whenAsked(async () => process.exit(0));");
  await expect(inOwnProcess(leaving, {})).rejects.toThrow("ended with 0");
});
