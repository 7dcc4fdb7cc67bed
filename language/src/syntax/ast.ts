import type { Span } from "../text/span.ts";

/**
 * The tree of one file. Every node has the span of exactly its own text. Broken text still gives a tree:
 * what could not be read is an `error` node or a node whose `name` is absent; the diagnostics ride beside it.
 */
export interface SourceFile extends Span {
  readonly path: string;
  readonly text: string;
  readonly items: readonly Item[];
  /** Every comment of the file in order, doc comments included. */
  readonly comments: readonly Comment[];
}

export interface Comment extends Span {
  readonly kind: "line" | "block" | "doc";
  /** Without the comment signs; for `doc` without the leading blank. */
  readonly text: string;
}

/** A name as written. `quoted` names were given as strings. */
export interface Name extends Span {
  readonly text: string;
  readonly quoted?: boolean;
}

/** A string literal: `value` is what it means. `raw` was written `r"…"`. */
export interface StringNode extends Span {
  readonly kind: "string";
  readonly value: string;
  readonly raw: boolean;
}

interface ItemBase extends Span {
  /** The text of the `///` lines before it, joined by newlines. */
  readonly doc?: string;
}

export type Item =
  | PolicyItem
  | ImportItem
  | ToolsItem
  | ShapeItem
  | TypeItem
  | LetItem
  | FnItem
  | TrackItem
  | DefaultItem
  | BlockItem
  | TestItem
  | ProveItem
  | ErrorItem;

export interface PolicyItem extends ItemBase {
  readonly kind: "policy";
  readonly name?: Name;
  readonly version?: StringNode;
}

export interface ImportItem extends ItemBase {
  readonly kind: "import";
  readonly path?: StringNode;
  readonly name?: Name;
}

export interface ToolsItem extends ItemBase {
  readonly kind: "tools";
  /** Absent: the tools belong to no server. */
  readonly name?: Name;
  /** `from "PATH"`; then `tools` may hold hint overrides only (`parameters` absent). */
  readonly from?: StringNode;
  readonly tools: readonly ToolNode[];
}

export type HintName = "read-only" | "destructive" | "idempotent" | "open-world";

export interface HintNode extends Span {
  /** As written, without the `@`; checked against `HintName` by the checker. */
  readonly name: Name;
}

export interface ToolNode extends ItemBase {
  readonly kind: "tool";
  readonly name: Name;
  /** Absent where only hints are given (after `from`). */
  readonly parameters?: readonly FieldNode[];
  readonly hints: readonly HintNode[];
}

export interface FieldNode extends ItemBase {
  readonly kind: "field";
  readonly name: Name;
  readonly optional: boolean;
  readonly type: TypeNode;
}

export interface ShapeItem extends ItemBase {
  readonly kind: "shape";
  readonly root: "actor" | "context" | "resource";
  readonly fields: readonly FieldNode[];
}

export interface TypeItem extends ItemBase {
  readonly kind: "type";
  readonly name?: Name;
  readonly type: TypeNode;
}

export interface LetItem extends ItemBase {
  readonly kind: "let";
  readonly name?: Name;
  readonly type?: TypeNode;
  readonly value?: ExprNode;
  readonly from?: StringNode;
}

export interface FnItem extends ItemBase {
  readonly kind: "fn";
  readonly name?: Name;
  readonly parameters: readonly FieldNode[];
  readonly body: ExprNode;
}

export interface TrackItem extends ItemBase {
  readonly kind: "track";
  readonly name?: Name;
  readonly figure: "count" | "seen" | "sum";
  /** `sum EXPR` only. */
  readonly sum?: ExprNode;
  readonly tools: ToolsPattern;
  readonly when?: ExprNode;
  readonly per?: { readonly key: "actor" | "session" | "policy" } & Span;
  readonly within?: DurationNode;
}

export interface DefaultItem extends ItemBase {
  readonly kind: "default";
  readonly effect?: EffectNode;
}

/** `deny`, `allow`, `require approval`, `require clarification`. */
export interface EffectNode extends Span {
  readonly kind: "effect";
  readonly effect: Effect;
}

/** The four effects as they stand in code and audit records. */
export type Effect = "allow" | "approval_required" | "clarification_required" | "deny";

/** A comma list of patterns: `bank.get_balance, bank.list_*`, `*`, `unknown`. */
export interface ToolsPattern extends Span {
  readonly kind: "tools-pattern";
  readonly patterns: readonly ToolPattern[];
}

export type ToolPattern =
  | ({ readonly kind: "all" } & Span)
  | ({ readonly kind: "unknown" } & Span)
  /** `server.tool` or `tool`; each part may hold `*`, except where it is quoted. */
  | ({ readonly kind: "named"; readonly server?: Name; readonly tool: Name } & Span);

export interface BlockItem extends ItemBase {
  readonly kind: "block";
  readonly tools: ToolsPattern;
  readonly where?: ExprNode;
  readonly members: readonly (RuleNode | MaskNode)[];
}

export interface RuleNode extends ItemBase {
  readonly kind: "rule";
  readonly effect: EffectNode;
  readonly name?: Name;
  /** In the order written. */
  readonly clauses: readonly ClauseNode[];
}

export type ClauseNode =
  | ({ readonly kind: "when" | "unless"; readonly condition: ExprNode } & Span)
  | ({ readonly kind: "because" | "ask"; readonly template: TemplateNode } & Span)
  | ({ readonly kind: "risk"; readonly level: Name } & Span)
  | ({ readonly kind: "requires" | "from"; readonly values: readonly StringNode[] } & Span)
  | ({ readonly kind: "approvals"; readonly count: NumberNode } & Span)
  | ({ readonly kind: "within"; readonly duration: DurationNode } & Span)
  | ({ readonly kind: "needs"; readonly paths: readonly ExprNode[] } & Span);

/** A string with `{expr}` in it; `{{` and `}}` stand for braces. */
export interface TemplateNode extends Span {
  readonly kind: "template";
  readonly parts: readonly (StringNode | ExprNode)[];
}

export interface MaskNode extends ItemBase {
  readonly kind: "mask";
  readonly paths: readonly ExprNode[];
}

export interface TestItem extends ItemBase {
  readonly kind: "test";
  readonly name?: StringNode;
  readonly members: readonly TestMember[];
}

export type TestMember =
  /** `actor { … }`, `context { … }`, `resource { … }`, `session { … }`, `model { … }`, `evidence [ … ]`, `now "…"`. */
  | ({ readonly kind: "given"; readonly root: Name; readonly value: ExprNode } & Span)
  | ({
      readonly kind: "call";
      readonly tool: ToolPattern;
      readonly raw: boolean;
      readonly input?: ExprNode;
    } & Span)
  | ({
      readonly kind: "expect";
      readonly effect: EffectNode;
      /** Rule names: `large-transfer`, `org.no-secrets`. */
      readonly by: readonly (readonly Name[])[];
      readonly code?: Name;
    } & Span)
  | ({ readonly kind: "after"; readonly duration: DurationNode } & Span);

export interface ProveItem extends ItemBase {
  readonly kind: "prove";
  readonly name?: StringNode;
  readonly claims: readonly ClaimNode[];
}

/** `never allow, require approval on TOOLS [where EXPR] [when EXPR]`, or `always deny on …`. */
export interface ClaimNode extends Span {
  readonly kind: "claim";
  readonly form: "never" | "always";
  readonly effects: readonly EffectNode[];
  readonly tools: ToolsPattern;
  readonly where?: ExprNode;
  readonly when?: ExprNode;
}

/** Text that is no item; the parser has said why. */
export interface ErrorItem extends ItemBase {
  readonly kind: "error-item";
}

export type TypeNode =
  | ({ readonly kind: "type-name"; readonly name: Name } & Span)
  | ({ readonly kind: "type-literal"; readonly value: string | number | boolean | null } & Span)
  | ({ readonly kind: "type-list"; readonly element: TypeNode } & Span)
  | ({ readonly kind: "type-record"; readonly fields: readonly FieldNode[] } & Span)
  | ({ readonly kind: "type-union"; readonly members: readonly TypeNode[] } & Span)
  | ({ readonly kind: "type-error" } & Span);

export interface NumberNode extends Span {
  readonly kind: "number";
  readonly value: number;
}

export interface DurationNode extends Span {
  readonly kind: "duration";
  readonly milliseconds: number;
}

export type BinaryOperator =
  | "or"
  | "and"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not in"
  | "like"
  | "not like"
  | "+"
  | "-"
  | "*"
  | "/"
  | "??";

export type ExprNode =
  | StringNode
  | NumberNode
  | DurationNode
  | ({ readonly kind: "boolean"; readonly value: boolean } & Span)
  | ({ readonly kind: "null" } & Span)
  | ({ readonly kind: "list"; readonly items: readonly ExprNode[] } & Span)
  | ({ readonly kind: "record"; readonly fields: readonly RecordFieldNode[] } & Span)
  /** A root (`input`, `actor`, …), constant, function, track, parameter or import: the checker tells which. */
  | ({ readonly kind: "name"; readonly name: Name } & Span)
  /** `a.b` and `a["odd key"]` (then `name.quoted`). */
  | ({ readonly kind: "member"; readonly of: ExprNode; readonly name: Name } & Span)
  /** `f(x)`, `x.startsWith("a")` (then `callee` is a member), `now("Europe/Berlin")`. */
  | ({ readonly kind: "call"; readonly callee: ExprNode; readonly args: readonly ExprNode[] } & Span)
  /** `a => EXPR`, an argument of `any`, `all`, `count`. */
  | ({ readonly kind: "lambda"; readonly parameter: Name; readonly body: ExprNode } & Span)
  | ({ readonly kind: "not"; readonly of: ExprNode } & Span)
  | ({ readonly kind: "negate"; readonly of: ExprNode } & Span)
  | ({
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly operatorSpan: Span;
      readonly left: ExprNode;
      readonly right: ExprNode;
    } & Span)
  /** `a has b`, `a has "odd key"`. */
  | ({ readonly kind: "has"; readonly of: ExprNode; readonly name: Name } & Span)
  | ({ readonly kind: "is"; readonly of: ExprNode; readonly type: TypeNode } & Span)
  | ({
      readonly kind: "if";
      readonly test: ExprNode;
      readonly then: ExprNode;
      readonly otherwise: ExprNode;
    } & Span)
  | ({ readonly kind: "paren"; readonly of: ExprNode } & Span)
  /** An expression is missing or unreadable here. */
  | ({ readonly kind: "error" } & Span);

/** `key: value` in a record literal. */
export interface RecordFieldNode extends Span {
  readonly name: Name;
  readonly value: ExprNode;
}
