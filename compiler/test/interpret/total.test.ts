import { ANY, recordOf, STRING } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closures } from "../../src/closures/closures.ts";
import { explain } from "../../src/explain/explain.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { makePlan } from "../../src/plan/make.ts";
import { call, fn, isType, local, policy, rule, tool, trackOf } from "../support/build.ts";
import { nonsense } from "../support/generate-nonsense.ts";
import { oddValue, someValue } from "../support/generate-requests.ts";
import { picked } from "../support/pick.ts";

const OPEN = recordOf([], ANY);
const VALUES = recordOf([
  ["a", { type: ANY, optional: true }],
  ["b", { type: ANY, optional: true }],
]);

describe("evaluation", () => {
  it("is total on any expression, and decides or denies", () => {
    const cases = picked((pick) => ({
      policy: policy({
        tools: [tool("t", {}, ANY)],
        roots: { actor: OPEN, context: OPEN, session: OPEN, evidence: ANY },
        functions: [
          fn("f", { x: ANY }, nonsense(pick, 2)),
          fn("g", { x: ANY, y: ANY }, call(pick.of(["f", "g"]), local("x"))),
        ],
        tracks: [trackOf("p.t", { figure: "sum", amount: nonsense(pick, 2), when: nonsense(pick, 1) })],
        rules: pick.some(1, 3, (i) =>
          rule(`r${i}`, pick.of(["allow", "deny"]), {
            when: pick.once(2) ? nonsense(pick, 3) : isType(nonsense(pick, 0), STRING),
            unless: pick.once(3) ? nonsense(pick, 2) : null,
            because: [nonsense(pick, 1)],
          }),
        ),
      }),
      request: {
        actor: { type: "agent", id: "b", a: oddValue(pick) },
        action: { name: "t", input: someValue(pick, VALUES, 4) },
        evidence: oddValue(pick),
        session: { id: "s" },
        now: 0,
      },
    }));
    const codes = new Map<string, number>();
    fc.assert(
      fc.property(cases, ({ policy, request }) => {
        const figures = { "p.t": 1, "p.none": 2 };
        for (const decider of [interpret(policy), closures(makePlan(policy))]) {
          const { code, decision } = decider.decide(request, figures);
          codes.set(code, (codes.get(code) ?? 0) + 1);
          if (code !== "rule" && code !== "default") expect(decision).toBe("deny");
          expect(typeof decider.visible("t", request as never)).toBe("boolean");
          expect(Array.isArray(decider.contributions(request))).toBe(true);
        }
        explain(policy, request, figures);
      }),
      { numRuns: 300, endOnFailure: true },
    );
    for (const code of ["invalid_request", "invalid_value", "rule"])
      expect([...codes.keys()]).toContain(code);
  });
});
