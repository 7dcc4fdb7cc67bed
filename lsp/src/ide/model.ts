import type { Diagnostic, Edit, Location, Span } from "@agentpolicy/language";

/** Edits to any number of files, and files that it makes, by path. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly created?: Readonly<Record<string, string>>;
}

/** What a completion offers. */
export type CompletionKind =
  | "keyword"
  | "snippet"
  | "tool"
  | "pattern"
  | "field"
  | "value"
  | "method"
  | "parser"
  | "root"
  | "constant"
  | "function"
  | "type"
  | "track"
  | "import"
  | "rule"
  | "file"
  | "clause";

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What is replaced, which holds the place asked about, and by what. */
  readonly replace: Span;
  /** With `snippet`: `$1`, `${1:name}`, `$0` as in the Language Server Protocol. */
  readonly insert: string;
  readonly snippet: boolean;
  /** One line: a type, how many tools. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** What typing is matched against, where it is not the label. */
  readonly filter?: string;
  /** Smaller comes first; what is still missing and likeliest is smallest. */
  readonly rank: number;
  readonly more?: readonly Edit[];
}

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** A place that something leads to. `at` is the name there, `all` the whole of what it names. */
export interface Target extends Location {
  readonly all?: Span;
}

/** How a name is used at a place. */
export interface Highlight extends Span {
  readonly kind: "read" | "write";
}

export type SymbolKind =
  | "policy"
  | "import"
  | "server"
  | "tool"
  | "shape"
  | "field"
  | "type"
  | "constant"
  | "function"
  | "track"
  | "default"
  | "block"
  | "rule"
  | "mask"
  | "test"
  | "proof";

export interface DocumentSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly detail?: string;
  readonly span: Span;
  /** The name, within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

export interface WorkspaceSymbol extends Location {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly container?: string;
}

/** Why something is not done. */
export interface Refused {
  readonly refused: string;
}

/** A name that can be renamed: where it stands, and what it is called now. */
export interface Renaming {
  readonly span: Span;
  readonly name: string;
}

export type ActionKind =
  | "quickfix"
  | "refactor.extract"
  | "refactor.inline"
  | "refactor.rewrite"
  | "source.fixAll"
  | "source.organizeImports";

export interface Action {
  readonly title: string;
  readonly kind: ActionKind;
  /** What it does, worked out when it is asked for; or why it cannot be done after all. */
  readonly change: () => Change | Refused;
  readonly preferred?: boolean;
  /** The findings that it answers. */
  readonly answers?: readonly Diagnostic[];
}

export interface Lens {
  readonly span: Span;
  /** Empty until it is resolved, where there is `pending`. */
  readonly title: string;
  /** What a click does; nothing where absent. */
  readonly command?: LensCommand;
  /** What must be worked out before there is a title: `resolveLens` does. */
  readonly pending?: LensQuestion;
}

/** How the test of that name in the file ended; how the tests ended in which the rule decided. */
export type LensQuestion =
  | { readonly kind: "test"; readonly file: string; readonly test: string }
  | { readonly kind: "rule"; readonly rule: string };

export type LensCommand =
  | { readonly name: "runTest"; readonly file: string; readonly test: string }
  | { readonly name: "tryCall"; readonly file: string; readonly tool: string }
  | {
      readonly name: "showTools";
      readonly file: string;
      readonly at: Span;
      readonly tools: readonly string[];
    };

/** What a part of a condition came to for a request, shown behind it. */
export interface InlineValue {
  readonly span: Span;
  readonly text: string;
}

export interface InlayHint {
  readonly offset: number;
  readonly text: string;
  readonly kind: "type" | "count" | "parameter";
  readonly tooltip?: string;
}

export interface Signature {
  readonly label: string;
  readonly doc?: string;
  /** Spans within `label`. */
  readonly parameters: readonly { readonly label: Span; readonly doc?: string }[];
  readonly active: number;
}

export interface FoldingRange extends Span {
  readonly kind?: "comment" | "imports" | "region";
}

/** From the inmost span that holds a place outwards. */
export type SelectionRange = readonly Span[];

export interface DocumentLink {
  readonly span: Span;
  readonly file: string;
  readonly tooltip?: string;
}

/** The legend: index into these is what servers send. */
export const TOKEN_TYPES = [
  "keyword",
  "namespace",
  "class",
  "type",
  "property",
  "parameter",
  "variable",
  "function",
  "method",
  "enumMember",
  "string",
  "regexp",
  "number",
  "operator",
  "comment",
  "decorator",
  "label",
] as const;
export const TOKEN_MODIFIERS = [
  "declaration",
  "readonly",
  "defaultLibrary",
  "deprecated",
  "unreachable",
] as const;

export interface SemanticToken extends Span {
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifiers: readonly (typeof TOKEN_MODIFIERS)[number][];
}

/** A function or a track, or who uses one: a rule, the `where` of a block, a constant, a test, a proof. */
export interface CallItem extends Location {
  readonly name: string;
  readonly kind: "function" | "track" | "rule" | "block" | "constant" | "test" | "proof";
  readonly all: Span;
}
export interface CallEdge {
  readonly item: CallItem;
  /** Where, in the file of whoever uses it. */
  readonly at: readonly Span[];
}
