import type { Coverage } from "../../core/policy.ts";
import type { ExprNode, FnItem, LetItem, Name, ToolsPattern } from "../../syntax/ast.ts";
import type { Location } from "../../text/span.ts";
import type { Field, Type } from "../../types/type.ts";
import type { Parameter } from "../facts.ts";
import type { Declared } from "../world.ts";

/** The type of a node for the tools of one group. */
export interface TypeNote {
  readonly type: Type;
  readonly tools: readonly string[];
  readonly unknown: boolean;
  readonly mayBeAbsent: boolean;
  /** The place cannot be reached for these tools, so that what is known of it is void. */
  readonly dead: boolean;
}

/** A type that fits where a node stands, and the expression or field that it is the type of. */
export interface ExpectedNote {
  readonly file: string;
  readonly type: Type;
  readonly of: ExprNode | Field | null;
}

/** What a name stands for, with the file that the name stands in. Fields are told apart by where they are declared. */
export interface FieldNote {
  readonly file: string;
  readonly fields: Map<Location | Type, Field>;
}

export interface ParameterNote {
  readonly file: string;
  readonly declared: Location;
}

/** The text in which a parameter may be named. A parameter of a `x => …` may be of several types, one a group of tools. */
export interface ScopeNote {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly at: Location;
  readonly types: Set<Type>;
}

/** What is noted down while a policy is checked, and only where somebody asks for facts. */
export interface Recorder {
  readonly types: Map<ExprNode, TypeNote | TypeNote[]>;
  readonly expected: Map<ExprNode, ExpectedNote | ExpectedNote[]>;
  readonly covered: Map<ToolsPattern, Coverage>;
  readonly fields: Map<Name, FieldNote>;
  readonly parameters: Map<Name, ParameterNote>;
  readonly scopes: Map<Name, ScopeNote>;
  readonly calls: Map<ExprNode, Declared>;
  readonly lets: Map<LetItem, Type>;
  readonly signatures: Map<
    FnItem,
    { readonly parameters: readonly Parameter[]; readonly result: Type | null }
  >;
  /** Looks at parts that the check has no use for; done at the very end, when nothing is checked for the first time any more. */
  readonly later: (() => void)[];
}

export const newRecorder = (): Recorder => ({
  types: new Map(),
  expected: new Map(),
  covered: new Map(),
  fields: new Map(),
  parameters: new Map(),
  scopes: new Map(),
  calls: new Map(),
  lets: new Map(),
  signatures: new Map(),
  later: [],
});

/** Every kind of notes that is kept by node. */
const KINDS = [
  "types",
  "expected",
  "covered",
  "fields",
  "parameters",
  "scopes",
  "calls",
  "lets",
  "signatures",
] as const satisfies readonly (keyof Recorder)[];

/** Adds the notes of one part to those of all. */
export const addNotes = (to: Recorder, notes: Recorder): void => {
  for (const kind of KINDS) {
    const into: Map<unknown, unknown> = to[kind];
    for (const [key, note] of notes[kind]) into.set(key, note);
  }
};

/** Takes away the notes of one part. */
export const removeNotes = (from: Recorder, notes: Recorder): void => {
  for (const kind of KINDS) {
    const of: Map<unknown, unknown> = from[kind];
    for (const key of notes[kind].keys()) of.delete(key);
  }
};
