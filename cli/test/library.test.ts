import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { checkPolicyFile, compilePolicyFile, createAgentIAM, loadPolicyFile } from "../src/index.ts";
import { BAD, folder, GOOD } from "./run.ts";

const request = (amount: number) => ({
  actor: { type: "agent", id: "a" },
  action: { name: "bank.transfer", input: { to: "bob", amount } },
});

describe("a policy file as a library sees it", () => {
  it("is loaded and decides", async () => {
    const cwd = folder({ "pay.agentpolicy": GOOD });
    const policy = await loadPolicyFile(join(cwd, "pay.agentpolicy"));
    const iam = createAgentIAM({ policy });
    const small = await iam.guard(request(5), (input) => input);
    expect(small).toMatchObject({ executed: true, value: { to: "bob", amount: 5 } });
    expect(await iam.guard(request(700), () => "ran")).toMatchObject({
      executed: false,
      checkpoint: { state: "pending" },
    });
  });

  it("is compiled", async () => {
    const cwd = folder({ "pay.agentpolicy": GOOD });
    const { module, types, manifest } = await compilePolicyFile(join(cwd, "pay.agentpolicy"), {
      out: join(cwd, "out"),
    });
    expect(module).toBe(join(cwd, "out/pay.policy.js"));
    expect(manifest.name).toBe("pay");
    expect(readFileSync(types, "utf8")).toContain("bank.transfer");
    expect(existsSync(module)).toBe(true);
  });

  it("is not loaded where it has errors, and the message shows them", async () => {
    const cwd = folder({ "pay.agentpolicy": BAD });
    const path = join(cwd, "pay.agentpolicy");
    await expect(loadPolicyFile(path)).rejects.toThrow(
      /has errors\n\nerror\[unknown-argument\]: tool `bank\.transfer`/,
    );
    await expect(compilePolicyFile(path)).rejects.toThrow("has errors");
    expect(existsSync(join(cwd, "pay.policy.js"))).toBe(false);
    const { policy, diagnostics } = await checkPolicyFile(path);
    expect(policy).toBe(null);
    expect(diagnostics.map(({ code }) => code)).toContain("unknown-argument");
    await expect(checkPolicyFile(join(cwd, "absent.agentpolicy"))).rejects.toThrow("there is no file");
  });
});

describe("the tests beside a policy", () => {
  it("are taken where they are asked for", async () => {
    const cwd = folder({
      "pay.agentpolicy": GOOD,
      "pay.test.agentpolicy":
        'test "reads" {\n  call bank.get_balance { account: "x" }\n  expect allow by reads\n}\n',
    });
    const alone = await checkPolicyFile(join(cwd, "pay.agentpolicy"));
    expect(alone.policy?.tests.map(({ name }) => name)).toEqual(["a large transfer waits"]);
    const both = await checkPolicyFile(join(cwd, "pay.agentpolicy"), { tests: true });
    expect(both.policy?.tests.map(({ name }) => name)).toEqual(["a large transfer waits", "reads"]);
  });
});

describe("the program that started the project", () => {
  it("runs as it stands, by plain Node, with the built package", async () => {
    const program = `
import { definePolicy, createAgentIAM } from "agentpolicy";
const myBankAPI = { transfer: () => { throw new Error("must not run"); } };
const iam = createAgentIAM({ policy: definePolicy({ rules: [
  { id: "safe", when: { action: "read_logs" }, decision: "allow" },
  { id: "transfer", when: { action: "transfer_money" }, decision: "approval_required" },
  { id: "nuke", when: { action: "delete_database", context: { env: "prod" } }, decision: "deny" },
] }) });
const result = await iam.guard(
  { actor: { type: "agent", id: "bot1" }, action: { name: "transfer_money", input: { amount: 5000 } } },
  async () => myBankAPI.transfer(5000));
console.log(result.executed);      // false: paused for approval
console.log(result.checkpoint.id); // "chk_…": resumable when approved
`;
    const cwd = folder();
    writeFileSync(join(cwd, "program.mjs"), program);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(cwd, "program.mjs")]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^false\nchk_\S+\n$/);
  });
});

describe("one import for everything", () => {
  it("loads the native module with the first SQLite store, not before", async () => {
    const code = `
      const isLoaded = () => Object.keys(require.cache).some((path) => path.includes("libsql"));
      import("agentpolicy").then(({ sqlite, memory, jsonLines, postgres }) => {
        const before = isLoaded();
        sqlite("agentpolicy.db").close();
        console.log(before, isLoaded(), typeof memory, typeof jsonLines, typeof postgres);
      });`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", code], { cwd: folder() });
    expect(stdout).toBe("false true function function function\n");
  });
});
