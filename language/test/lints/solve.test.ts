import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expr } from "../../src/core/expr.ts";
import type { CheckedPolicy } from "../../src/core/policy.ts";
import { cases, untyped } from "../../src/lints/analysis/conditions.ts";
import { demand, isContradiction } from "../../src/lints/analysis/solve.ts";
import type { Json } from "../../src/types/type.ts";
import { condition, INPUT, INPUTS } from "./arbitrary.ts";
import { evaluate, Fault } from "./evaluate.ts";

const policy = { tracks: new Map() } as unknown as CheckedPolicy;
const never = (expr: Expr): boolean =>
  isContradiction([demand(expr)], { ...untyped(policy), input: INPUT }, cases());

const matching = (expr: Expr): Json | undefined =>
  INPUTS.find((input) => {
    try {
      return evaluate(expr, input) === true;
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
  });

describe("contradictions", () => {
  it("are never claimed where a request matches", () => {
    let claimed = 0;
    fc.assert(
      fc.property(condition, (expr) => {
        if (!never(expr)) return;
        claimed += 1;
        expect(matching(expr)).toBeUndefined();
      }),
      { numRuns: 600 },
    );
    // The test is worth something only if contradictions are found.
    expect(claimed).toBeGreaterThan(50);
  });

  it("are mostly found where few requests are possible", () => {
    const finite = condition.filter((expr) => matching(expr) === undefined);
    const found = fc.sample(finite, 100).filter(never).length;
    expect(found).toBeGreaterThan(70);
  });
});
