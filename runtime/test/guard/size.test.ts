import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const ROOT = new URL("../../src/", import.meta.url);

const bundled = async (code: string) => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ROOT.pathname, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
};

test("the whole guard with its store in memory is under 4 kB (gzip)", async () => {
  const code = await bundled('export { createAgentIAM } from "./index.ts";');
  expect(code.length).toBeGreaterThan(1000);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(4096);
});

/** What stands beside the guard, in bytes after gzip: together with what they share with it. */
const BESIDE: readonly [string, number][] = [
  ["guardAll", 256],
  ["whenDecided", 640],
  ["createCheckpoints", 3072],
  ["createStandingApprovals", 2560],
  ["standingApprovals", 1024],
];

test.each(BESIDE)("`%s` beside the guard is small", async (name, ceiling) => {
  const code = await bundled(`export { ${name} } from "./index.ts";`);
  expect(code.length).toBeGreaterThan(100);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(ceiling);
});

/** What each parser may weigh in a compiled policy that uses it, in bytes after gzip. */
const VALUES: readonly [string, string, number][] = [
  ["email", "email", 550],
  ["url", "url, urlWithin", 1000],
  ["domain", "domain, domainWithin", 400],
  ["path", "path, pathWithin", 800],
  ["ip", "ip, ipIn", 900],
  ["datetime", "datetime", 500],
  ["command", "command", 2200],
  ["glob", "glob", 300],
];

test.each(VALUES)("the parser `%s` is small", async (file, names, ceiling) => {
  const code = await bundled(`export { ${names} } from "./values/${file}.ts";`);
  expect(code.length).toBeGreaterThan(100);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(ceiling);
});

describe("what must not appear", () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const sources = files.map((file) => [file, readFileSync(new URL(file, ROOT), "utf8")] as const);
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

  test.each<[string, RegExp, readonly string[]]>([
    ["node:", /["']node:/, []],
    ["eval", /\beval\s*\(/, []],
    ["Function", /\bFunction\s*\(/, []],
    ["require", /\brequire\s*\(/, []],
    ["dynamic import", /\bimport\s*\(/, []],
    ["process", /\bprocess\./, []],
    ["console", /\bconsole\./, []],
    ["Date.now", /\bDate\.now/, ["guard/defaults.ts"]],
    ["new Date without a time", /new Date\(\s*\)/, []],
    ["timers", /\bset(Timeout|Interval|Immediate)\b/, ["guard/defaults.ts"]],
    ["crypto", /\bcrypto\b/, ["guard/defaults.ts"]],
    ["Math.random", /Math\.random/, []],
    ["other packages", /from "[^.]/, []],
    ["assigning prototypes", /setPrototypeOf|__proto__\s*=/, []],
  ])("%s", (_, pattern, allowed) => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.filter(([, text]) => pattern.test(code(text))).map(([file]) => file)).toEqual(allowed);
  });
});
