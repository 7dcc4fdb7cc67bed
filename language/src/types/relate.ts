import { ANY } from "./build.ts";
import { fits } from "./fits.ts";
import { typeKey } from "./key.ts";
import { isEmptyRange, meetRanges, rangeOf, withinRange } from "./range.ts";
import type { Field, RecordType, Type, UnionType } from "./type.ts";
import { isUnit, unitsOf } from "./units.ts";

export { typeKey } from "./key.ts";

/** Whether the two are the same type, documentation and places aside. */
export const sameType = (a: Type, b: Type): boolean => a === b || typeKey(a) === typeKey(b);

/**
 * Whether every value of `from` is a value of `to`. Sound, not complete: `false` may also mean that it is too hard to
 * see. `any` is assignable to nothing but `any`.
 */
export const isAssignable = (from: Type, to: Type): boolean => {
  if (from === to || to.kind === "any" || from.kind === "never") return true;
  if (from.kind === "union") return from.members.every((member) => isAssignable(member, to));
  if (to.kind === "union" && isUnit(from)) {
    const { keys, others } = unitsOf(to);
    return keys.has(typeKey(from)) || others.some((member) => isAssignable(from, member));
  }
  if (to.kind === "union") return isAssignableToUnion(from, to.members);
  switch (from.kind) {
    case "literal":
      return fits(from.value, to);
    case "string":
    case "number":
      return from.kind === to.kind && withinRange(rangeOf(from), rangeOf(to));
    case "list":
      return (
        to.kind === "list" &&
        withinRange(rangeOf(from), rangeOf(to)) &&
        (from.maxItems === 0 || isAssignable(from.element, to.element))
      );
    case "record":
      return to.kind === "record" && isAssignableRecord(from, to);
    case "opaque":
      return to.kind === "opaque" && from.name === to.name;
    default:
      return from.kind === to.kind;
  }
};

const isAssignableToUnion = (from: Type, members: readonly Type[]): boolean => {
  if (members.some((member) => isAssignable(from, member))) return true;
  if (from.kind !== "boolean") return false;
  return [true, false].every((value) => members.some((member) => fits(value, member)));
};

/** Every field that either declares, and what neither does. */
const isAssignableRecord = (from: RecordType, to: RecordType): boolean => {
  for (const [name, field] of to.fields) {
    const given = from.fields.get(name);
    if (given === undefined ? !mayBeLeftOut(from, field) : !isAssignableField(given, field)) return false;
  }
  for (const [name, field] of from.fields) {
    if (!to.fields.has(name) && !isAllowedBy(to, field)) return false;
  }
  return isAssignableRest(from.rest, to.rest);
};

const isAssignableField = (given: Field, wanted: Field): boolean =>
  (wanted.optional || !given.optional) && isAssignable(given.type, wanted.type);

/** Whether a record that does not declare the wanted field can only hold what is wanted there. */
const mayBeLeftOut = (from: RecordType, wanted: Field): boolean => {
  if (!wanted.optional) return false;
  if (from.rest === "closed") return true;
  return from.rest === "hidden" ? wanted.type.kind === "any" : isAssignable(from.rest, wanted.type);
};

const isAllowedBy = (to: RecordType, given: Field): boolean => {
  if (to.rest === "hidden") return true;
  return to.rest === "closed" ? given.type.kind === "never" : isAssignable(given.type, to.rest);
};

const isAssignableRest = (from: RecordType["rest"], to: RecordType["rest"]): boolean => {
  if (from === "closed" || to === "hidden") return true;
  if (to === "closed") return false;
  return from === "hidden" ? to.kind === "any" : isAssignable(from, to);
};

/** Whether any value could be of both types. Conservative: `true` when unsure. */
export const overlaps = (a: Type, b: Type): boolean => {
  if (a.kind === "never" || b.kind === "never") return false;
  if (a.kind === "any" || b.kind === "any") return true;
  if (a.kind === "union" && b.kind === "union" && shareUnit(a, b)) return true;
  if (a.kind === "union" && b.kind === "union" && isEnumeration(a) && isEnumeration(b)) return false;
  if (a.kind === "union") return a.members.some((member) => overlaps(member, b));
  if (b.kind === "union") return b.members.some((member) => overlaps(a, member));
  if (a.kind === "literal") return fits(a.value, b);
  if (b.kind === "literal") return fits(b.value, a);
  if (a.kind === "record" && b.kind === "record") return recordsOverlap(a, b);
  if (a.kind === "opaque" && b.kind === "opaque") return a.name === b.name;
  if (a.kind === "list" && b.kind === "list") {
    const shared = meetRanges(rangeOf(a), rangeOf(b));
    return !isEmptyRange(shared) && (shared.low <= 0 || overlaps(a.element, b.element));
  }
  if ((a.kind === "string" && b.kind === "string") || (a.kind === "number" && b.kind === "number")) {
    return !isEmptyRange(meetRanges(rangeOf(a), rangeOf(b)));
  }
  return a.kind === b.kind;
};

const shareUnit = (a: UnionType, b: UnionType): boolean => {
  const known = unitsOf(b).keys;
  return [...unitsOf(a).keys].some((key) => known.has(key));
};

const isEnumeration = (type: UnionType): boolean => unitsOf(type).others.length === 0;

/** Records share a value unless a field that one of them requires cannot be the same in both. */
const recordsOverlap = (a: RecordType, b: RecordType): boolean => {
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const isRequired = a.fields.get(name)?.optional === false || b.fields.get(name)?.optional === false;
    if (!isRequired) continue;
    const inA = typeAt(a, name);
    const inB = typeAt(b, name);
    if (inA === null || inB === null || !overlaps(inA, inB)) return false;
  }
  return true;
};

/** The type of a field's value where it is there; null where it cannot be. */
const typeAt = (record: RecordType, name: string): Type | null => {
  const field = record.fields.get(name);
  if (field !== undefined) return field.type;
  if (record.rest === "closed") return null;
  return record.rest === "hidden" ? ANY : record.rest;
};
