import type { Location } from "../text/span.ts";

/** A plain JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The types of values. Structural, immutable and plain data. What a type says beyond its JSON kind (literals,
 * ranges, lengths, counts) is exactly what step 2 of the semantics enforces, so the checker may rely on all of it.
 */
export type Type =
  | AnyType
  | { readonly kind: "never" }
  | { readonly kind: "null" }
  | { readonly kind: "boolean" }
  | StringType
  | NumberType
  | LiteralType
  | ListType
  | RecordType
  | UnionType
  | OpaqueType;

/** Anything at all; must be narrowed with `is` before use. */
export interface AnyType {
  readonly kind: "any";
}

/** Lengths count code points, as JSON Schema does. */
export interface StringType {
  readonly kind: "string";
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A finite IEEE double. */
export interface NumberType {
  readonly kind: "number";
  readonly integer: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** One value: a string, number or boolean. */
export interface LiteralType {
  readonly kind: "literal";
  readonly value: string | number | boolean;
}

export interface ListType {
  readonly kind: "list";
  readonly element: Type;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface RecordType {
  readonly kind: "record";
  readonly fields: ReadonlyMap<string, Field>;
  /**
   * What other fields there may be. `closed`: none. `hidden`: any, but since they are not declared a policy cannot
   * name them. A type: any name, with values of that type, which a policy reads after `has`.
   */
  readonly rest: "closed" | "hidden" | Type;
}

export interface Field {
  readonly type: Type;
  readonly optional: boolean;
  /** The schema's description or the doc comment. */
  readonly doc?: string;
  /** Where it is declared: in a policy or in a catalogue's JSON. */
  readonly at?: Location;
  /** The schema's `default`, shown in editors; it fills nothing in. */
  readonly default?: Json;
  /** The schema's `format`, for lints (`uri`, `email`, …); not enforced. */
  readonly format?: string;
}

/** At least two members, none of them a union, `any` or `never`, no two the same. */
export interface UnionType {
  readonly kind: "union";
  readonly members: readonly Type[];
}

/** A value that only a parser, `now` or a literal gives. Instants and durations are milliseconds at run time. */
export interface OpaqueType {
  readonly kind: "opaque";
  readonly name: "instant" | "duration" | ParserResult;
}

/** What the parsers give, apart from `datetime`, which gives an instant. */
export type ParserResult = "email" | "url" | "domain" | "path" | "ip" | "command";
