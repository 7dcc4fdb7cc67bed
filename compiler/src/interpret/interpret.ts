import type { CheckedPolicy } from "@agentpolicy/language";
import type { Contribution, Policy } from "@agentpolicy/runtime/abi";
import { amountOf, decide, toolCalled } from "./decide.ts";
import { firstMisfit, makeSubject, type Subject, scopeOf } from "./subject.ts";
import { isVisible } from "./visible.ts";

/**
 * The reference interpreter: a policy decided with straight from its checked form, as the language's semantics
 * read. Slow and plain on purpose; every other way to decide is measured against it.
 */
export function interpret(policy: CheckedPolicy): Policy {
  return interpretSubject(makeSubject(policy));
}

export function interpretSubject(subject: Subject): Policy {
  return {
    manifest: subject.manifest,
    decide: (request, figures) => decide(subject, request, figures ?? {}),
    visible: (tool, who) => isVisible(subject, tool, who),
    reads: (tool) => subject.about(tool)?.tracks ?? [],
    contributions: (request) => contributions(subject, request),
    masks: (tool) => subject.about(tool)?.masks ?? [],
  };
}

function contributions(subject: Subject, request: unknown): Contribution[] {
  const name = toolCalled(request);
  const about = typeof name === "string" ? subject.about(name) : null;
  if (about === null || firstMisfit(request, about.checks) !== null) return [];
  const scope = scopeOf(subject, about, request, {});
  const added: Contribution[] = [];
  for (const { track, body } of about.cover.watches) {
    const amount = amountOf(track.figure, body, scope);
    if (typeof amount === "string") return [];
    if (amount !== null) added.push({ track: track.id, amount });
  }
  return added;
}
