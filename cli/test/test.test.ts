import { describe, expect, it } from "vitest";
import { BAD, folder, GOOD, run } from "./run.ts";

const FAILING = `${GOOD}
test "transfers add up" {
  call bank.transfer { to: "bob", amount: 400 }
  expect allow by small
  after 1h
  call bank.transfer { to: "bob", amount: 400 }
  expect allow by small
  after 1h
  call bank.transfer { to: "bob", amount: 400 }
  expect allow by small
  after 22h
  call bank.transfer { to: "bob", amount: 400 }
  expect allow by small
}
`;

describe("test", () => {
  it("runs the tests of a policy", async () => {
    const ran = await run(["test", "pay.agentpolicy"], { cwd: folder({ "pay.agentpolicy": GOOD }) });
    expect(ran).toMatchObject({
      code: 0,
      err: "",
      out: "pay.agentpolicy\n  ✓ a large transfer waits\n\n✓ 1 passed\n",
    });
  });

  it("shows what came instead, where, and what was known", async () => {
    const ran = await run(["test", "pay.agentpolicy"], { cwd: folder({ "pay.agentpolicy": FAILING }) });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("  ✓ a large transfer waits\n  ✗ transfers add up\n");
    expect(ran.out).toContain("error[failed-expectation]: expected allow by pay.small");
    expect(ran.out).toContain("pay.agentpolicy:49:3");
    expect(ran.out).toContain("found deny by pay.daily-limit");
    expect(ran.out).toContain("= The daily limit is reached.");
    expect(ran.out).toContain("= pay.spent was 800");
    // The fourth call is 24 hours after the first, which no longer counts.
    expect(ran.out.match(/failed-expectation/g)).toHaveLength(1);
    expect(ran.out).toMatch(/✗ 1 passed, 1 failed\n$/);
  });

  it("gives JSON", async () => {
    const cwd = folder({ "pay.agentpolicy": FAILING });
    const ran = await run(["test", "--format", "json", "--coverage", "pay.agentpolicy"], { cwd });
    expect(ran.code).toBe(1);
    const report = JSON.parse(ran.out);
    expect(report).toMatchObject({ passed: 1, failed: 1 });
    const [policy] = report.policies;
    expect(policy.tests[1]).toMatchObject({ name: "transfers add up", passed: false, calls: 4 });
    expect(policy.tests[1].failures).toEqual([
      expect.objectContaining({
        file: "pay.agentpolicy",
        mismatch: "effect",
        expected: { decision: "allow", rules: ["pay.small"] },
        figures: { "pay.spent": 800 },
        found: expect.objectContaining({ decision: "deny", rules: ["pay.daily-limit"] }),
        request: expect.objectContaining({
          action: { name: "bank.transfer", input: { to: "bob", amount: 400 } },
        }),
        range: { start: { line: 48, character: 2 }, end: { line: 48, character: 23 } },
      }),
    ]);
    expect(policy.coverage.unmatched).toEqual([
      expect.objectContaining({ rule: "pay.blocked" }),
      expect.objectContaining({ rule: "pay.reads" }),
    ]);
  });

  it("says what no test reached", async () => {
    const ran = await run(["test", "--coverage", "pay.agentpolicy"], {
      cwd: folder({ "pay.agentpolicy": GOOD }),
    });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("coverage rules 1 of 5 (20 %), outcomes of conditions 3 of 10 (30 %)");
    expect(ran.out).toContain("never matched pay.small  pay.agentpolicy:18:9");
    expect(ran.out).toContain('never true    input.to == "mallory"  pay.agentpolicy:33:10');
    expect(ran.out).toContain("never false   input.amount > 500  pay.agentpolicy:22:10");
    expect(ran.out).not.toContain("never true    input.amount > 500");
  });

  it("takes the test files beside a policy, and a test file alone", async () => {
    const cwd = folder({
      "pay.agentpolicy": GOOD,
      "pay.test.agentpolicy":
        'test "reads" {\n  call bank.get_balance { account: "x" }\n  expect allow by reads\n}\n',
      "pay.limits.test.agentpolicy":
        'test "vault" {\n  call bank.get_balance { account: "vault" }\n  expect deny code default\n}\n',
    });
    for (const args of [["pay.agentpolicy"], ["."], ["pay.test.agentpolicy"], ["*.agentpolicy"]]) {
      const ran = await run(["test", ...args], { cwd });
      expect(ran.out).toContain("✓ 3 passed");
      expect(ran.code).toBe(0);
    }
  });

  it("checks codes and raw calls", async () => {
    const test =
      'test "bad" {\n  call bank.transfer raw { to: 3 }\n  expect deny code invalid_request\n  expect deny code default\n}\n';
    const ran = await run(["test", "-"], { stdin: GOOD + test });
    expect(ran.out).toContain("expected deny code default");
    expect(ran.out).toContain("found deny code invalid_request");
    expect(ran.code).toBe(1);
  });

  it("fails where there is nothing to run", async () => {
    const none = await run(["test", "-"], { stdin: "tools { a() @read-only }\non a { allow reads }\n" });
    expect(none).toMatchObject({ code: 1, out: "✗ there are no tests\n" });
    const broken = await run(["test", "-"], { stdin: BAD });
    expect(broken.code).toBe(1);
    expect(broken.out).toContain("error[unknown-argument]");
    expect(broken.out).toContain("1 policy with errors");
  });
});
