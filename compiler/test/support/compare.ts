import type { CheckedPolicy } from "@agentpolicy/language";
import type { Decision, Figures, Policy } from "@agentpolicy/runtime/abi";
import { expect } from "vitest";
import { closures } from "../../src/closures/closures.ts";
import { emitModule } from "../../src/emit/emit.ts";
import { interpret } from "../../src/interpret/interpret.ts";
import { makePlan } from "../../src/plan/make.ts";
import { loadModule } from "./load-module.ts";

/** The three ways to decide with one policy. */
export interface BackEnds {
  readonly interpreter: Policy;
  readonly closures: Policy;
  readonly module: Policy;
}

export async function backEnds(policy: CheckedPolicy): Promise<BackEnds> {
  const plan = makePlan(policy);
  return {
    interpreter: interpret(policy),
    closures: closures(plan),
    module: await loadModule(emitModule(plan).code),
  };
}

/** Demands that all three say the very same about a request, to the byte, and gives their decision. */
export function agree(ends: BackEnds, request: unknown, figures?: Figures): Decision {
  const said = {
    interpreter: answers(ends.interpreter, request, figures),
    closures: answers(ends.closures, request, figures),
    module: answers(ends.module, request, figures),
  };
  const text = (answers: object): string => JSON.stringify(answers, null, 1);
  if (text(said.closures) !== text(said.interpreter) || text(said.module) !== text(said.interpreter)) {
    expect(text(said.closures), "closures against interpreter").toBe(text(said.interpreter));
    expect(text(said.module), "module against interpreter").toBe(text(said.interpreter));
  }
  return said.interpreter.decision;
}

/** Builds the three back ends, and demands that they agree. */
export async function compareBackEnds(
  policy: CheckedPolicy,
  request: unknown,
  figures?: Figures,
): Promise<Decision> {
  return agree(await backEnds(policy), request, figures);
}

function answers(policy: Policy, request: unknown, figures: Figures | undefined) {
  const decision = policy.decide(request, figures);
  const tool = toolOf(request);
  return {
    decision,
    frozen: Object.isFrozen(decision) && Object.isFrozen(decision.rules) && Object.isFrozen(decision.policy),
    visible: policy.visible(tool, request as never),
    reads: policy.reads(tool),
    masks: policy.masks(tool),
    contributions: decision.decision === "deny" ? [] : policy.contributions(request),
    manifest: policy.manifest,
  };
}

function toolOf(request: unknown): string {
  try {
    const name: unknown = (request as { action: { name: unknown } }).action.name;
    return typeof name === "string" ? name : "none";
  } catch {
    return "none";
  }
}
