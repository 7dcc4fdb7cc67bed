import { ANY, listOf, NEVER, numberOf, recordOf, stringOf, union } from "./build.ts";
import { fits } from "./fits.ts";
import { isEmptyRange, rangeOf } from "./range.ts";
import type { Field, ListType, NumberType, RecordType, StringType, Type } from "./type.ts";

/** How many steps may still be taken. Shared by computations that must end soon, whatever they are given. */
export interface Fuel {
  left: number;
}

/**
 * The type of the values that are in both: exact, or wider where that has no type (or when the fuel runs out, then it
 * is `a`). What a field says beyond its type comes from `a` first.
 */
export const intersect = (a: Type, b: Type, fuel: Fuel = { left: 100_000 }): Type => {
  if (a === b || b.kind === "any") return a;
  if (a.kind === "any") return b;
  fuel.left -= 1;
  if (fuel.left < 0) return a;
  if (a.kind === "union") return union(a.members.map((member) => intersect(member, b, fuel)));
  if (b.kind === "union") return union(b.members.map((member) => intersect(a, member, fuel)));
  if (a.kind === "literal") return fits(a.value, b) ? a : NEVER;
  if (b.kind === "literal") return fits(b.value, a) ? b : NEVER;
  if (a.kind === "string" && b.kind === "string") return nonEmpty(strings(a, b));
  if (a.kind === "number" && b.kind === "number") return nonEmpty(numbers(a, b));
  if (a.kind === "list" && b.kind === "list") return lists(a, b, fuel);
  if (a.kind === "record" && b.kind === "record") return records(a, b, fuel);
  if (a.kind === "opaque" && b.kind === "opaque") return a.name === b.name ? a : NEVER;
  return a.kind === b.kind ? a : NEVER;
};

/** `never` where the bounds leave no value. */
export const nonEmpty = (type: StringType | NumberType | ListType): Type =>
  isEmptyRange(rangeOf(type)) ? NEVER : type;

const strings = (a: StringType, b: StringType): StringType =>
  stringOf({
    minLength: highest(a.minLength, b.minLength),
    maxLength: lowest(a.maxLength, b.maxLength),
  });

const numbers = (a: NumberType, b: NumberType): NumberType =>
  tidyNumber({
    integer: a.integer || b.integer,
    minimum: highest(a.minimum, b.minimum),
    maximum: lowest(a.maximum, b.maximum),
    exclusiveMinimum: highest(a.exclusiveMinimum, b.exclusiveMinimum),
    exclusiveMaximum: lowest(a.exclusiveMaximum, b.exclusiveMaximum),
  });

/** A number type with at most one bound at each end. */
export const tidyNumber = (bounds: Parameters<typeof numberOf>[0]): NumberType => {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = bounds;
  const openLow = exclusiveMinimum !== undefined && exclusiveMinimum >= (minimum ?? -Infinity);
  const openHigh = exclusiveMaximum !== undefined && exclusiveMaximum <= (maximum ?? Infinity);
  return numberOf({
    integer: bounds.integer,
    minimum: openLow ? undefined : minimum,
    maximum: openHigh ? undefined : maximum,
    exclusiveMinimum: openLow ? exclusiveMinimum : undefined,
    exclusiveMaximum: openHigh ? exclusiveMaximum : undefined,
  });
};

const highest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

const lowest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const lists = (a: ListType, b: ListType, fuel: Fuel): Type =>
  listWith(intersect(a.element, b.element, fuel), {
    minItems: highest(a.minItems, b.minItems),
    maxItems: lowest(a.maxItems, b.maxItems),
  });

/** A list in its normal form: one that can have no element is empty, one that can have no count is `never`. */
export const listWith = (element: Type, counts: Parameters<typeof listOf>[1] & object): Type =>
  nonEmpty(listOf(element, element.kind === "never" ? { ...counts, maxItems: 0 } : counts));

const records = (a: RecordType, b: RecordType, fuel: Fuel): Type => {
  const fields = new Map<string, Field>();
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const field = meetFields(fieldAt(a, name), fieldAt(b, name), fuel);
    if (field.type.kind === "never" && !field.optional) return NEVER;
    fields.set(name, field);
  }
  return recordOf(fields, meetRests(a.rest, b.rest, fuel));
};

/** The field that a record has of that name, declared or not. */
const fieldAt = ({ fields, rest }: RecordType, name: string): Field =>
  fields.get(name) ?? {
    type: rest === "closed" ? NEVER : rest === "hidden" ? ANY : rest,
    optional: true,
  };

const meetFields = (a: Field, b: Field, fuel: Fuel): Field => ({
  ...b,
  ...a,
  type: intersect(a.type, b.type, fuel),
  optional: a.optional && b.optional,
});

/** `hidden` beside `any` stays hidden: a name that only one side leaves open is no declared name. */
const meetRests = (a: RecordType["rest"], b: RecordType["rest"], fuel: Fuel): RecordType["rest"] => {
  if (a === "closed" || b === "closed") return "closed";
  if (a === "hidden") return b === "hidden" || b.kind === "any" ? "hidden" : b;
  if (b === "hidden") return a.kind === "any" ? "hidden" : a;
  return intersect(a, b, fuel);
};
