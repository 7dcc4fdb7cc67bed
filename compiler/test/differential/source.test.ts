import { type CheckedPolicy, checkText } from "@agentpolicy/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { makePlan } from "../../src/plan/make.ts";
import { agree, backEnds } from "../support/compare.ts";
import { somePolicy } from "../support/generate-policies.ts";
import { someFigures, someRequest } from "../support/generate-requests.ts";
import { picked } from "../support/pick.ts";
import { shuffled } from "../support/shuffle.ts";
import { filesOf } from "../support/text.ts";

const ENTRY = "generated.agentpolicy";

/** A policy as text, the same text with its items in another order, and calls. */
const TEXTS = picked((pick) => {
  const policy = somePolicy(pick, true);
  const files = filesOf(policy);
  const items = files[ENTRY]!.split("\n");
  return {
    files,
    moved: { ...files, [ENTRY]: shuffled(items, pick).join("\n\n") },
    calls: pick.some(6, 6, () => ({
      request: someRequest(pick, policy),
      figures: someFigures(pick, policy),
    })),
  };
});

const checked = (files: Record<string, string>): CheckedPolicy | null =>
  checkText(files[ENTRY]!, { path: ENTRY, files }).policy;

/** Figures by the ids that the checker gives tracks. */
const renamed = (figures: object): { [track: string]: number | boolean } =>
  Object.fromEntries(Object.entries(figures).map(([id, value]) => [id.replace("p.", "generated."), value]));

describe("policies generated as text", () => {
  it("are decided alike by all back ends, and their conditions fault only where they may", async () => {
    let accepted = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(TEXTS, async ({ files, calls }) => {
        runs++;
        const policy = checked(files);
        if (policy === null) return;
        accepted++;
        const ends = await backEnds(policy);
        const mayFault = new Set(
          [...makePlan(policy).tools.values()].flatMap(({ levels }) =>
            levels.flatMap(({ rules }) => rules.filter(({ faults }) => faults).map(({ rule }) => rule.id)),
          ),
        );
        for (const { request, figures } of calls) {
          agree(ends, request, renamed(figures));
          const { rules } = explain(policy, request, renamed(figures));
          for (const { id, outcome } of rules) if (outcome === "faulted") expect(mayFault).toContain(id);
        }
      }),
      { numRuns: Number(process.env.AGENTPOLICY_RUNS ?? 100), endOnFailure: true },
    );
    expect(accepted).toBeGreaterThan(runs / 2);
  });

  it("mean the same whatever the order of their items", () => {
    fc.assert(
      fc.property(TEXTS, ({ files, moved, calls }) => {
        const [policy, other] = [checked(files), checked(moved)];
        expect(other === null).toBe(policy === null);
        if (policy === null || other === null) return;
        const [one, two] = [interpret(policy), interpret(other)];
        for (const { request, figures } of calls) {
          const decision = one.decide(request, renamed(figures));
          expect(JSON.stringify(two.decide(request, renamed(figures)))).toBe(JSON.stringify(decision));
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});
