import type { Effect, Risk } from "@agentpolicy/runtime/abi";

/** A value to be equal to, or a record of such, field by field. Fields that it does not name do not matter. */
export type Matcher = string | number | boolean | null | { readonly [field: string]: Matcher };

/** What a rule asks of a request; all of it must hold. Without anything to ask a rule matches every call. */
export interface RuleConditions {
  /** The tool's whole name, exactly; or a glob with `*` (any run of characters) and `?` (one). */
  readonly action?: string;
  /** The tool's arguments. `arguments` is another name for it. */
  readonly input?: { readonly [field: string]: Matcher };
  readonly arguments?: { readonly [field: string]: Matcher };
  readonly actor?: { readonly [field: string]: Matcher };
  readonly context?: { readonly [field: string]: Matcher };
  readonly resource?: { readonly [field: string]: Matcher };
}

/** One rule as an object. */
export interface RuleObject {
  /** Unique; decisions name the rule so. */
  readonly id: string;
  readonly when?: RuleConditions;
  readonly decision: Effect;
  /** Shown to people and agents, as it stands. For `clarification_required` it is the question, and needed. */
  readonly reason?: string;
  /** `medium` where not given, `low` on allow. */
  readonly risk?: Risk;
  readonly requirements?: readonly string[];
}

/** A policy as an object. */
export interface PolicyObject {
  /** `policy` where not given. */
  readonly name?: string;
  readonly version?: string;
  /** Where no rule matches: `deny`, or `approval_required`, which it is where not given. */
  readonly defaultDecision?: "deny" | "approval_required";
  readonly rules: readonly RuleObject[];
}
