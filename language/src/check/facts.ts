import type { Coverage, Rule, Tool } from "../core/policy.ts";
import type {
  ExprNode,
  FnItem,
  ImportItem,
  LetItem,
  Name,
  ToolPattern,
  ToolsPattern,
  TrackItem,
  TypeItem,
} from "../syntax/ast.ts";
import type { Location } from "../text/span.ts";
import type { Field, Json, Type } from "../types/type.ts";

/**
 * What checking found out about a text, for editors: types, what is expected where, what names stand for. There are facts
 * of broken texts, too: whatever could be told is told. Nodes are those of the program that was checked, by identity.
 */
export interface Facts {
  /**
   * The type of an expression where it stands, after the tests before it; of all tools of its rule together. Null where it
   * has none: it is missing, has an error, or is never looked at.
   */
  readonly typeOf: (node: ExprNode) => Type | null;
  /** The same, told apart by tools. Tools for which it is of the same type stand together. */
  readonly typesOf: (node: ExprNode) => readonly TypeFact[];
  /** The type that fits where the expression stands (`input.kind == ▮`), for offering values; null where any may stand. */
  readonly expectedAt: (node: ExprNode) => Type | null;
  /** The fields whose values fit there (that of `input.kind`): they say what the values mean. */
  readonly expectedFields: (node: ExprNode) => readonly Field[];
  /**
   * What patterns cover: those of a block or claim together, after its `where`; one pattern by itself. Null for a node of
   * another program.
   */
  readonly covered: (pattern: ToolsPattern | ToolPattern) => Coverage | null;
  /** The fields that a name after a dot, after `has` or in a test's record stands for, one for each place that declares it. */
  readonly fields: (name: Name) => readonly Field[];
  /** Every use of a name that is declared somewhere, each once for each declaration, by file and place. */
  readonly uses: readonly NameUse[];
  /** What a call calls: a function of the policy, a parser, `now` or a method; null where that is not known. */
  readonly signatureOf: (call: ExprNode) => Signature | null;
  /** Parameters of functions and of `x => …` that may be named at a place, innermost first. */
  readonly locals: (path: string, offset: number) => readonly LocalFact[];
  /** Whatever the file declares for expressions and types, in the order of the text; imports by their own names. */
  readonly names: (path: string) => readonly NameFact[];
  /** The file that an import of the file stands for; null where there is none. */
  readonly imported: (path: string, name: string) => string | null;
  /** Every tool, by whole name, with its schema and documentation. */
  readonly tools: ReadonlyMap<string, Tool>;
  readonly servers: readonly ServerFact[];
  /** The types of `actor`, `context` and the rest; `input` is that of each tool. */
  readonly roots: Readonly<Record<"actor" | "context" | "resource" | "session" | "model" | "evidence", Type>>;
  /** The rules that have names, also where something in them is wrong. */
  readonly rules: readonly Rule[];
  /** The place where a field's type lists a value: in a catalogue's `enum`, or in the type as a policy writes it. */
  readonly valuePlace: (field: Field, value: string | number | boolean) => Location | null;
}

/** A type and the tools for which it is that. */
export interface TypeFact extends Coverage {
  readonly type: Type;
  /** The value may be absent: `has` or `??` must ask first. */
  readonly mayBeAbsent: boolean;
}

export type UseKind =
  | "let"
  | "fn"
  | "type"
  | "track"
  | "import"
  | "rule"
  | "server"
  | "tool"
  | "field"
  | "value"
  | "parameter";

/** Where a name is used, what it is, and where that is declared: in a policy, or in a catalogue's JSON. */
export interface NameUse {
  readonly kind: UseKind;
  readonly at: Location;
  readonly declared: Location;
  /** Of a `field`: its type, documentation and default. */
  readonly field?: Field;
}

/** A parameter in scope. */
export interface LocalFact {
  readonly name: string;
  readonly at: Location;
  /** Null where its type has an error. */
  readonly type: Type | null;
}

/** What a function or method takes and gives. */
export interface Signature {
  readonly name: string;
  /** Where it is declared; null for what the language itself has. */
  readonly at: Location | null;
  readonly doc: string | null;
  readonly parameters: readonly Parameter[];
  /** Null where its body has an error. */
  readonly result: Type | null;
}

export interface Parameter {
  readonly name: string;
  /** Null where its type has an error. */
  readonly type: Type | null;
  /** `constant`: a literal or a constant; `each`: a condition `x => …`, and `type` is that of `x`. */
  readonly form: "value" | "constant" | "each";
}

interface NameBase {
  readonly name: string;
  /** The name alone. */
  readonly at: Location;
  readonly doc: string | null;
  /** Of a constant its values' type, of a type what it means, of a track its figure's. Null: none, or it has an error. */
  readonly type: Type | null;
}

/** What a file declares. */
export type NameFact = NameBase &
  (
    | { readonly kind: "let"; readonly item: LetItem; readonly value: Json | undefined }
    | { readonly kind: "fn"; readonly item: FnItem; readonly signature: Signature }
    | { readonly kind: "type"; readonly item: TypeItem }
    | { readonly kind: "track"; readonly item: TrackItem }
    | { readonly kind: "import"; readonly item: ImportItem; readonly path: string | null }
  );

/** A server with its tools, by whole name. */
export interface ServerFact {
  readonly name: string;
  readonly at: Location;
  /** The catalogue that is read, where the tools are not declared in place. */
  readonly catalogue: string | null;
  readonly tools: readonly string[];
}
