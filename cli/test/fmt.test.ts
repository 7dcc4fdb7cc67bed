import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, GOOD, run } from "./run.ts";

const UGLY = GOOD.replace("default deny", "default    deny");
const BROKEN = GOOD.replace("allow small", "allow allow {");

it("formats in place and says what it did", async () => {
  const cwd = folder({ "a.agentpolicy": UGLY, "b.agentpolicy": GOOD });
  const ran = await run(["fmt", "."], { cwd });
  expect(ran).toMatchObject({ code: 0, out: "formatted a.agentpolicy\n1 file already formatted\n", err: "" });
  expect(readFileSync(join(cwd, "a.agentpolicy"), "utf8")).toBe(GOOD);
});

it("only looks with --check", async () => {
  const cwd = folder({ "a.agentpolicy": UGLY, "b.agentpolicy": GOOD });
  const ran = await run(["fmt", "--check", "."], { cwd });
  expect(ran).toMatchObject({ code: 1, out: "not formatted a.agentpolicy\n1 file formatted\n" });
  expect(readFileSync(join(cwd, "a.agentpolicy"), "utf8")).toBe(UGLY);
  expect((await run(["fmt", "--check", "b.agentpolicy"], { cwd })).code).toBe(0);
});

it("formats standard input to standard output", async () => {
  expect(await run(["fmt", "-"], { stdin: UGLY })).toMatchObject({ code: 0, out: GOOD, err: "" });
  expect((await run(["fmt", "--check", "-"], { stdin: UGLY })).code).toBe(1);
  expect((await run(["fmt", "--check", "-"], { stdin: GOOD })).code).toBe(0);
});

it("leaves a file with syntax errors alone, and gives standard input back as it was", async () => {
  const cwd = folder({ "a.agentpolicy": BROKEN });
  const ran = await run(["fmt", "a.agentpolicy"], { cwd });
  expect(ran.code).toBe(1);
  expect(ran.err).toContain("error[");
  expect(readFileSync(join(cwd, "a.agentpolicy"), "utf8")).toBe(BROKEN);
  expect((await run(["fmt", "-"], { stdin: BROKEN })).out).toBe(BROKEN);
});

it("answers in JSON", async () => {
  const cwd = folder({ "a.agentpolicy": UGLY, "b.agentpolicy": BROKEN });
  const ran = await run(["fmt", "--check", "--format", "json", "."], { cwd });
  const { files, diagnostics } = JSON.parse(ran.out);
  expect(files).toEqual([
    { file: "a.agentpolicy", changed: true },
    { file: "b.agentpolicy", changed: false },
  ]);
  expect(diagnostics[0]).toMatchObject({ file: "b.agentpolicy", severity: "error" });
  expect(ran.code).toBe(1);
});

it("formats test files and what is imported too", async () => {
  const cwd = folder({ "a.agentpolicy": GOOD, "a.test.agentpolicy": 'test   "x" {\n}\n' });
  expect((await run(["fmt", "--check", "."], { cwd })).out).toContain("not formatted a.test.agentpolicy");
});
