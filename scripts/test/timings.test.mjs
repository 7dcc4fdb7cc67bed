import { expect, it } from "vitest";
import { timings } from "../timings.mjs";

it.each([
  ["const begin = performance.now();", "`performance`"],
  ["globalThis.performance.mark('x');", "`performance`"],
  ['import { performance as clock } from "node:perf_hooks";', "`perf_hooks`"],
  ["const before = process.cpuUsage();", "`process.cpuUsage`"],
  ["process.hrtime.bigint();", "`process.hrtime`"],
  ['process["uptime"]();', "`process.uptime`"],
  ["console.time('x');", "`console.time`"],
  ["const begin = Date.now(); run(); const all = Date.now() - begin;", "a difference of two times"],
  ["const begin = new Date(); run(); f(+new Date() - begin);", "a difference of two times"],
  ["f(new Date().getTime() - Date.now());", "a difference of two times"],
  ["expect(ms).toBeLessThan(90);", "a time that is compared"],
  ["expect(run.seconds / 2).not.toBeGreaterThan(1);", "a time that is compared"],
  ["expect(result.elapsed).toBeCloseTo(3);", "a time that is compared"],
])("%s", (text, what) => {
  expect(timings("a.test.ts", `\n${text}`)).toContain(
    `a.test.ts:2: ${what} in a test: timings are never asserted; count steps or calls, or wait for what never comes by itself`,
  );
});

it.each([
  "const at = Date.now() + 5 * HOUR;",
  "const clock = () => Date.now() - late;",
  "const now = Date.now(); const before = now - HOUR;",
  "expect(looks).toBeLessThan(11 * few);",
  "expect(policy.within.ms).toBe(500);",
  "const result = { performance: 1 }; result.performance;",
  "// performance.now()",
  'const text = "process.cpuUsage()";',
])("%s is fine", (text) => {
  expect(timings("a.test.ts", text)).toEqual([]);
});

it("says where a file is none", () => {
  expect(timings("a.test.ts", "const = 1")[0]).toMatch(/^a\.test\.ts:1: cannot be parsed: /);
});
