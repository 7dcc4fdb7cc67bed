import { type CheckedPolicy, checkText } from "@agentpolicy/language";
import type { Decision } from "@agentpolicy/runtime/abi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeRules } from "../../src/import/write-rules.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { checkedPolicy } from "../../src/rules/define.ts";
import { validatePolicy } from "../../src/rules/validate.ts";
import { someCall, someRules } from "../support/generate-rules.ts";
import { picked } from "../support/pick.ts";
import { plainDecision } from "../support/plain-rules.ts";

const CASES = picked((pick) => {
  const made = someRules(pick, true);
  const ids = new Set<string>();
  const policy = { ...made, rules: made.rules.filter(({ id }) => !ids.has(id) && ids.add(id)) };
  return { policy, calls: pick.some(12, 12, () => someCall(pick, policy)) };
});

/** What generated rules are rightly told: that some decide nothing, and that addresses are compared as plain text. */
const TRUE_OF_RULES: ReadonlySet<string> = new Set([
  "never-decides",
  "overrules-all",
  "raw-text-match",
  "redundant-condition",
  "same-condition",
]);

/** What the language would decide with these rules: the clauses of the deciding level, a default without any. */
const byLevels = ({ merge: _merge, byDefault: _byDefault, ...policy }: CheckedPolicy): CheckedPolicy =>
  policy;

/** A decision with the names that its rules have in the text, sorted as texts sort. */
const told = (decision: Decision, nameOf: (id: string) => string) => {
  const { policy: _policy, rules, reasons, approval, clarification, ...rest } = decision;
  return {
    ...rest,
    rules: rules.map(nameOf).sort(),
    reasons: rest.code === "invalid_value" ? [] : [...reasons].sort(),
    approvers: approval?.approvers.map(({ rule }) => (rule === null ? null : nameOf(rule))).sort(),
    questions: clarification?.questions.map(({ rule, ask }) => [nameOf(rule), ask].join(": ")).sort(),
  };
};

describe("rule objects written in the language", () => {
  it("check clean, and decide the same", () => {
    const seen = new Map<string, number>();
    const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(CASES, ({ policy, calls }) => {
        const written = writeRules(policy);
        expect(written.failures).toEqual([]);
        const checked = checkText(written.text!);
        const findings = checked.diagnostics.map(({ code }) => code);
        expect(findings.filter((code) => !TRUE_OF_RULES.has(code))).toEqual([]);
        if (findings.length === 0) note("clean");
        const [mine, theirs] = [
          interpret(checked.policy!),
          interpret(byLevels(checkedPolicy(validatePolicy(policy)))),
        ];
        const name = checked.policy!.name;
        for (const request of calls) {
          const said = mine.decide(request);
          const { decision, code } = plainDecision(policy, request);
          expect([said.decision, said.code], written.text!).toEqual([decision, code]);
          expect(told(said, (id) => id.slice(name.length + 1))).toEqual(
            told(theirs.decide(request), (id) => written.names.get(id)!),
          );
          note(said.code);
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 150), endOnFailure: true },
    );
    for (const what of ["rule", "default", "invalid_request", "invalid_value", "clean"]) {
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(50);
    }
  });
});
