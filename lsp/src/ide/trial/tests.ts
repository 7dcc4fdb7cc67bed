import {
  coverageOfTests,
  runTests,
  type TestCoverage,
  type TestFailure,
  type TestResult,
} from "@agentpolicy/compiler";
import { type Expectation, effectWords } from "@agentpolicy/language";
import type { Decision } from "@agentpolicy/runtime/abi";
import type { Snapshot } from "../snapshot.ts";
import { readyPolicy } from "./ready.ts";

const known = new WeakMap<Snapshot, readonly TestResult[]>();

/** Runs the tests of a policy; null where the policy has errors. They are run once for each snapshot. */
export function testResults(snapshot: Snapshot): readonly TestResult[] | null {
  const before = known.get(snapshot);
  if (before) return before;
  const ready = readyPolicy(snapshot);
  if (ready === null) return null;
  const results = runTests(ready.checked, ready.policy);
  known.set(snapshot, results);
  return results;
}

/** What the tests of a policy reach; null where the policy has errors. */
export function testCoverage(snapshot: Snapshot): TestCoverage | null {
  const results = testResults(snapshot);
  const checked = readyPolicy(snapshot)?.checked;
  return results && checked ? coverageOfTests(checked, results) : null;
}

/** What was expected and what came, in the words of the language: `expected allow, found deny by limit`. */
export const failureWords = ({ expected, call }: TestFailure): string =>
  `expected ${expectationWords(expected)}, found ${decisionWords(call.decision)}`;

const expectationWords = ({ effect, rules, code }: Expectation): string =>
  [
    effectWords(effect),
    ...(rules === null ? [] : [`by ${rules.length === 0 ? "no rule" : rules.join(", ")}`]),
    ...(code === null ? [] : [`code ${code}`]),
  ].join(" ");

const decisionWords = ({ decision, rules, code }: Decision): string =>
  [
    effectWords(decision),
    ...(rules.length === 0 ? [] : [`by ${rules.join(", ")}`]),
    ...(code === "rule" ? [] : [`code ${code}`]),
  ].join(" ");
