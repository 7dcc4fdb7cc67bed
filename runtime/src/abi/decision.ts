/** The four effects, weakest to strictest: allow, approval_required, clarification_required, deny. */
export type Effect = "allow" | "approval_required" | "clarification_required" | "deny";

/** Why a decision is what it is. */
export type Code =
  | "rule"
  | "default"
  | "unknown_tool"
  | "invalid_request"
  | "invalid_value"
  | "state_unavailable"
  | "policy_unavailable";

export type Risk = "low" | "medium" | "high" | "critical";

/** Which policy decided. `version` is null where the header gives none; `hash` is of the policy's meaning. */
export interface PolicyIdentity {
  readonly name: string;
  readonly version: string | null;
  readonly hash: string;
}

/** One rule's demand: `approvals` different people, each one of `from` (roles or ids; empty: anyone who may approve). */
export interface ApproverRequirement {
  /** The rule that demands it, or null for `default require approval`. */
  readonly rule: string | null;
  readonly from: readonly string[];
  readonly approvals: number;
}

/** Every requirement must be met within `within` milliseconds. Sorted by rule. */
export interface ApprovalDemand {
  readonly approvers: readonly ApproverRequirement[];
  readonly within: number;
}

/** What must be answered, within `within` milliseconds. `needs` are request paths such as `context.ticket`, sorted. */
export interface ClarificationDemand {
  readonly questions: readonly { readonly rule: string; readonly ask: string }[];
  readonly needs: readonly string[];
  readonly within: number;
}

/** What did not fit, where code is `invalid_request`. Names kinds of values only, never a value. */
export interface Misfit {
  /** `input.amount`, `input.items[2].price`, `actor.id`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * The answer to a request. Plain and frozen. `rules` is empty but for the codes `rule` and `invalid_value`, and sorted;
 * `reasons` are the rules' own words (`because`), in the order of their rules, each once, or for the other codes one
 * sentence that says why.
 */
export interface Decision {
  readonly decision: Effect;
  readonly code: Code;
  readonly rules: readonly string[];
  readonly reasons: readonly string[];
  readonly risk: Risk;
  readonly requirements: readonly string[];
  readonly approval?: ApprovalDemand;
  readonly clarification?: ClarificationDemand;
  readonly misfit?: Misfit;
  /** What another policy that only watches would have decided. */
  readonly shadow?: Decision;
  readonly policy: PolicyIdentity;
}
