import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type CaseFile, differences, loadCases, requestOf } from "../src/index.ts";

const bin = fileURLToPath(new URL("../../cli/bin/agentpolicy.js", import.meta.url));

/** `eval` keeps tracks itself and supplies the clock where there is none, so cases about these are not for it. */
const forEval = (file: CaseFile) =>
  file.cases.some((one) => one.figures !== undefined)
    ? []
    : file.cases.filter((one) => one.name !== "no clock");

const decisionsOf = (file: CaseFile): readonly object[] => {
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  try {
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write("p.agentpolicy", file.policy.join("\n"));
    for (const [path, text] of Object.entries(file.files ?? {})) write(path, text);
    const requests = forEval(file).map((one) => JSON.stringify(requestOf(file, one)));
    write("requests.jsonl", requests.join("\n"));
    const args = [bin, "eval", "p.agentpolicy", "--requests", "requests.jsonl", "--format", "json"];
    const output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const files = [...loadCases()].filter(([, file]) => forEval(file).length > 0);

describe("agentpolicy eval", () => {
  it("is given at least 300 cases", () => {
    expect(files.reduce((sum, [, file]) => sum + forEval(file).length, 0)).toBeGreaterThanOrEqual(300);
  });

  it.each(files)("%s", (_, file) => {
    const cases = forEval(file);
    const decisions = decisionsOf(file);
    expect(decisions.length).toBe(cases.length);
    const wrong = cases.flatMap((one, i) =>
      differences(one.expect, decisions[i] ?? {}).map((difference) => `${one.name}: ${difference}`),
    );
    expect(wrong).toEqual([]);
  });
});
