import type { Location } from "@agentpolicy/language";
import type { Decision, Effect } from "@agentpolicy/runtime/abi";

/** Why a request is decided as it is. Plain data. */
export interface Explanation {
  readonly decision: Decision;
  /** The whole name of the tool called; null where the request names none. */
  readonly tool: string | null;
  /** Every rule that covers the call: strictest level first, by id within a level. */
  readonly rules: readonly RuleExplanation[];
}

/** What became of one rule. `at` is its name in the policy. */
export interface RuleExplanation {
  readonly id: string;
  readonly effect: Effect;
  readonly at: Location;
  /** `unjudged`: the request was refused before any rule was looked at. */
  readonly outcome: "matched" | "unmatched" | "faulted" | "unjudged";
  /**
   * False where a stricter level had decided and weaker rules add nothing, or nothing was judged. `outcome` is then what
   * it would have been.
   */
  readonly considered: boolean;
  /** The first part of its conditions that made the outcome what it is; null for a rule without conditions or unjudged. */
  readonly decidedBy: DecidingPart | null;
}

/** A part of a condition, as written, and what it gave. */
export interface DecidingPart {
  readonly clause: "when" | "unless";
  readonly at: Location;
  readonly text: string;
  readonly outcome: boolean | "fault";
  /** What its parts were, in the order in which they were evaluated, each text once. */
  readonly values: readonly SeenValue[];
}

/** A value on the way, shown as decision 0003 says: `•••` where it is masked, null where it is absent. */
export interface SeenValue {
  readonly at: Location;
  readonly text: string;
  readonly value: string | null;
}
