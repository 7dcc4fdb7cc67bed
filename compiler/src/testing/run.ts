import type { CheckedPolicy, Expectation, Json, Location, Test, TestStep } from "@agentpolicy/language";
import type { Decision, Figures, Policy } from "@agentpolicy/runtime/abi";
import { afterRunning, figuresFor, NO_HISTORY } from "./keeper.ts";

/** A request of a test, with the figures that were at hand when it was decided. */
export interface TestCall {
  readonly request: TestRequest;
  readonly figures: Figures;
  readonly decision: Decision;
  readonly at: Location;
}

export interface TestRequest {
  readonly actor: { readonly [field: string]: Json };
  readonly action: { readonly name: string; readonly input: Json };
  readonly now: number;
  readonly [root: string]: Json | { readonly [field: string]: Json };
}

/** What of an expectation did not come true, first things first. */
export type Mismatch = "effect" | "code" | "rules";

export interface TestFailure {
  readonly expected: Expectation;
  readonly mismatch: Mismatch;
  readonly call: TestCall;
}

export interface TestResult {
  readonly name: string;
  /** The whole test. */
  readonly at: Location;
  readonly passed: boolean;
  readonly calls: readonly TestCall[];
  readonly failures: readonly TestFailure[];
}

/** Where a test states no `now` (decision record 0004): 2026-01-01T00:00:00Z in epoch milliseconds. */
const START = Date.UTC(2026, 0, 1);

/**
 * Runs every `test` of a policy on a clock of its own. A call that is allowed has run and counts in tracks; one that
 * waits for approval or clarification does not. Pure: the same policy gives the same results.
 *
 * @param checked the policy whose tests are run
 * @param policy the same policy, ready to decide
 */
export const runTests = (checked: CheckedPolicy, policy: Policy): readonly TestResult[] =>
  checked.tests.map((test) => runTest(test, policy));

const runTest = (test: Test, policy: Policy): TestResult => {
  const calls: TestCall[] = [];
  const failures: TestFailure[] = [];
  let clock = typeof test.given.now === "number" ? test.given.now : START;
  let history = NO_HISTORY;
  for (const step of test.steps) {
    if (step.kind === "after") {
      clock += step.milliseconds;
      continue;
    }
    const request = requestOf(test, step, clock);
    const figures = figuresFor(policy, request, history, clock);
    const call = { request, figures, decision: policy.decide(request, figures), at: step.at };
    calls.push(call);
    if (call.decision.decision === "allow") history = afterRunning(policy, request, history, clock);
    for (const expected of step.expect) {
      const mismatch = mismatchOf(expected, call.decision);
      if (mismatch !== null) failures.push({ expected, mismatch, call });
    }
  }
  return { name: test.name, at: test.at, passed: failures.length === 0, calls, failures };
};

const requestOf = (test: Test, step: TestStep & { readonly kind: "call" }, now: number): TestRequest => ({
  session: { id: "test" },
  ...test.given,
  actor: { type: "agent", id: "test", ...recordOf(test.given.actor) },
  action: { name: step.tool, input: step.input },
  now,
});

const recordOf = (value: Json | undefined): { readonly [field: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [field: string]: Json })
    : {};

const mismatchOf = ({ effect, code, rules }: Expectation, decision: Decision): Mismatch | null => {
  if (decision.decision !== effect) return "effect";
  if (code !== null && decision.code !== code) return "code";
  if (rules === null) return null;
  const wanted = [...rules].sort();
  const same =
    wanted.length === decision.rules.length && wanted.every((rule, at) => rule === decision.rules[at]);
  return same ? null : "rules";
};

/**
 * The calls on which another rendering of the policy decides differently. There are none, or one of the two is wrong.
 */
export const disagreements = (results: readonly TestResult[], other: Policy): readonly TestCall[] =>
  results
    .flatMap(({ calls }) => calls)
    .filter(({ request, figures, decision }) => {
      const second = other.decide(request, figures);
      return JSON.stringify(second) !== JSON.stringify(decision);
    });
