import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agree, backEnds } from "../support/compare.ts";
import { somePolicy } from "../support/generate-policies.ts";
import { someFigures, someRequest } from "../support/generate-requests.ts";
import { picked } from "../support/pick.ts";

const CASES = picked((pick) => {
  const policy = somePolicy(pick);
  return {
    policy,
    calls: pick.some(8, 8, () => ({
      request: someRequest(pick, policy),
      figures: someFigures(pick, policy),
    })),
  };
});

describe("the three back ends on generated policies", () => {
  it("agree on every request, whether it fits or not", async () => {
    const codes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(CASES, async ({ policy, calls }) => {
        const ends = await backEnds(policy);
        for (const { request, figures } of calls) {
          const { code } = agree(ends, request, figures);
          codes.set(code, (codes.get(code) ?? 0) + 1);
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 150), endOnFailure: true },
    );
    for (const code of [
      "rule",
      "default",
      "invalid_request",
      "invalid_value",
      "unknown_tool",
      "state_unavailable",
    ]) {
      expect(codes.get(code) ?? 0, `decisions with code ${code}`).toBeGreaterThan(0);
    }
  });
});
