import type { PolicyObject, RuleObject } from "./rule-objects.ts";

/** What the conservative policy needs to know. */
export interface ConservativeOptions {
  /** The domains whose addresses are not external. Without any, mail to every address waits for approval. */
  readonly internalDomains?: readonly string[];
}

/**
 * A policy to begin with, for tools named as agents' tools often are: looking is allowed, mail that leaves the house
 * waits for approval, an unsure model is asked first, nothing is deleted in production, and whatever else is called
 * waits for approval.
 */
export function conservativePolicy({ internalDomains }: ConservativeOptions = {}): PolicyObject {
  return {
    name: "conservative",
    version: "1",
    defaultDecision: "approval_required",
    defaultRisk: "medium",
    defaultRequirements: ["human_approval"],
    ...(internalDomains && { internalDomains }),
    rules: [
      {
        id: "allow-looking",
        description: "Reading, searching and listing change nothing.",
        when: { action: ["read_*", "search_*", "list_*"] },
        decision: "allow",
        risk: "low",
      },
      mailRule(internalDomains !== undefined),
      {
        id: "ask-when-unsure",
        description: "The model is not sure of this call. What speaks for it?",
        when: { model: { confidence: { exists: true, lt: 0.8 } } },
        decision: "clarification_required",
        risk: "medium",
        requirements: ["explain_uncertainty"],
      },
      {
        id: "keep-production",
        description: "Nothing is deleted in production.",
        when: { action: "delete_*", context: { environment: "production" } },
        decision: "deny",
        risk: "critical",
        requirements: ["policy_exception"],
      },
    ],
  };
}

function mailRule(knowsDomains: boolean): RuleObject {
  return {
    id: "approve-external-mail",
    description: "Mail that leaves the house is seen by a person first.",
    when: { action: "send_email", ...(knowsDomains && { input: { to: { externalEmail: true } } }) },
    decision: "approval_required",
    risk: "medium",
    requirements: ["preview", "human_approval"],
  };
}
