import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, loadProgram, memoryHost } from "@agentpolicy/language";
import { expect, test } from "vitest";
import { pointings, typings } from "../src/lsp/keystrokes.ts";
import { latency } from "../src/lsp/measure.ts";
import { catalogues, policyOver } from "../src/lsp/policy.ts";
import { lspReport } from "../src/lsp/report.ts";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const found = catalogues();
if (found === null) console.warn("!!! SKIPPED: the catalogues of MCP servers are not beside the repository");

test.skipIf(found === null)("the policy that is measured has no errors, and is the same every time", () => {
  const { entry, files, text } = policyOver(found ?? [], 600);
  const { diagnostics } = check(loadProgram(entry, memoryHost(files)));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(policyOver(found ?? [], 600).text).toBe(text);
  const rules = typings(text, 20);
  expect(new Set(rules.map(({ offset }) => offset)).size).toBeGreaterThan(15);
  for (const { offset } of rules) expect(text.slice(offset - 5, offset)).toBe("when ");
  for (const offset of pointings(text, 20)) expect(text.charAt(offset)).toMatch(/[\w.-]/);
});

test("times in a table", () => {
  const times = latency("hover", [3, 1, 2, 4]);
  expect(times).toEqual({ name: "hover", samples: 4, p50: 3, p95: 4, most: 4 });
  const report = lspReport({
    suite: "lsp",
    date: "2026-01-01",
    machine: { cpus: 2, model: "x", memoryGiB: 4, platform: "linux x64", node: "20" },
    load: { before: 0.1, after: 1 },
    policy: { lines: 5008, tools: 251, catalogues: 16 },
    served: [times],
    full: [],
  });
  expect(report).toContain("| hover | 4 | 3 | 4 | 4 |");
  expect(report).toContain("A policy of 5,008 lines over 251 tools of 16 catalogues.");
});

test.skipIf(found === null)(
  "a quick run of the command types into the built server and writes nothing",
  () => {
    const written = () => statSync(file("../RESULTS.md")).mtimeMs;
    expect(existsSync(file("../dist/main.js"))).toBe(true);
    const before = written();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [file("../dist/main.js"), "lsp", "--quick", "--lines", "300"],
      { encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    for (const name of [
      "diagnostics after a keystroke",
      "completion after a keystroke",
      "hover",
      "plain full check",
    ])
      expect(stdout).toContain(`| ${name} |`);
    expect(written()).toBe(before);
  },
);
