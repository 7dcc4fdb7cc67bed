import { checkText } from "@agentpolicy/language";
import { describe, expect, it } from "vitest";
import { closures } from "../../src/closures/closures.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { makePlan } from "../../src/plan/make.ts";
import { coverageOfTests } from "../../src/testing/reach.ts";
import { disagreements, runTests } from "../../src/testing/run.ts";

const POLICY = `policy p
tools { pay(to: string, amount: number)  look() }
context { env?: "dev" | "prod" }
track paid = count on pay per actor within 2h
on look { allow looks }
on pay {
  allow small when input.amount < 10
  require approval large when input.amount >= 10 unless context.env ?? "dev" == "prod"
  deny often when paid >= 2
  deny night when now.hour < 6
}
`;

const checked = (tests: string) => {
  const { policy, diagnostics } = checkText(POLICY + tests);
  if (policy === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return policy;
};
const run = (tests: string) => {
  const policy = checked(tests);
  return runTests(policy, interpret(policy));
};

describe("tests of a policy", () => {
  it("run on a clock of their own, from midnight of 2026 on where none is given", () => {
    const [result] = run(
      'test "t" { call pay { to: "a", amount: 1 } expect deny by night after 6h call pay { to: "a", amount: 1 } expect allow by small }',
    );
    expect(result).toMatchObject({ name: "t", passed: true, failures: [] });
    expect(result?.calls.map(({ request }) => request.now)).toEqual([1_767_225_600_000, 1_767_247_200_000]);
  });

  it("count what is allowed, and nothing else", () => {
    const [result] = run(`test "t" {
      now "2026-05-01T12:00:00Z"
      call pay { to: "a", amount: 50 } expect require approval by large
      call pay { to: "a", amount: 50 } expect require approval by large
      call pay { to: "a", amount: 5 }  expect allow
      call pay { to: "a", amount: 5 }  expect allow
      call pay { to: "a", amount: 5 }  expect deny by often
      after 2h
      call pay { to: "a", amount: 5 }  expect allow by small
    }`);
    expect(result?.failures).toEqual([]);
  });

  it("start anew each time", () => {
    const once =
      'now "2026-05-01T12:00:00Z" call pay { to: "a", amount: 5 } expect allow call pay { to: "a", amount: 5 } expect allow';
    expect(run(`test "a" { ${once} } test "b" { ${once} }`).map(({ passed }) => passed)).toEqual([
      true,
      true,
    ]);
  });

  it("say which part of an expectation was missed", () => {
    const [result] = run(`test "t" {
      now "2026-05-01T12:00:00Z"
      call pay { to: "a", amount: 5 } expect deny
      call pay { to: "a", amount: 5 } expect allow code default
      call pay { to: "a", amount: 50 } expect deny by night
      call pay raw { to: "a" } expect deny code invalid_request
    }`);
    expect(result?.passed).toBe(false);
    expect(result?.failures.map(({ mismatch }) => mismatch)).toEqual(["effect", "code", "rules"]);
    expect(result?.failures[0]?.call.decision.rules).toEqual(["p.small"]);
  });

  it("fill in who asks only where a test does not", () => {
    const [result] = run('test "t" { actor { id: "bot" } session { id: "own" } call look {} expect allow }');
    expect(result?.calls[0]?.request).toMatchObject({
      actor: { type: "agent", id: "bot" },
      session: { id: "own" },
    });
  });

  it("give the same in every form of the policy", () => {
    const policy = checked(
      'test "t" { call pay { to: "a", amount: 1 } expect deny call look {} expect deny call pay raw { to: 3 } expect deny }',
    );
    const results = runTests(policy, interpret(policy));
    expect(disagreements(results, closures(makePlan(policy)))).toEqual([]);
    const wrong = {
      ...interpret(policy),
      decide: () => ({ ...interpret(policy).decide({}), reasons: ["other"] }),
    };
    expect(disagreements(results, wrong)).toHaveLength(3);
  });
});

describe("coverage", () => {
  const reach = (tests: string) => {
    const policy = checked(tests);
    const { missing, ...rest } = coverageOfTests(policy, runTests(policy, interpret(policy)));
    const texts = missing.map(({ at, outcome }) => `${(POLICY + tests).slice(at.start, at.end)} ${outcome}`);
    return { ...rest, unmatched: rest.unmatched.map(({ rule }) => rule), missing: texts };
  };

  it("is nothing without tests", () => {
    expect(reach("")).toMatchObject({ rules: { all: 5, matched: 0 }, outcomes: { all: 10, reached: 0 } });
  });

  it("counts rules that decided and outcomes that were evaluated", () => {
    const { rules, unmatched, missing } = reach(
      'test "t" { now "2026-05-01T12:00:00Z" call pay { to: "a", amount: 1 } expect allow call look {} expect allow }',
    );
    expect(rules).toEqual({ all: 5, matched: 2 });
    expect(unmatched).toEqual(["p.large", "p.night", "p.often"]);
    expect(missing).toEqual([
      "input.amount < 10 false",
      "input.amount >= 10 true",
      'context.env ?? "dev" == "prod" true',
      'context.env ?? "dev" == "prod" false',
      "paid >= 2 true",
      "now.hour < 6 true",
    ]);
  });
});
