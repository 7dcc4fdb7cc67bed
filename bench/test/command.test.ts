import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [file("../dist/main.js"), ...args], { encoding: "utf8" });

test("a quick run of the command measures in a process of its own, shows the report and writes nothing", () => {
  const written = () => statSync(file("../RESULTS.md")).mtimeMs;
  const before = written();
  const { status, stdout, stderr } = bench("guard", "--quick", "--store", "memory");
  expect(stderr).toBe("measuring memory …\n");
  expect(status).toBe(0);
  expect(stdout).toContain("### In memory");
  expect(stdout).toContain("| allowed, counted |");
  expect(written()).toBe(before);
});

test("what there is not is said", () => {
  const { status, stderr } = bench("guard", "--store", "oracle");
  expect(status).toBe(1);
  expect(stderr).toContain("Allowed choices are memory, sqlite, postgres");
  const absent = bench("guard", "--folder", file("./absent"));
  expect([absent.status, absent.stderr]).toEqual([1, `error: there is no folder \`${file("./absent")}\`\n`]);
});
