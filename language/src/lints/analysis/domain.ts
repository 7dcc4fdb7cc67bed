import { rangeOf } from "../../types/range.ts";
import type { Json, Type } from "../../types/type.ts";
import { ALL_NUMBERS, meetNumbers, type Numbers, numbersIn, numbersOf } from "./numbers.ts";
import { ALL_STRINGS, meetStrings, type Strings, stringsOf } from "./strings.ts";

/** A set of values, kind by kind; null where it has none of the kind. `others` are lists, records and parsed values. */
export interface Domain {
  readonly null: boolean;
  readonly true: boolean;
  readonly false: boolean;
  readonly strings: Strings | null;
  readonly numbers: Numbers | null;
  readonly others: boolean;
}

export const NOTHING: Domain = {
  null: false,
  true: false,
  false: false,
  strings: null,
  numbers: null,
  others: false,
};

export const EVERYTHING: Domain = {
  null: true,
  true: true,
  false: true,
  strings: ALL_STRINGS,
  numbers: ALL_NUMBERS,
  others: true,
};

export const isNothing = (domain: Domain): boolean =>
  !domain.null &&
  !domain.true &&
  !domain.false &&
  domain.strings === null &&
  domain.numbers === null &&
  !domain.others;

export const meet = (a: Domain, b: Domain): Domain => ({
  null: a.null && b.null,
  true: a.true && b.true,
  false: a.false && b.false,
  strings: a.strings === null || b.strings === null ? null : meetStrings(a.strings, b.strings),
  numbers: a.numbers === null || b.numbers === null ? null : meetNumbers(a.numbers, b.numbers),
  others: a.others && b.others,
});

/** Texts, numbers or one truth value alone. */
export const textsIn = (strings: Strings): Domain => ({ ...NOTHING, strings });
export const numbersAmong = (numbers: Numbers): Domain => ({ ...NOTHING, numbers });
export const truth = (value: boolean): Domain => ({ ...NOTHING, true: value, false: !value });

/** Exactly these values; lists and records count as `others`. */
export const oneOf = (values: readonly Json[]): Domain => {
  const texts = values.filter((value) => typeof value === "string");
  const numbers = values.filter((value) => typeof value === "number");
  return {
    null: values.includes(null),
    true: values.includes(true),
    false: values.includes(false),
    strings: texts.length === 0 ? null : stringsOf(texts),
    numbers: numbers.length === 0 ? null : numbersOf(numbers),
    others: values.some((value) => typeof value === "object" && value !== null),
  };
};

/** Everything but these values. */
export const noneOf = (values: readonly Json[]): Domain => ({
  null: !values.includes(null),
  true: !values.includes(true),
  false: !values.includes(false),
  strings: { ...ALL_STRINGS, not: new Set(values.filter((value) => typeof value === "string")) },
  numbers: { ...ALL_NUMBERS, not: new Set(values.filter((value) => typeof value === "number")) },
  others: true,
});

/** What is in one or the other; wider than that where it would have to say which lengths or tests belong together. */
export const join = (a: Domain, b: Domain): Domain => ({
  null: a.null || b.null,
  true: a.true || b.true,
  false: a.false || b.false,
  strings:
    a.strings === null ? b.strings : b.strings === null ? a.strings : joinStrings(a.strings, b.strings),
  numbers:
    a.numbers === null ? b.numbers : b.numbers === null ? a.numbers : joinNumbers(a.numbers, b.numbers),
  others: a.others || b.others,
});

const joinStrings = (a: Strings, b: Strings): Strings =>
  a.only !== null && b.only !== null
    ? stringsOf([...a.only, ...b.only])
    : a.only !== null || b.only !== null
      ? ALL_STRINGS
      : { ...ALL_STRINGS, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };

const joinNumbers = (a: Numbers, b: Numbers): Numbers => {
  if (a.only !== null && b.only !== null) return numbersOf([...a.only, ...b.only]);
  if (a.only !== null || b.only !== null) return ALL_NUMBERS;
  return numbersIn({
    low: Math.min(a.range.low, b.range.low),
    high: Math.max(a.range.high, b.range.high),
    integer: a.range.integer && b.range.integer,
  });
};

/** The values of a type, or somewhat more. Instants and durations are numbers. */
export const domainOf = (type: Type): Domain => {
  switch (type.kind) {
    case "never":
      return NOTHING;
    case "null":
      return { ...NOTHING, null: true };
    case "boolean":
      return { ...NOTHING, true: true, false: true };
    case "string": {
      const { low, high } = rangeOf(type);
      return textsIn({ ...ALL_STRINGS, min: low, max: high });
    }
    case "number":
      return numbersAmong({ ...ALL_NUMBERS, range: rangeOf(type) });
    case "literal":
      return oneOf([type.value]);
    case "list":
    case "record":
      return { ...NOTHING, others: true };
    case "union": {
      // Together, since a list of a hundred thousand records makes as many literals.
      const values = type.members.flatMap((member) => (member.kind === "literal" ? [member.value] : []));
      const rest = type.members.filter((member) => member.kind !== "literal");
      return rest.map(domainOf).reduce(join, oneOf(values));
    }
    case "opaque":
      return type.name === "instant" || type.name === "duration"
        ? numbersAmong(ALL_NUMBERS)
        : { ...NOTHING, others: true };
    case "any":
      return EVERYTHING;
  }
};

/** What is of none of a type, or somewhat more. Exact for whole kinds and literals; everything otherwise. */
export const outsideOf = (type: Type): Domain => {
  switch (type.kind) {
    case "null":
      return noneOf([null]);
    case "literal":
      return noneOf([type.value]);
    case "boolean":
      return noneOf([true, false]);
    case "string":
      return type.minLength === undefined && type.maxLength === undefined
        ? { ...EVERYTHING, strings: null }
        : EVERYTHING;
    case "number": {
      const { low, high } = rangeOf(type);
      const whole = low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY;
      return whole && !type.integer ? { ...EVERYTHING, numbers: null } : EVERYTHING;
    }
    case "union":
      return type.members.map(outsideOf).reduce(meet);
    case "any":
      return NOTHING;
    default:
      return EVERYTHING;
  }
};
