import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backEnds } from "../support/compare.ts";
import { somePolicy } from "../support/generate-policies.ts";
import { someFigures, someRequest } from "../support/generate-requests.ts";
import { HOSTILE } from "../support/hostile.ts";
import { type Pick, picked } from "../support/pick.ts";

/** The same request with a hostile value in one of its places. */
const spoiled = (pick: Pick, value: unknown, hostile: unknown): unknown => {
  if (typeof value !== "object" || value === null || pick.once(4)) return hostile;
  const keys = Object.keys(value);
  if (keys.length === 0) return hostile;
  const key = pick.of(keys);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as { [key: string]: unknown };
  copy[key] = spoiled(pick, copy[key], hostile);
  return copy;
};

const CASES = picked((pick) => {
  const policy = somePolicy(pick);
  const calls = pick.some(12, 12, () => ({
    request: spoiled(pick, someRequest(pick, policy), pick.of(Object.values(HOSTILE))()),
    figures: someFigures(pick, policy),
  }));
  return { policy, calls };
});

describe("the three back ends on generated policies and spoiled requests", () => {
  it("agree in what they decide, and throw nothing", async () => {
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(CASES, async ({ policy, calls }) => {
        const ends = await backEnds(policy);
        for (const { request, figures } of calls) {
          const [first, ...others] = Object.values(ends).map((end) => {
            const { decision, code, rules, misfit } = end.decide(request, figures);
            end.contributions(request);
            return { decision, code, rules, path: misfit?.path };
          });
          for (const other of others) expect(other).toEqual(first);
          codes.add(first!.code);
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 60), endOnFailure: true },
    );
    expect([...codes]).toEqual(expect.arrayContaining(["invalid_request", "rule"]));
  });
});
