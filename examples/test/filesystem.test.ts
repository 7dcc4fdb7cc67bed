import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const DEMO = fileURLToPath(new URL("../filesystem/demo.mjs", import.meta.url));

it("npm start guards real calls, and the disk says the same", async () => {
  const env = { ...process.env, NO_COLOR: "1" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [DEMO], { env });
  expect(stderr).toBe("");
  const decisions = [...stdout.matchAll(/^ {4}decision +(.*)$/gm)].map(([, words]) => words);
  expect(decisions).toEqual([
    "✓ allow",
    "✗ deny",
    "‖ require approval",
    "‖ require approval: approved",
    "? require clarification",
    "✓ allow",
    "✗ deny",
  ]);
  expect(stdout.match(/^ +(?:really +)?✓ /gm)?.length).toBeGreaterThanOrEqual(18);
  expect(stdout).not.toMatch(/^ +(?:really +)?✗ .*(?<!deny)$/m);
  expect(stdout).toContain("✓ 5 calls: one ran, one was denied, one approved, one clarified, one refused.");
  for (const line of stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
});
