import type { CheckedPolicy } from "@agentpolicy/language";
import { traceOutcomes } from "../explain/outcomes.ts";
import { coverageOf, type Reached, type TestCoverage } from "./coverage.ts";
import type { TestResult } from "./run.ts";

/** What the tests of a policy reached on their way: rules that decided, and outcomes of conditions that were evaluated. */
export const coverageOfTests = (policy: CheckedPolicy, results: readonly TestResult[]): TestCoverage => {
  const calls = results.flatMap((result) => result.calls);
  const matched = new Set(calls.flatMap(({ decision }) => (decision.code === "rule" ? decision.rules : [])));
  const reached = calls.flatMap(({ request, figures }) =>
    traceOutcomes(policy, request, figures).flatMap(({ at, outcome }): readonly Reached[] =>
      outcome === "fault" ? [] : [{ at, outcome }],
    ),
  );
  return coverageOf(policy, matched, reached);
};
