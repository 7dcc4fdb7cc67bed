import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "@agentpolicy/runtime/values/command";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/**
 * The shells of this machine: what the parser calls plain must be, word for word, what they run. Globs are words as
 * written, so shells are told not to expand them.
 */
const SHELLS = ["sh", "bash", "dash", "busybox"].filter(
  (shell) => spawnSync(shell, shell === "busybox" ? ["true"] : ["-c", "true"]).status === 0,
);
const flags = (shell: string) => (shell === "busybox" ? ["sh", "-s"] : ["-s"]);

const PIECES =
  'a b - . / .. \' \' " " \\ \\\\ $ ` ; & | ( ) { } # * ? [ ] ! = , : % + @ ^ $a ${a} $(a) \'a b\' "a b" "\\$" "$" "!" \'\' "" \\\n \\\' \\" $\'a\' {a,b} {} a=b é 😀 \u00a0'.split(
    " ",
  );

const line = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, fc.constantFrom(" ", " ", "\t", "\n")),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((pieces) => `p ${pieces.join("")}`);

describe.skipIf(SHELLS.length === 0)(
  "a line that is not compound runs one program with just its words",
  () => {
    test.each(SHELLS)("in %s", (shell) => {
      const lines = fc
        .sample(line, { numRuns: 4000, seed: 7 })
        .map((text) => ({ text, parsed: command(text) }))
        .filter(({ parsed }) => parsed?.compound === false);
      expect(lines.length).toBeGreaterThan(300);
      const empty = mkdtempSync(join(tmpdir(), "shells-"));
      const script = `PATH=/nowhere\nset -f\np() { printf '%s\\0' "$@"; printf '\\001'; }\n${lines
        .map(({ text }) => text)
        .join("\n")}\n`;
      const out = execFileSync(shell, flags(shell), { cwd: empty, input: script, encoding: "utf8" });
      const ran = out.split("\u0001").slice(0, -1);
      lines.forEach(({ text, parsed }, at) => {
        const words = (parsed?.args ?? []).map((word) => `${word}\0`).join("") || "\0";
        expect([text, ran[at]]).toEqual([text, words]);
      });
      expect(ran).toHaveLength(lines.length);
    });
  },
);

test("the shells tried are named where there are none", () => {
  if (SHELLS.length === 0) console.warn("NO SHELL FOUND: the command parser was not compared with one");
  expect(SHELLS.every((shell) => typeof shell === "string")).toBe(true);
});
