import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, run } from "./run.ts";

const POLICY = {
  id: "desk",
  version: "3",
  rules: [
    { id: "safe", when: { action: "read_*" }, decision: "allow" },
    {
      id: "mail out",
      when: { action: "send_email", input: { to: { externalEmail: true } } },
      decision: "approval_required",
      requirements: ["preview"],
    },
    { id: "big", when: { action: "pay", input: { amount: { gt: 100 } } }, decision: "deny" },
    {
      id: "unsure",
      when: { model: { confidence: { exists: true, lt: 0.5 } } },
      decision: "clarification_required",
    },
  ],
};

const DOMAINS = ["--internal-domain", "acme.com"];

describe("import agentiam", () => {
  it("writes a policy that checks clean, is formatted and decides as the rules did", async () => {
    const cwd = folder({ "policy.json": JSON.stringify(POLICY) });
    const ran = await run(["import", "agentiam", "policy.json", "-o", "out/desk.agentpolicy", ...DOMAINS], {
      cwd,
    });
    expect(ran).toMatchObject({ code: 0, out: "" });
    expect(ran.err).toContain("wrote out/desk.agentpolicy (4 rules)\n");
    expect(ran.err).toContain('- The rule "mail out" is called `mail-out` here.\n');
    const text = readFileSync(join(cwd, "out/desk.agentpolicy"), "utf8");
    expect(text).toMatch(/^policy desk version "3"\n/);
    expect(text).toContain('// - The rule "mail out" is called `mail-out` here.');
    expect(text).toContain('allow safe\n    when tool.name like "read_*"\n    risk medium\n');
    expect(text).toContain('ask "What is this call for?"');
    for (const args of [["check"], ["fmt", "--check"]]) {
      expect((await run([...args, "out/desk.agentpolicy"], { cwd })).code).toBe(0);
    }
    const decided = async (name: string, input: object) => {
      const request = JSON.stringify({ actor: { type: "agent", id: "bot" }, action: { name, input } });
      const ran = await run(["eval", "out/desk.agentpolicy", "--request", "-", "--format", "json"], {
        cwd,
        stdin: request,
      });
      const { decision, code, rules } = JSON.parse(ran.out);
      return [decision, code, ...rules];
    };
    expect(await decided("read_file", {})).toEqual(["allow", "rule", "desk.safe"]);
    expect(await decided("send_email", { to: ["a@acme.com", "b@evil.example"] })).toEqual([
      "approval_required",
      "rule",
      "desk.mail-out",
    ]);
    expect(await decided("pay", {})).toEqual(["deny", "invalid_value", "desk.big"]);
    expect(await decided("pay", { amount: 5 })).toEqual(["approval_required", "default"]);
  });

  it("writes to standard output, from standard input", async () => {
    const { id: _id, ...unnamed } = POLICY;
    const ran = await run(["import", "agentiam", "-", ...DOMAINS], { stdin: JSON.stringify(unnamed) });
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^policy policy version "3"\n/);
    expect(ran.err).toContain("is called `mail-out` here");
  });

  it("tells programs what it did", async () => {
    const cwd = folder({ "policy.json": JSON.stringify(POLICY) });
    const ran = await run(["import", "agentiam", "policy.json", "--format", "json", ...DOMAINS], { cwd });
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(ran.out)).toMatchObject({
      file: null,
      policy: expect.stringContaining("on unknown {"),
      rules: { safe: "safe", "mail out": "mail-out" },
      diagnostics: [],
    });
    const wrong = await run(["import", "agentiam", "policy.json", "--format", "json"], { cwd });
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out)).toMatchObject({
      file: null,
      failures: [{ path: "rules[1].when.input.to.externalEmail", ruleId: "mail out" }],
    });
  });

  it("says everything that is wrong, and writes nothing", async () => {
    const rules = [
      { id: "a", decision: "dney", when: { acton: "x" } },
      { id: "b", decision: "deny", when: { input: { to: ["a", "b"] } } },
      { id: "c", decision: "deny", when: { input: { to: { externalEmail: true } } } },
    ];
    const cwd = folder({ "policy.json": JSON.stringify({ rules }) });
    const ran = await run(["import", "agentiam", "policy.json", "-o", "p.agentpolicy"], { cwd });
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err).toContain('found "dney"; did you mean "deny"? at rules[0].decision\n');
    expect(ran.err).toContain('there is no "acton" here; did you mean "action"? at rules[0].when.acton\n');
    expect(ran.err).toContain("give your own domains: --internal-domain acme.com");
    expect(ran.err).toContain("✗ policy.json: 3 errors, nothing written\n");
    const list = folder({ "policy.json": JSON.stringify({ rules: [rules[1]] }) });
    const none = await run(["import", "agentiam", "policy.json", "-o", "p.agentpolicy"], { cwd: list });
    expect(none.err).toContain("no way to ask for the items of a list one by one at rules[0].when\n");
    for (const place of [cwd, list]) {
      expect((await run(["check", "p.agentpolicy"], { cwd: place })).err).toContain("there is no file");
    }
  });

  it("writes over nothing unless it is told to", async () => {
    const cwd = folder({ "policy.json": JSON.stringify({ rules: [] }), "p.agentpolicy": "policy mine" });
    const args = ["import", "agentiam", "policy.json", "-o", "p.agentpolicy"];
    const ran = await run(args, { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("`p.agentpolicy` is already there");
    expect(readFileSync(join(cwd, "p.agentpolicy"), "utf8")).toBe("policy mine");
    expect((await run([...args, "--force"], { cwd })).code).toBe(0);
    expect((await run(["import", "agentiam", "policy.json", "-o", "p.txt"], { cwd })).code).toBe(2);
    expect((await run(["import", "agentiam", "absent.json"], { cwd })).code).toBe(2);
    expect((await run(["import", "agentiam", "p.agentpolicy"], { cwd })).err).toContain("is not JSON");
  });

  it("gives the findings of what it wrote", async () => {
    const rules = [
      { id: "all", decision: "deny" },
      { id: "never", decision: "allow", when: { action: "read_*" } },
    ];
    const ran = await run(["import", "agentiam", "-"], { stdin: JSON.stringify({ rules }) });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("deny all");
    expect(ran.err).toContain("warning[never-decides]: rule `never` never decides anything");
  });
});
