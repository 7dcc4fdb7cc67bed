import type { CheckedPolicy } from "@agentpolicy/language";
import type { Decision, Effect } from "@agentpolicy/runtime/abi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { makePlan } from "../../src/plan/make.ts";
import { path } from "../support/build.ts";
import { somePolicy, someRule } from "../support/generate-policies.ts";
import { someFigures, someRequest } from "../support/generate-requests.ts";
import { type Pick, picked } from "../support/pick.ts";
import { rearranged } from "../support/shuffle.ts";

const RUNS = { numRuns: 150, endOnFailure: true };
const STRICTNESS: readonly Effect[] = ["allow", "approval_required", "clarification_required", "deny"];
const rank = (effect: Effect): number => STRICTNESS.indexOf(effect);

/** A policy, another made of it, and calls. */
const pairs = (change: (policy: CheckedPolicy, pick: Pick) => CheckedPolicy) =>
  picked((pick) => {
    const policy = somePolicy(pick);
    const calls = pick.some(8, 8, () => ({
      request: someRequest(pick, policy),
      figures: someFigures(pick, policy),
    }));
    return { policy, changed: change(policy, pick), calls };
  });

/** A rule that any policy of the generator can take: it reads what every one of them has. */
const anotherRule = (policy: CheckedPolicy, pick: Pick) =>
  someRule(pick, "extra", policy.tools.get("t")!.input, {
    roots: [
      { of: path("actor"), type: policy.roots.actor },
      { of: path("input"), type: policy.tools.get("t")!.input },
    ],
    functions: [],
    counts: [],
    flags: [],
  });

/** A decision without what names its rules. */
const withoutRules = ({ rules, approval, clarification, policy, ...rest }: Decision) => ({
  ...rest,
  reasons: rest.code === "invalid_value" ? [] : rest.reasons,
  within: [approval?.within, clarification?.within],
  needs: clarification?.needs,
});

describe("what holds of every policy", () => {
  it("order and place change no byte of a decision, the policy's hash included", () => {
    fc.assert(
      fc.property(pairs(rearranged), ({ policy, changed, calls }) => {
        const [one, other] = [interpret(policy), interpret(changed)];
        for (const { request, figures } of calls) {
          expect(JSON.stringify(other.decide(request, figures))).toBe(
            JSON.stringify(one.decide(request, figures)),
          );
        }
      }),
      RUNS,
    );
  });

  it("a rule that stands twice decides as one, and both are named", () => {
    const twice = (policy: CheckedPolicy, pick: Pick): CheckedPolicy => {
      const rule = pick.of(policy.rules);
      return { ...policy, rules: [...policy.rules, { ...rule, id: `${rule.id}-again` }] };
    };
    fc.assert(
      fc.property(pairs(twice), ({ policy, changed, calls }) => {
        const [one, other] = [interpret(policy), interpret(changed)];
        const again = changed.rules.at(-1)!.id;
        for (const { request, figures } of calls) {
          const [before, after] = [one.decide(request, figures), other.decide(request, figures)];
          expect(withoutRules(after)).toEqual(withoutRules(before));
          expect(after.rules.filter((id) => id !== again)).toEqual(before.rules);
          expect(after.rules.includes(again)).toBe(before.rules.includes(again.replace("-again", "")));
        }
      }),
      RUNS,
    );
  });

  it("a rule at least as strict as the decision never loosens it", () => {
    const more = (policy: CheckedPolicy, pick: Pick): CheckedPolicy => ({
      ...policy,
      rules: [...policy.rules, anotherRule(policy, pick)],
    });
    fc.assert(
      fc.property(pairs(more), ({ policy, changed, calls }) => {
        const [one, other] = [interpret(policy), interpret(changed)];
        const added = rank(changed.rules.at(-1)!.effect);
        for (const { request, figures } of calls) {
          const before = rank(one.decide(request, figures).decision);
          const after = rank(other.decide(request, figures).decision);
          if (added >= before) expect(after).toBeGreaterThanOrEqual(before);
          if (added === rank("deny")) expect(after).toBeGreaterThanOrEqual(before);
        }
      }),
      RUNS,
    );
  });

  it("what step 2 lets through, conditions can be evaluated on, but for parsers and arithmetic", () => {
    fc.assert(
      fc.property(
        pairs((policy) => policy),
        ({ policy, calls }) => {
          const plan = makePlan(policy);
          const mayFault = new Map(
            [...plan.tools.values(), ...(plan.unknown === null ? [] : [plan.unknown])].flatMap(({ levels }) =>
              levels.flatMap(({ rules }) => rules.map(({ rule, faults }) => [rule.id, faults] as const)),
            ),
          );
          for (const { request, figures } of calls) {
            for (const { id, outcome } of explain(policy, request, figures).rules) {
              if (outcome === "faulted") expect(mayFault.get(id), id).toBe(true);
            }
          }
        },
      ),
      RUNS,
    );
  });

  it("a tool that is not visible is denied, whatever the arguments", () => {
    let hidden = 0;
    fc.assert(
      fc.property(
        pairs((policy) => policy),
        ({ policy, calls }) => {
          const decider = interpret(policy);
          for (const { request, figures } of calls) {
            const { name } = (request as { action: { name: string } }).action;
            if (decider.visible(name, request as never)) continue;
            hidden++;
            expect(decider.decide(request, figures).decision).toBe("deny");
          }
        },
      ),
      RUNS,
    );
    expect(hidden).toBeGreaterThan(50);
  });

  it("explanations say what was decided, and by which rules", () => {
    fc.assert(
      fc.property(
        pairs((policy) => policy),
        ({ policy, calls }) => {
          const decider = interpret(policy);
          for (const { request, figures } of calls) {
            const { decision, rules } = explain(policy, request, figures);
            expect(decision).toEqual(decider.decide(request, figures));
            const deciding = decision.code === "rule" ? "matched" : "faulted";
            const named = rules
              .filter(({ considered, outcome }) => considered && outcome === deciding)
              .map(({ id }) => id);
            if (decision.rules.length > 0) expect(named).toEqual(decision.rules);
          }
        },
      ),
      RUNS,
    );
  });
});
