import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedPolicy } from "../../src/rules/define.ts";
import { validatePolicy } from "../../src/rules/validate.ts";
import { agree, backEnds } from "../support/compare.ts";
import { someCall, someRules } from "../support/generate-rules.ts";
import { picked } from "../support/pick.ts";
import { plainDecision } from "../support/plain-rules.ts";

const CASES = picked((pick) => {
  const made = someRules(pick);
  // Ids are drawn from few, so that they sort in all ways; each once.
  const ids = new Set<string>();
  const rules = made.rules.filter(({ id }) => !ids.has(id) && ids.add(id));
  const policy = { ...made, rules };
  return { policy, calls: pick.some(12, 12, () => someCall(pick, policy)) };
});

describe("rule objects, against their meaning in plain words", () => {
  it("decide the same in all back ends: effect, code, rules, reasons, risk and requirements", async () => {
    const seen = new Map<string, number>();
    const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    await fc.assert(
      fc.asyncProperty(CASES, async ({ policy, calls }) => {
        const ends = await backEnds(checkedPolicy(validatePolicy(policy)));
        for (const request of calls) {
          const said = agree(ends, request);
          const { decision, code, rules, risk, requirements } = said;
          const plain = plainDecision(policy, request);
          const reasons = plain.reasons === null ? null : said.reasons;
          expect(
            { decision, code, rules, reasons, risk, requirements },
            JSON.stringify({ policy, request }),
          ).toEqual(plain);
          note(code);
          if (code === "rule") note(decision);
          if (rules.length > 1) note("several");
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 150), endOnFailure: true },
    );
    for (const what of [
      ...["default", "invalid_request", "invalid_value", "several"],
      ...["allow", "approval_required", "clarification_required", "deny"],
    ]) {
      expect(seen.get(what) ?? 0, `decisions that are ${what}`).toBeGreaterThan(20);
    }
  });
});
