import type { Effect, Token } from "@agentpolicy/language";

/** A value as it is written before the place asked about: `input.to`, `url(x).host`. */
export type Operand = readonly Token[];

/** What an expression belongs to; says what it may read. */
export type Within = "rule" | "track" | "function" | "constant" | "where" | "claim" | "test";

/** What fits where a value is to come. */
export type Expects =
  | { readonly kind: "anything" | "condition" | "boolean" | "number" }
  /** What the operator takes beside the operand: `input.kind == ▮`, `input.kind in ▮`. */
  | { readonly kind: "beside"; readonly operand: Operand; readonly operator: string }
  | { readonly kind: "argument"; readonly callee: Operand; readonly index: number }
  | { readonly kind: "element"; readonly of: Expects; readonly written: readonly string[] }
  | { readonly kind: "field"; readonly of: Expects; readonly name: string }
  /** The value of a constant, by its name. */
  | { readonly kind: "constant"; readonly name: string }
  | { readonly kind: "input"; readonly tool: string }
  | { readonly kind: "root"; readonly root: string };

/** The parameter of a `x => …` and the list whose elements it stands for. */
export interface Each {
  readonly name: string;
  readonly of: Operand;
}

/** Where an expression stands. */
export interface Surroundings {
  readonly within: Within;
  readonly expects: Expects;
  /** A path in the request is wanted and no value. */
  readonly path?: "mask" | "needs";
}

interface InExpression {
  readonly surroundings: Surroundings;
  readonly each: readonly Each[];
}

/** What may be written at a place. Often several things may. */
export type Place =
  | {
      readonly kind: "item" | "member" | "claim" | "type" | "rule-reference" | "hint" | "duration" | "number";
    }
  /** The braces of an item, and what is in them. */
  | { readonly kind: "body" }
  /** One of a few words. */
  | { readonly kind: "words"; readonly words: readonly Word[] }
  | { readonly kind: "file"; readonly of: "policy" | "catalogue" | "data" }
  /** A name that the author invents. */
  | { readonly kind: "new-name"; readonly of: "policy" | "import" }
  /** `start`: where the pattern begins of which a piece is written. */
  | {
      readonly kind: "pattern";
      readonly of: "block" | "track" | "claim" | "call";
      readonly start: number | null;
      readonly written: readonly string[];
    }
  | { readonly kind: "override"; readonly written: readonly string[] }
  | {
      readonly kind: "effect";
      readonly of: "default" | "expect" | "claim";
      readonly written: readonly Effect[];
    }
  | { readonly kind: "rule-name"; readonly effect: Effect }
  | { readonly kind: "clause"; readonly effect: Effect; readonly written: readonly string[] }
  | { readonly kind: "approver" | "requirement"; readonly written: readonly string[] }
  | { readonly kind: "sentence"; readonly of: "because" | "ask" }
  | { readonly kind: "test-member"; readonly written: readonly string[]; readonly after: string | null }
  | ({ readonly kind: "operand"; readonly expects: Expects } & InExpression)
  /** `compared`: a comparison is written, so that the condition may end here. */
  | ({
      readonly kind: "operator";
      readonly of: Operand;
      readonly compared: boolean;
      readonly inIf: "then" | "else" | null;
    } & InExpression)
  | ({ readonly kind: "dot"; readonly of: Operand; readonly expects: Expects } & InExpression)
  | ({ readonly kind: "has" | "index"; readonly of: Operand } & InExpression)
  | {
      readonly kind: "key";
      readonly record: Expects;
      readonly written: readonly string[];
      readonly raw?: boolean;
    };

/** A word of the language at a place. */
export type Word =
  | "version"
  | "as"
  | "from"
  | "where"
  | "when"
  | "per"
  | "within"
  | "on"
  | "approval"
  | "clarification"
  | "low"
  | "medium"
  | "high"
  | "critical"
  | "actor"
  | "session"
  | "policy"
  | "count"
  | "seen"
  | "sum"
  | "in"
  | "like"
  | "by"
  | "code"
  | "raw"
  | CodeWord;

export type CodeWord =
  | "rule"
  | "default"
  | "unknown_tool"
  | "invalid_request"
  | "invalid_value"
  | "state_unavailable"
  | "policy_unavailable";
