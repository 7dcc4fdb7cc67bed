import { type CheckedPolicy, recordOf, required, STRING } from "@agentpolicy/language";
import type { Risk } from "@agentpolicy/runtime/abi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { policyHash } from "../../src/plan/hash.ts";
import * as p from "../support/build.ts";
import { agree, backEnds } from "../support/compare.ts";
import { somePolicy } from "../support/generate-policies.ts";
import { someFigures, someRequest } from "../support/generate-requests.ts";
import { picked } from "../support/pick.ts";

const RISKS: readonly Risk[] = ["low", "medium", "high", "critical"];

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

const merging = (policy: CheckedPolicy): CheckedPolicy => ({
  ...policy,
  merge: "all",
  byDefault: { risk: "high", requirements: ["b", "a", "b"] },
});

describe("decisions that carry the clauses of every rule that matches", () => {
  it("are the same in all back ends, and the same but for those clauses where only the deciding level's are carried", async () => {
    let richer = 0;
    await fc.assert(
      fc.asyncProperty(CASES, async ({ policy, calls }) => {
        const level = interpret(policy);
        const ends = await backEnds(merging(policy));
        for (const { request, figures } of calls) {
          const all = agree(ends, request, figures);
          const one = level.decide(request, figures);
          // A rule that is judged for its clauses alone may meet what cannot be read.
          if (all.misfit?.path === "request" && one.misfit === undefined) continue;
          const { decision, code, misfit, approval, clarification } = all;
          expect({ decision, code, misfit, approval, clarification }).toEqual({
            decision: one.decision,
            code: one.code,
            misfit: one.misfit,
            approval: one.approval,
            clarification: one.clarification,
          });
          if (code !== "rule") continue;
          for (const part of ["rules", "reasons", "requirements"] as const) {
            expect(all[part]).toEqual(expect.arrayContaining([...one[part]]));
          }
          expect([...all.rules].sort()).toEqual(all.rules);
          expect(RISKS.indexOf(all.risk)).toBeGreaterThanOrEqual(RISKS.indexOf(one.risk));
          if (all.rules.length > one.rules.length) richer++;
          const why = explain(merging(policy), request, figures);
          expect(why.rules.filter(({ considered }) => !considered)).toEqual([]);
        }
      }),
      { numRuns: 150, endOnFailure: true },
    );
    expect(richer).toBeGreaterThan(20);
  });

  it("count a weaker rule that cannot be judged, and deny where the deciding level cannot be", async () => {
    const unreadable = p.equal(
      p.method("email.domain", p.parse("email", p.path("context.mail"))),
      p.constant("acme.com"),
    );
    const rules = [
      p.rule("asks", "approval_required", { requirements: ["sign"] }),
      p.rule("reads", "allow", {
        when: unreadable,
        risk: "high",
        requirements: ["log"],
        because: ["Logged."],
      }),
    ];
    const roots = { context: recordOf([["mail", required(STRING)]]) };
    const ends = await backEnds(p.policy({ merge: "all", rules, roots }));
    const answer = agree(ends, p.request({}, { context: { mail: "nobody" } }));
    expect(answer).toMatchObject({
      decision: "approval_required",
      code: "rule",
      rules: ["asks", "reads"],
      reasons: ["Logged."],
      risk: "high",
      requirements: ["log", "sign"],
      approval: { approvers: [{ rule: "asks", from: [], approvals: 1 }] },
    });
    expect(agree(ends, p.request({}, { context: { mail: "a@b.c" } })).rules).toEqual(["asks"]);
    const strict = [p.rule("strict", "deny", { when: unreadable }), ...rules];
    const denied = agree(
      await backEnds(p.policy({ merge: "all", rules: strict, roots })),
      p.request({}, { context: { mail: "nobody" } }),
    );
    expect(denied).toMatchObject({ decision: "deny", code: "invalid_value", rules: ["strict"] });
  });

  it("more than one function's worth of them", async () => {
    const rules = Array.from({ length: 60 }, (_, i) =>
      p.rule(`r${String(i).padStart(2, "0")}`, i % 2 === 0 ? "allow" : "approval_required", {
        when: p.compare(">=", p.path("now"), p.constant(i)),
        requirements: [`n${i % 7}`],
      }),
    );
    const ends = await backEnds(p.policy({ merge: "all", rules }));
    expect(agree(ends, p.request({}, { now: 40 })).rules).toHaveLength(41);
    expect(agree(ends, p.request({}, { now: 0 }))).toMatchObject({ decision: "allow", rules: ["r00"] });
  });

  it("have a hash of their own", () => {
    const plain = p.policy({ rules: [p.rule("a", "allow")] });
    const hashes = [
      plain,
      { ...plain, merge: "all" as const },
      { ...plain, byDefault: { risk: "high" as const, requirements: [] } },
      { ...plain, byDefault: { risk: "high" as const, requirements: ["b", "a"] } },
    ].map(policyHash);
    expect(new Set(hashes).size).toBe(4);
    expect(policyHash({ ...plain, byDefault: { risk: "high", requirements: ["a", "b", "a"] } })).toBe(
      hashes[3],
    );
  });
});
