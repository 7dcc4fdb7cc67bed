import { fits } from "./fits.ts";
import { typeKey } from "./key.ts";
import { containsRange } from "./range.ts";
import type {
  AnyType,
  Field,
  ListType,
  LiteralType,
  NumberType,
  OpaqueType,
  RecordType,
  StringType,
  Type,
} from "./type.ts";

export const ANY: AnyType = { kind: "any" };
export const NEVER: Type = { kind: "never" };
export const NULL: Type = { kind: "null" };
export const BOOLEAN: Type = { kind: "boolean" };
export const STRING: StringType = { kind: "string" };
export const NUMBER: NumberType = { kind: "number", integer: false };
export const INTEGER: NumberType = { kind: "number", integer: true };
export const INSTANT: OpaqueType = { kind: "opaque", name: "instant" };
export const DURATION: OpaqueType = { kind: "opaque", name: "duration" };

/** The type of one value. */
export const literal = (value: string | number | boolean): LiteralType => ({ kind: "literal", value });

/** What a parser gives, an instant or a duration. */
export const opaque = (name: OpaqueType["name"]): OpaqueType => ({ kind: "opaque", name });

/** A list. `counts` are item counts, both inclusive. */
export const listOf = (
  element: Type,
  counts: { readonly minItems?: number | undefined; readonly maxItems?: number | undefined } = {},
): ListType => ({ kind: "list", element, ...defined(counts) });

/** A record. A `Map` of fields serves as `fields`. What is not declared is `hidden` unless said otherwise. */
export const recordOf = (
  fields: Iterable<readonly [string, Field]>,
  rest: RecordType["rest"] = "hidden",
): RecordType => ({ kind: "record", fields: new Map(fields), rest });

/** A field that must be there. */
export const required = (type: Type): Field => ({ type, optional: false });

/** A field that may be absent. */
export const optional = (type: Type): Field => ({ type, optional: true });

/** Text with bounds on its length in code points, both inclusive. */
export const stringOf = (bounds: {
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
}): StringType => ({ kind: "string", ...defined(bounds) });

/** A number with bounds. */
export const numberOf = (bounds: {
  readonly integer?: boolean | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
}): NumberType => ({ kind: "number", ...defined(bounds), integer: bounds.integer ?? false });

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const defined = <T extends object>(bounds: T): Defined<T> =>
  Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined)) as Defined<T>;

/**
 * The type of the values that are in at least one of `members`, in its normal form: nested unions are flattened,
 * `never` and repetitions dropped, `any` takes all, `true | false` is `boolean`, and a member is absorbed by a wider one
 * of its kind (`"a"` by `string`, `integer` by `number`) where it is wholly contained. The order of members is kept.
 */
export const union = (members: Iterable<Type>): Type => {
  const distinct = new Map<string, Type>();
  for (const member of flatten(members)) {
    if (member.kind === "any") return ANY;
    if (member.kind !== "never") distinct.set(typeKey(member), member);
  }
  if (distinct.has("true") && distinct.has("false")) distinct.set("boolean", BOOLEAN);
  const wide = widest([...distinct.values()].filter(isWide));
  const kept = [...distinct.values()].filter(
    (member) => wide.includes(member) || !wide.some((other) => absorbs(other, member)),
  );
  const [only] = kept;
  if (only === undefined) return NEVER;
  return kept.length === 1 ? only : { kind: "union", members: kept };
};

function* flatten(members: Iterable<Type>): Iterable<Type> {
  for (const member of members) {
    if (member.kind === "union") yield* flatten(member.members);
    else yield member;
  }
}

const isWide = (type: Type): boolean =>
  type.kind === "string" || type.kind === "number" || type.kind === "boolean";

/** Those that no other contains; of two that contain each other, the first. */
const widest = (types: readonly Type[]): readonly Type[] =>
  types.filter(
    (type, at) =>
      !types.some(
        (other, otherAt) =>
          other !== type && containsRange(other, type) && (otherAt < at || !containsRange(type, other)),
      ),
  );

const absorbs = (wide: Type, member: Type): boolean =>
  member.kind === "literal" ? fits(member.value, wide) : containsRange(wide, member);
