import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy, Coverage, PolicyFunction, Tool } from "../core/policy.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Program } from "../program/program.ts";
import type { FnItem, ImportItem, LetItem, SourceFile, TrackItem, TypeItem } from "../syntax/ast.ts";
import type { Location, Span } from "../text/span.ts";
import type { Json, Type } from "../types/type.ts";
import type { Recorder } from "./facts/recorder.ts";
import type { NameUse } from "./facts.ts";
import type { Memory } from "./remember.ts";

/** What a name of a file stands for. */
export type Declared =
  | {
      readonly kind: "let";
      readonly name: string;
      readonly at: Location;
      readonly file: FileScope;
      readonly item: LetItem;
    }
  | {
      readonly kind: "fn";
      readonly name: string;
      readonly at: Location;
      readonly file: FileScope;
      readonly item: FnItem;
    }
  | {
      readonly kind: "type";
      readonly name: string;
      readonly at: Location;
      readonly file: FileScope;
      readonly item: TypeItem;
    }
  | {
      readonly kind: "track";
      readonly name: string;
      readonly at: Location;
      readonly file: FileScope;
      readonly item: TrackItem;
    }
  | {
      readonly kind: "import";
      readonly name: string;
      readonly at: Location;
      readonly file: FileScope;
      readonly item: ImportItem;
    };

/** One policy file with its names. */
export interface FileScope {
  readonly path: string;
  readonly tree: SourceFile;
  readonly role: "entry" | "import" | "tests";
  /** `payments` for the entry, `payments.org` for an import: what ids of its rules, functions and tracks begin with. */
  readonly id: string;
  readonly names: Map<string, Declared>;
  /** Test files see the entry's names behind their own. */
  readonly outer: FileScope | null;
  readonly imports: ReadonlyMap<string, string>;
}

/** A checked function with the type of what it gives. `null` core where it has errors. */
export interface CheckedFunction {
  readonly fn: PolicyFunction;
  readonly result: Type;
  /** The time zone of the instant that it gives, where it has one. */
  readonly zone?: Expr;
  /** How many calls may be open at once within it, and how many steps it takes at most. */
  readonly depth: number;
  readonly steps: number;
}

/** A constant's value and type. `poison` where it has an error that was reported. */
export type Constant = { readonly value: Json; readonly type: Type } | "poison";

/** The state of a lazily checked item; `open` while it is being checked, so that a cycle shows. */
export type Lazy<T> = { readonly state: "open" } | { readonly state: "done"; readonly value: T };

/** All declared tools, with what resolving patterns over them takes. */
export interface ToolTable {
  readonly byName: ReadonlyMap<string, Tool>;
  /** Whole names, sorted. */
  readonly names: readonly string[];
  readonly servers: ReadonlySet<string>;
}

/** Everything that checking shares. */
export interface World {
  readonly program: Program;
  readonly files: ReadonlyMap<string, FileScope>;
  readonly entry: FileScope;
  readonly name: string;
  readonly diagnostics: Diagnostic[];
  readonly used: Set<Declared>;
  readonly usedServers: Set<string>;
  /** What `*` and `unknown` cover; many blocks may say it. */
  readonly coverages: Map<string, Coverage & { readonly isBroken: boolean }>;
  readonly uses: NameUse[];
  /** Null where nobody asked for facts. */
  readonly recorder: Recorder | null;
  /** How many definitions are being checked, one for the sake of another. */
  readonly nesting: { open: number };
  /** What is kept from check to check; null where nothing is. */
  readonly memory: Memory | null;
  readonly constants: Map<LetItem, Lazy<Constant>>;
  readonly functions: Map<FnItem, Lazy<CheckedFunction | "poison">>;
  /** The functions without errors, by id. */
  readonly byId: Map<string, CheckedFunction>;
  readonly types: Map<TypeItem, Lazy<Type>>;
  tools: ToolTable;
  roots: CheckedPolicy["roots"];
}

/** A place in a file. */
export const locate = (file: { readonly path: string }, span: Span): Location => ({
  file: file.path,
  start: span.start,
  end: span.end,
});

/** A constant expression; `type` where it may be a duration. */
export const constant = (at: Location, value: Json, type?: Type): Expr =>
  type?.kind === "opaque" && type.name === "duration"
    ? { kind: "constant", value, unit: "duration", at }
    : { kind: "constant", value, at };
