import type { ListType, NumberType, StringType, Type } from "./type.ts";

/** A range of numbers. `open` ends do not belong to it. Unbounded ends are infinite. */
export interface Range {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
  readonly integer: boolean;
}

/** The numbers that a number type, the lengths that a string type or the counts that a list type admits. */
export const rangeOf = (type: NumberType | StringType | ListType): Range => {
  if (type.kind === "string") return counts(type.minLength, type.maxLength);
  if (type.kind === "list") return counts(type.minItems, type.maxItems);
  const low = Math.max(type.minimum ?? -Infinity, type.exclusiveMinimum ?? -Infinity);
  const high = Math.min(type.maximum ?? Infinity, type.exclusiveMaximum ?? Infinity);
  const lowOpen = type.exclusiveMinimum === low;
  const highOpen = type.exclusiveMaximum === high;
  return type.integer
    ? integers(low, lowOpen, high, highOpen)
    : { low, lowOpen, high, highOpen, integer: false };
};

const counts = (min: number | undefined, max: number | undefined): Range =>
  integers(min ?? 0, false, max ?? Infinity, false);

/** Integer ranges are closed and end at integers, so that `integer` over 0 and integers from 1 are the same range. */
const integers = (low: number, lowOpen: boolean, high: number, highOpen: boolean): Range => {
  const first = Math.ceil(low);
  const last = Math.floor(high);
  return {
    low: lowOpen && first === low ? first + 1 : first,
    lowOpen: false,
    high: highOpen && last === high ? last - 1 : last,
    highOpen: false,
    integer: true,
  };
};

/** Whether no number is in the range. */
export const isEmptyRange = (range: Range): boolean =>
  range.low > range.high || (range.low === range.high && (range.lowOpen || range.highOpen));

/** The numbers that are in both. */
export const meetRanges = (a: Range, b: Range): Range => {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  const lowOpen = (a.low === low && a.lowOpen) || (b.low === low && b.lowOpen);
  const highOpen = (a.high === high && a.highOpen) || (b.high === high && b.highOpen);
  return a.integer || b.integer
    ? integers(low, lowOpen, high, highOpen)
    : { low, lowOpen, high, highOpen, integer: false };
};

/** Whether every number of `inner` is in `outer`. */
export const withinRange = (inner: Range, outer: Range): boolean => {
  if (isEmptyRange(inner)) return true;
  if (outer.integer && !inner.integer)
    return inner.low === inner.high && Number.isInteger(inner.low) && holds(inner.low, outer);
  const lowOk = inner.low > outer.low || (inner.low === outer.low && (!outer.lowOpen || inner.lowOpen));
  const highOk =
    inner.high < outer.high || (inner.high === outer.high && (!outer.highOpen || inner.highOpen));
  return lowOk && highOk;
};

const holds = (value: number, range: Range): boolean =>
  value >= range.low &&
  value <= range.high &&
  !(range.lowOpen && value === range.low) &&
  !(range.highOpen && value === range.high);

/** Whether `outer` and `inner` are both strings or both numbers and `outer` admits all that `inner` does. */
export const containsRange = (outer: Type, inner: Type): boolean =>
  (outer.kind === "string" && inner.kind === "string") || (outer.kind === "number" && inner.kind === "number")
    ? withinRange(rangeOf(inner), rangeOf(outer))
    : false;
