import type { Decision, Misfit, Policy, PolicyIdentity } from "@agentpolicy/runtime/abi";
import { freeze, invalidRequest, UNREADABLE_REQUEST, unknownTool } from "../interpret/decision.ts";
import { manifestOf } from "../plan/manifest.ts";
import type { Plan, ToolPlan } from "../plan/plan.ts";
import { kindOf } from "./checks.ts";
import { isRecord, own } from "./frame.ts";
import { compileTool, type Guard } from "./tool.ts";

/**
 * A policy that decides by nested closures, built for each tool when it is first asked about: the way to run a policy
 * that is made or loaded at run time, without generating code.
 */
export function closures(plan: Plan): Policy {
  const manifest = freeze(manifestOf(plan.policy, plan.hash));
  const { name, version, hash } = manifest;
  const identity: PolicyIdentity = freeze({ name, version, hash });
  const guards = new Map<ToolPlan, Guard>();
  const planOf = (tool: string): ToolPlan | null => plan.tools.get(tool) ?? plan.unknown;
  const guardOf = (tool: string): Guard | null => {
    const toolPlan = planOf(tool);
    if (toolPlan === null) return null;
    let guard = guards.get(toolPlan);
    if (guard === undefined) {
      guard = compileTool(toolPlan, plan.policy, identity);
      guards.set(toolPlan, guard);
    }
    return guard;
  };
  const decide: Policy["decide"] = (request, figures) => {
    const called = toolCalled(request);
    if ("path" in called) return invalidRequest(identity, called);
    const guard = guardOf(called.name);
    if (guard === null) return unknownTool(identity, called.name);
    return guard.decide(called.request, called.action, figures ?? {}, called.name);
  };
  return {
    manifest,
    decide: (request, figures): Decision =>
      orElse(
        () => decide(request, figures),
        () => invalidRequest(identity, UNREADABLE_REQUEST),
      ),
    visible: (tool, who) =>
      orElse(
        () => isRecord(who) && guardOf(tool)?.visible(who, tool) === true,
        () => false,
      ),
    reads: (tool) => planOf(tool)?.reads ?? [],
    contributions: (request) =>
      orElse(
        () => {
          const called = toolCalled(request);
          if ("path" in called) return [];
          return guardOf(called.name)?.contributions(called.request, called.action, called.name) ?? [];
        },
        () => [],
      ),
    masks: (tool) => planOf(tool)?.masks ?? [],
  };
}

/** For what a request's own code throws. */
function orElse<T>(run: () => T, otherwise: () => T): T {
  try {
    return run();
  } catch {
    return otherwise();
  }
}

interface Called {
  readonly request: object;
  readonly action: object;
  readonly name: string;
}

function toolCalled(request: unknown): Called | Misfit {
  if (kindOf(request) !== "record") return { path: "request", expected: "record", found: kindOf(request) };
  const action = readOr(request as object, "action");
  if (kindOf(action) !== "record") return { path: "action", expected: "record", found: foundOf(action) };
  const name = readOr(action as object, "name");
  if (typeof name !== "string") return { path: "action.name", expected: "string", found: foundOf(name) };
  return { request: request as object, action: action as object, name };
}

const UNREADABLE: unique symbol = Symbol("unreadable");

function readOr(of: object, name: string): unknown {
  try {
    return own(of, name);
  } catch {
    return UNREADABLE;
  }
}

function foundOf(value: unknown): string {
  return value === UNREADABLE ? "unreadable" : kindOf(value);
}
