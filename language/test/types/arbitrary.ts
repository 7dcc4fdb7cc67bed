import fc from "fast-check";
import {
  ANY,
  BOOLEAN,
  listOf,
  literal,
  NULL,
  numberOf,
  recordOf,
  stringOf,
  union,
} from "../../src/types/build.ts";
import { rangeOf } from "../../src/types/range.ts";
import type { Field, Json, RecordType, Type } from "../../src/types/type.ts";

const NAMES = ["a", "b", "kind"] as const;
const small = fc.integer({ min: -2, max: 4 });
const count = fc.integer({ min: 0, max: 3 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

/** JSON from a small world, so that values meet types often. */
export const jsonValue: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false, "", "a", "b", "abc", "😀", 0, 1, 1.5, -1, 3),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES, "other"), tie("json"), { maxKeys: 3 }),
  ),
})).json;

const leaf: fc.Arbitrary<Type> = fc.oneof(
  fc.constantFrom<Type>(ANY, NULL, BOOLEAN, literal("a"), literal("b"), literal(1), literal(true)),
  fc.record({ minLength: maybe(count), maxLength: maybe(count) }).map(stringOf),
  fc
    .record({
      integer: fc.boolean(),
      minimum: maybe(small),
      maximum: maybe(small),
      exclusiveMinimum: maybe(small),
      exclusiveMaximum: maybe(small),
    })
    .map(numberOf),
);

/** Any type without opaque values. */
export const type: fc.Arbitrary<Type> = fc.letrec<{ type: Type; rest: RecordType["rest"] }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc
      .tuple(tie("type"), fc.record({ minItems: maybe(count), maxItems: maybe(count) }))
      .map(([element, counts]) => listOf(element, counts)),
    fc
      .tuple(
        fc.uniqueArray(
          fc.tuple(
            fc.constantFrom(...NAMES),
            fc.record<Field>({ type: tie("type"), optional: fc.boolean() }),
          ),
          {
            selector: ([name]) => name,
            maxLength: 3,
          },
        ),
        tie("rest"),
      )
      .map(([fields, rest]) => recordOf(fields, rest)),
    fc.array(tie("type"), { minLength: 1, maxLength: 3 }).map((members): Type => union(members)),
  ),
  rest: fc.oneof(fc.constantFrom("closed" as const, "hidden" as const), tie("type")),
})).type;

/** A value of the type, or undefined where none was found (the type may be empty). */
export const memberOf = (of: Type): fc.Arbitrary<Json | undefined> => {
  switch (of.kind) {
    case "any":
      return jsonValue;
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "literal":
      return fc.constant(of.value);
    case "string":
      return between(rangeOf(of)).map((length) => (length === undefined ? undefined : "a".repeat(length)));
    case "number":
      return numberIn(rangeOf(of));
    case "list":
      return between(rangeOf(of)).chain((length) =>
        length === undefined
          ? fc.constant(undefined)
          : fc.tuple(...Array.from({ length }, () => memberOf(of.element))).map(whole),
      );
    case "record":
      return recordValue(of);
    case "union":
      return fc.oneof(...of.members.map(memberOf));
    default:
      return fc.constant(undefined);
  }
};

const whole = (items: readonly (Json | undefined)[]): Json | undefined =>
  items.includes(undefined) ? undefined : (items as readonly Json[]);

const between = ({ low, high }: { low: number; high: number }): fc.Arbitrary<number | undefined> =>
  low > high ? fc.constant(undefined) : fc.integer({ min: low, max: Math.min(high, low + 2) });

const numberIn = (range: ReturnType<typeof rangeOf>): fc.Arbitrary<number | undefined> => {
  const candidates = [-3, -2, -1, 0, 0.5, 1, 1.5, 2, 3, 3.5, 4, 5].filter(
    (n) =>
      (range.lowOpen ? n > range.low : n >= range.low) &&
      (range.highOpen ? n < range.high : n <= range.high) &&
      (!range.integer || Number.isInteger(n)),
  );
  return candidates.length === 0 ? fc.constant(undefined) : fc.constantFrom(...candidates);
};

const recordValue = (of: RecordType): fc.Arbitrary<Json | undefined> => {
  const fields = [...of.fields].map(([name, field]) =>
    (field.optional ? fc.option(memberOf(field.type), { nil: undefined }) : memberOf(field.type)).map(
      (value) => [name, value, field.optional] as const,
    ),
  );
  const other =
    of.rest === "closed"
      ? fc.constant(undefined)
      : of.rest === "hidden"
        ? jsonValue
        : fc.option(memberOf(of.rest), { nil: undefined });
  return fc.tuple(fc.tuple(...fields), other).map(([entries, extra]) => {
    if (entries.some(([, value, isOptional]) => value === undefined && !isOptional)) return undefined;
    const present = entries
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value as Json] as const);
    const others = extra === undefined ? [] : [["other", extra] as const];
    return Object.fromEntries([...present, ...others]);
  });
};
