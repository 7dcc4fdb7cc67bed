/*
 * The requests that the server answers beside the Language Server Protocol's own, as the extension asks them: see the
 * server's README. Places are those of the protocol.
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

export type Effect = "allow" | "approval_required" | "clarification_required" | "deny";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Which policy answered, and how many errors it has; one that has any decides nothing. */
export interface AnsweringPolicy {
  readonly uri: string;
  readonly errors: number;
}

export interface Decision {
  readonly decision: Effect;
  readonly code: string;
  readonly rules: readonly string[];
  readonly reasons: readonly string[];
}

/** `agentpolicy/tryCall` */
export interface TryCallResult {
  readonly policy: AnsweringPolicy;
  readonly tools: readonly string[];
  readonly form: CallForm | null;
  readonly tried: Tried | null;
}

export interface CallForm {
  readonly tool: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly input: Json;
  readonly roots: Readonly<Record<string, Json>>;
  readonly tracks: readonly string[];
  readonly request: Readonly<Record<string, Json>>;
}

export interface Tried {
  readonly request: Json;
  readonly figures: Readonly<Record<string, number>>;
  readonly decision: Decision;
  readonly tool: string | null;
  readonly rules: readonly RuleOutcome[];
}

export interface RuleOutcome {
  readonly id: string;
  readonly effect: Effect;
  readonly location: Location;
  readonly outcome: "matched" | "unmatched" | "faulted" | "unjudged";
  readonly considered: boolean;
  readonly decidedBy: DecidingPart | null;
}

export interface DecidingPart {
  readonly clause: "when" | "unless";
  readonly location: Location;
  readonly text: string;
  readonly outcome: boolean | "fault";
  readonly values: readonly {
    readonly location: Location;
    readonly text: string;
    readonly value: string | null;
  }[];
}

/** `agentpolicy/runTests`; `tests` is null where the policy has errors. */
export interface RunTestsResult {
  readonly policy: AnsweringPolicy;
  readonly tests: readonly RanTest[] | null;
}

export interface RanTest {
  readonly name: string;
  readonly location: Location;
  readonly passed: boolean;
  readonly calls: readonly RanCall[];
  readonly failures: readonly TestFailure[];
}

export interface RanCall {
  readonly location: Location;
  readonly request: Json;
  readonly figures: Readonly<Record<string, number>>;
  readonly decision: Decision;
}

export interface TestFailure {
  /** What was expected. */
  readonly location: Location;
  readonly call: Location;
  readonly message: string;
  readonly reasons: readonly string[];
}

/** `agentpolicy/coverage` */
export interface CoverageResult {
  readonly policy: AnsweringPolicy;
  readonly coverage: Coverage | null;
}

export interface Coverage {
  readonly rules: { readonly all: number; readonly matched: number };
  readonly outcomes: { readonly all: number; readonly reached: number };
  readonly unmatched: readonly { readonly rule: string; readonly location: Location }[];
  readonly missing: readonly {
    readonly rule: string;
    readonly location: Location;
    readonly outcome: boolean;
  }[];
}

/** `agentpolicy/decisions` */
export interface DecisionsResult {
  readonly policy: AnsweringPolicy;
  readonly tools: readonly ToolDecisions[];
}

export interface ToolDecisions {
  /** Null for tools that no catalogue declares. */
  readonly tool: string | null;
  /** Strictest first. */
  readonly effects: readonly Effect[];
  readonly byDefault: boolean;
  readonly rules: readonly CoveringRule[];
}

export interface CoveringRule {
  readonly id: string;
  readonly effect: Effect;
  readonly conditional: boolean;
  readonly location: Location;
}

/** `agentpolicy/compile`; `files` is null where the policy has errors. The module comes first. */
export interface CompileResult {
  readonly policy: AnsweringPolicy;
  readonly files: readonly { readonly uri: string; readonly text: string }[] | null;
}

/** `agentpolicy/files`: everything that the policy is made of. */
export interface FilesResult {
  readonly policy: AnsweringPolicy;
  readonly files: readonly string[];
}

/** `agentpolicy/changes`: what is decided otherwise than with other texts. Tools with no change are left out. */
export interface ChangesResult {
  readonly policy: AnsweringPolicy;
  readonly before: { readonly errors: number };
  readonly tools: readonly ToolChange[];
  /** Files that the policy had then and whose text was not given. */
  readonly unread: readonly string[];
}

export interface ToolChange {
  readonly tool: string | null;
  /** What could be decided; null where the tool was not there. */
  readonly before: readonly Effect[] | null;
  readonly after: readonly Effect[] | null;
  readonly rules: readonly RuleChange[];
}

export interface RuleChange {
  readonly id: string;
  readonly change: "added" | "removed" | "changed";
  readonly effect: Effect;
  /** The rule as it was and as it is, as written. */
  readonly before: string | null;
  readonly after: string | null;
}
