import type {
  CheckedPolicy,
  Effect,
  Expr,
  Rule,
  RuleBody,
  Template,
  Tool,
  Type,
} from "@agentpolicy/language";
import type { TrackDeclaration } from "@agentpolicy/runtime/abi";

/**
 * The compiler's own form of a policy (IR): for every tool, just what deciding on it takes. Made once from a checked
 * policy; the closures and the emitted module are two renderings of it. The reference interpreter does not use it.
 */
export interface Plan {
  readonly policy: CheckedPolicy;
  /** SHA-256 (hex) of the policy's meaning: no order, no spans, no paths. */
  readonly hash: string;
  /** By whole name. */
  readonly tools: ReadonlyMap<string, ToolPlan>;
  /** For calls to unknown tools; null where the policy has no `on unknown` block. */
  readonly unknown: ToolPlan | null;
  readonly tracks: readonly TrackDeclaration[];
}

/** How to decide on one tool. */
export interface ToolPlan {
  /** Null in the plan for unknown tools. */
  readonly tool: Tool | null;
  /** What step 2 checks, in the order in which misfits are reported (see `Check`). */
  readonly checks: readonly Check[];
  /** Ids of the tracks read, sorted. */
  readonly reads: readonly string[];
  /** Strictest first; levels without rules are left out. Rules within a level are sorted by id. */
  readonly levels: readonly Level[];
  readonly masks: readonly (readonly string[])[];
  /** What the call adds to tracks, sorted by track id. */
  readonly watches: readonly {
    readonly track: string;
    readonly amount: Expr | null;
    readonly when: Expr | null;
  }[];
  /** True or false where that is known before any request; else an expression over `actor` and `context` only. */
  readonly visible: boolean | Expr;
  /** The checks that `visible` needs: those of `actor` and `context`. */
  readonly visibleChecks: readonly Check[];
}

/** A part of the request that must be there and fit. One per root read, its type cut down to the parts that are read. */
export interface Check {
  readonly root: "actor" | "context" | "resource" | "session" | "model" | "evidence" | "input" | "now";
  /** What the root's value must fit (see `projection.ts`). */
  readonly type: Type;
}

export interface Level {
  readonly effect: Effect;
  readonly rules: readonly RulePlan[];
}

/** One rule as it stands for one tool. */
export interface RulePlan {
  readonly rule: Rule;
  readonly body: RuleBody;
  /** `when and not unless`, simplified; null: always matches. */
  readonly condition: Expr | null;
  /** Whether evaluating the condition can fault (a parser, arithmetic, a dynamic `within`, an over-long text). */
  readonly faults: boolean;
  /** The reason and question, with masked parts already replaced by text. */
  readonly because: Template | null;
  readonly ask: Template | null;
}
