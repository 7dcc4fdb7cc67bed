import type { Effect } from "../syntax/ast.ts";
import type { Location } from "../text/span.ts";
import type { Json, RecordType, Type } from "../types/type.ts";
import type { Expr, Root } from "./expr.ts";

/**
 * A policy without errors, ready to be decided with: what the checker gives and what the interpreter, the compiler,
 * the explanation and the solver start from. Order carries no meaning in any of its collections.
 */
export interface CheckedPolicy {
  readonly name: string;
  readonly version: string | null;
  readonly default: "deny" | "approval_required";
  /** What the default carries in a decision; risk `medium` and no requirements where absent. Only rule objects say more. */
  readonly byDefault?: { readonly risk: Risk; readonly requirements: readonly string[] };
  /**
   * Whose clauses a decision by rules carries. Absent: those of the level that decides. `all`: the rules, reasons, risk and
   * requirements of every rule that matches, at whatever level; only rule objects say so. Which effect a call gets
   * is the same either way.
   */
  readonly merge?: "all";
  /** Paths and texts of the policy's files and catalogues, entry first. */
  readonly sources: readonly Source[];
  /** By whole name: `server.tool`, or the bare name where it belongs to no server. */
  readonly tools: ReadonlyMap<string, Tool>;
  /** What each root is. `input` is each tool's own; in bodies for unknown tools it is a record of `any`. */
  readonly roots: Readonly<Record<Exclude<Root, "input" | "now">, Type>>;
  readonly functions: ReadonlyMap<string, PolicyFunction>;
  readonly tracks: ReadonlyMap<string, Track>;
  readonly rules: readonly Rule[];
  readonly masks: readonly Mask[];
  /** Whether a block `on unknown` stands anywhere. Without one, unknown tools are denied with `unknown_tool`. */
  readonly coversUnknown: boolean;
  readonly tests: readonly Test[];
  readonly proofs: readonly Proof[];
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly kind: "policy" | "catalogue" | "data";
}

export interface Hints {
  readonly readOnly: boolean;
  readonly destructive: boolean;
  readonly idempotent: boolean;
  readonly openWorld: boolean;
}

/** One declared tool. `name` is the whole name. `schema` is the JSON Schema of its input, for fingerprints and forms. */
export interface Tool {
  readonly name: string;
  readonly server: string | null;
  readonly tool: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly hints: Hints;
  readonly input: RecordType;
  readonly schema: Json;
  readonly at: Location;
}

/** The tools that something covers: whole names, sorted; `unknown` for calls that no catalogue declares. */
export interface Coverage {
  readonly tools: readonly string[];
  readonly unknown: boolean;
}

/** Risk of a call, weakest to strongest. */
export type Risk = "low" | "medium" | "high" | "critical";

/** One rule. `id` is what audit records name: `payments.large-transfer`, `payments.org.no-secrets`. */
export interface Rule {
  readonly id: string;
  readonly effect: Effect;
  readonly risk: Risk;
  readonly requirements: readonly string[];
  /** For `approval_required`. `within` in milliseconds; `from` empty: anyone allowed to approve. */
  readonly approval?: {
    readonly from: readonly string[];
    readonly approvals: number;
    readonly within: number;
  };
  /** For `clarification_required`. `needs` are request paths, root first. */
  readonly clarification?: { readonly needs: readonly (readonly string[])[]; readonly within: number };
  readonly doc: string | null;
  /** The whole rule; `nameAt` its name alone. */
  readonly at: Location;
  readonly nameAt: Location;
  /** Together they cover all tools of the rule, each tool once. */
  readonly bodies: readonly RuleBody[];
}

/**
 * What a rule says for some of its tools. A rule is checked against each tool's own schema; tools for which that gives
 * the same expressions share a body. `tool.*` is already replaced by constants, and `has` of a field that the tool
 * cannot have by `false`.
 */
export interface RuleBody extends Coverage {
  readonly when: Expr | null;
  readonly unless: Expr | null;
  readonly because: Template | null;
  readonly ask: Template | null;
}

/** Text with values in it. */
export type Template = readonly (string | Expr)[];

/** A path of the request that is never shown. */
export interface Mask extends Coverage {
  readonly path: readonly string[];
  readonly at: Location;
}

/** A function of the policy. Its body reads parameters as `local` and never `input` or tracks. */
export interface PolicyFunction {
  readonly id: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly body: Expr;
  readonly at: Location;
}

/** A figure over earlier calls. `within` in milliseconds, null for ever. */
export interface Track {
  readonly id: string;
  readonly figure: "count" | "sum" | "seen";
  readonly per: "actor" | "session" | "policy";
  readonly within: number | null;
  readonly at: Location;
  /** For the tools watched: `amount` for `sum`, `when` where given. */
  readonly bodies: readonly TrackBody[];
}

export interface TrackBody extends Coverage {
  readonly amount: Expr | null;
  readonly when: Expr | null;
}

export type Code =
  | "rule"
  | "default"
  | "unknown_tool"
  | "invalid_request"
  | "invalid_value"
  | "state_unavailable"
  | "policy_unavailable";

/** One `test`. `given` holds the request's roots other than input (`now` in milliseconds). */
export interface Test {
  readonly name: string;
  readonly at: Location;
  readonly given: { readonly [root: string]: Json };
  readonly steps: readonly TestStep[];
}

export type TestStep =
  | { readonly kind: "after"; readonly milliseconds: number; readonly at: Location }
  | {
      readonly kind: "call";
      readonly tool: string;
      readonly input: Json;
      readonly at: Location;
      readonly expect: readonly Expectation[];
    };

/** `rules` are whole rule ids; null where `by` was not written. */
export interface Expectation {
  readonly effect: Effect;
  readonly rules: readonly string[] | null;
  readonly code: Code | null;
  readonly at: Location;
}

export interface Proof {
  readonly name: string;
  readonly at: Location;
  readonly claims: readonly Claim[];
}

export interface Claim {
  readonly form: "never" | "always";
  readonly effects: readonly Effect[];
  readonly at: Location;
  readonly bodies: readonly (Coverage & { readonly when: Expr | null })[];
}
