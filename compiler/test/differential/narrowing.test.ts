import { type CheckedPolicy, checkText } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpret } from "../../src/interpret/interpret.ts";
import { CATALOGUE, narrowingPolicy, narrowingRequest } from "../support/narrowing.ts";
import { picked } from "../support/pick.ts";

const CASES = picked((pick) => ({
  text: narrowingPolicy(pick),
  requests: pick.some(12, 12, () => narrowingRequest(pick)),
}));

const checked = (text: string): CheckedPolicy | null =>
  checkText(text, { files: { "t.json": CATALOGUE } }).policy;

describe("what flow typing concludes", () => {
  it("holds for every request that step 2 lets through: no accepted condition meets an absent or mistyped value", () => {
    const seen = { accepted: 0, refused: 0, matched: 0, passed: 0, stopped: 0 };
    fc.assert(
      fc.property(CASES, ({ text, requests }) => {
        const policy = checked(text);
        if (policy === null) {
          seen.refused += 1;
          return;
        }
        seen.accepted += 1;
        const { decide } = interpret(policy);
        for (const request of requests) {
          const { code } = decide(request);
          // The conditions hold no parser and no arithmetic, so that nothing but a wrong type could fault.
          expect(code).not.toBe("invalid_value");
          if (code === "rule") seen.matched += 1;
          else if (code === "default") seen.passed += 1;
          else if (code === "invalid_request") seen.stopped += 1;
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 250) },
    );
    // The generator must go on reaching both answers of the checker and every way through a decision.
    expect(
      Object.values(seen).every((count) => count > 10),
      JSON.stringify(seen),
    ).toBe(true);
  });
});
