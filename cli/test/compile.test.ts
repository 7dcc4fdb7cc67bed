import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Policy } from "@agentpolicy/runtime/abi";
import { describe, expect, it } from "vitest";
import { BAD, folder, GOOD, run } from "./run.ts";

const NAMES = ["pay.policy.d.ts", "pay.policy.js", "pay.policy.js.map", "pay.policy.json"];

const load = async (path: string): Promise<Policy> =>
  (await import(/* @vite-ignore */ pathToFileURL(path).href)).default;

describe("compile", () => {
  it("writes a module that decides", async () => {
    const cwd = folder({ "pay.agentpolicy": GOOD });
    const ran = await run(["compile", "pay.agentpolicy"], { cwd });
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toContain("wrote     pay.policy.js\n");
    expect(readdirSync(cwd).sort()).toEqual(["pay.agentpolicy", ...NAMES]);
    const policy = await load(join(cwd, "pay.policy.js"));
    const request = {
      actor: { type: "agent", id: "a" },
      action: { name: "bank.transfer", input: { to: "bob", amount: 600 } },
    };
    expect(policy.decide(request, { "pay.spent": 0 })).toMatchObject({
      decision: "approval_required",
      rules: ["pay.large"],
      reasons: ["Transfer of 600 to bob."],
    });
    const manifest = JSON.parse(readFileSync(join(cwd, "pay.policy.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "pay", version: "2.0.0", abi: 1 });
    expect(policy.manifest).toEqual(manifest);
    expect(Object.keys(manifest.sources)).toEqual(["pay.agentpolicy"]);
    const map = JSON.parse(readFileSync(join(cwd, "pay.policy.js.map"), "utf8"));
    expect(map).toMatchObject({ version: 3, file: "pay.policy.js", sources: ["pay.agentpolicy"] });
  });

  it("gives the same bytes from anywhere, and says so with --check", async () => {
    const cwd = folder({ "a/pay.agentpolicy": GOOD });
    expect((await run(["compile", "a/pay.agentpolicy"], { cwd })).code).toBe(0);
    expect((await run(["compile", "-o", "b", "pay.agentpolicy"], { cwd: join(cwd, "a") })).code).toBe(0);
    for (const name of NAMES.filter((name) => !name.endsWith(".map"))) {
      expect(readFileSync(join(cwd, "a/b", name), "utf8")).toBe(readFileSync(join(cwd, "a", name), "utf8"));
    }
    const map = JSON.parse(readFileSync(join(cwd, "a/b/pay.policy.js.map"), "utf8"));
    expect(join(cwd, "a/b", map.sourceRoot ?? "", map.sources[0])).toBe(join(cwd, "a/pay.agentpolicy"));
    const fresh = await run(["compile", "--check", "a/pay.agentpolicy"], { cwd });
    expect(fresh).toMatchObject({ code: 0 });
    expect(fresh.out).toContain("all up to date");
    writeFileSync(join(cwd, "a/pay.agentpolicy"), GOOD.replace("<= 500", "<= 400").replace("> 500", "> 400"));
    const stale = await run(["compile", "--check", "a/pay.agentpolicy"], { cwd });
    expect(stale.code).toBe(1);
    expect(stale.out).toContain("not up to date a/pay.policy.js\n");
    const again = await run(["compile", "a/pay.agentpolicy"], { cwd });
    expect(again.out).toContain("wrote     a/pay.policy.js\n");
    expect((await run(["compile", "a/pay.agentpolicy"], { cwd })).out).toContain(
      "unchanged a/pay.policy.js\n",
    );
  });

  it("writes nothing for a policy with errors", async () => {
    const cwd = folder({ "pay.agentpolicy": BAD });
    const ran = await run(["compile", "pay.agentpolicy"], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("error[unknown-argument]");
    expect(readdirSync(cwd)).toEqual(["pay.agentpolicy"]);
  });

  it("answers in JSON", async () => {
    const cwd = folder({ "pay.agentpolicy": GOOD, "bad.agentpolicy": BAD });
    const ran = await run(["compile", "--format", "json", "."], { cwd });
    const { files, diagnostics } = JSON.parse(ran.out);
    expect(files.map(({ file }: { file: string }) => file).sort()).toEqual(NAMES);
    expect(diagnostics[0]).toMatchObject({ code: "unknown-argument", file: "bad.agentpolicy" });
    expect(ran.code).toBe(1);
    expect(existsSync(join(cwd, "bad.policy.js"))).toBe(false);
  });

  it("compiles standard input to standard output", async () => {
    const cwd = folder();
    const ran = await run(["compile", "-"], { cwd, stdin: GOOD });
    expect(ran.code).toBe(0);
    writeFileSync(join(cwd, "x.mjs"), ran.out);
    expect((await load(join(cwd, "x.mjs"))).manifest.name).toBe("pay");
    expect((await run(["compile", "-"], { cwd, stdin: BAD })).code).toBe(1);
  });

  it("cannot write where a file is in the way", async () => {
    const cwd = folder({ "pay.agentpolicy": GOOD, out: "a file" });
    const ran = await run(["compile", "-o", "out", "pay.agentpolicy"], { cwd });
    expect(ran.err).toContain("error: cannot write `out/pay.policy.js`");
    expect(ran.code).toBe(2);
  });
});
