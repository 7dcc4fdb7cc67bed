import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { definePolicy } from "../../src/rules/define.ts";
import { checkPolicyObject } from "../../src/rules/validate.ts";

const WRONG = { rules: [{ id: "a", decision: "dney" }], defaultRisk: 5 };

/** As a page under a strict Content-Security-Policy bundles it. */
const bundle = (): string =>
  buildSync({
    stdin: {
      contents: 'export { definePolicy, validatePolicy } from "./compiler/src/index.ts";',
      resolveDir: fileURLToPath(new URL("../../..", import.meta.url)),
    },
    conditions: ["agentpolicy-source"],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  }).outputFiles[0]!.text;

const PROGRAM = `
const { definePolicy, validatePolicy } = await import("./bundle.mjs");
let failures = 0;
try { validatePolicy(${JSON.stringify(WRONG)}); } catch (error) { failures = error.failures.length; }
const policy = definePolicy({ rules: [{ id: "a", decision: "allow", when: { input: { n: { gt: 5 } } } }] });
const request = { actor: { type: "agent", id: "bot" }, action: { name: "t", input: { n: 6 } } };
console.log(JSON.stringify([failures, policy.decide(request).decision, made]));
`;

describe("checking rule objects", () => {
  it("makes no code, and does not even try, so that no page has to allow it", () => {
    const folder = mkdtempSync(join(tmpdir(), "agentpolicy-no-eval-"));
    try {
      writeFileSync(join(folder, "bundle.mjs"), bundle());
      const counting = `let made = 0;
const real = Function;
globalThis.Function = new Proxy(real, {
  construct(of, args) { made++; return Reflect.construct(of, args); },
  apply(of, self, args) { made++; return Reflect.apply(of, self, args); },
});
globalThis.eval = () => { made++; };`;
      writeFileSync(join(folder, "main.mjs"), `${counting}\n${PROGRAM}`);
      const args = ["--disallow-code-generation-from-strings", join(folder, "main.mjs")];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual([2, "allow", 0]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("leaves the host's configuration of zod alone, and is not changed by it", () => {
    const before = { ...z.config() };
    const { failures } = checkPolicyObject(WRONG);
    definePolicy({ rules: [] });
    expect({ ...z.config() }).toEqual(before);
    z.config({ customError: () => "the host's own words", localeError: () => "andere Worte" });
    try {
      expect(checkPolicyObject(WRONG).failures).toEqual(failures);
    } finally {
      z.config({ customError: undefined, localeError: before.localeError });
    }
    expect(failures.map(({ message }) => message)).toEqual([
      'expected "allow", "approval_required", "clarification_required" or "deny", found "dney"; did you mean "deny"?',
      'expected "low", "medium", "high" or "critical", found a number',
    ]);
  });
});
