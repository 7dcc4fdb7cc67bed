import type { Json, Type } from "@agentpolicy/language";

/**
 * The plainest value of a type: what must be there and no more. Null where there is none that this finds (a type
 * without values, or one that contains itself without end).
 */
export const sampleOf = (type: Type, depth = 0): { readonly value: Json } | null => {
  if (depth > 12) return null;
  switch (type.kind) {
    case "any":
    case "null":
      return { value: null };
    case "boolean":
      return { value: false };
    case "string":
      return { value: "example".slice(0, type.maxLength ?? 7).padEnd(type.minLength ?? 0, "x") };
    case "number":
      return sampleNumber(type);
    case "literal":
      return { value: type.value };
    case "list":
      return sampleList(type, depth);
    case "record":
      return sampleRecord(type, depth);
    case "union":
      return type.members.reduce<ReturnType<typeof sampleOf>>(
        (found, member) => found ?? sampleOf(member, depth + 1),
        null,
      );
    default:
      return null;
  }
};

const sampleNumber = (type: Type & { kind: "number" }): { readonly value: Json } | null => {
  const { integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = type;
  const candidates = [1, 0, minimum, maximum, ...near(exclusiveMinimum, 1), ...near(exclusiveMaximum, -1)];
  const value = candidates.find(
    (number) =>
      number !== undefined &&
      (!integer || Number.isInteger(number)) &&
      number >= (minimum ?? -Infinity) &&
      number <= (maximum ?? Infinity) &&
      number > (exclusiveMinimum ?? -Infinity) &&
      number < (exclusiveMaximum ?? Infinity),
  );
  return value === undefined ? null : { value };
};

/** Numbers beside an excluded bound, the plainest first. */
const near = (bound: number | undefined, step: 1 | -1): readonly number[] =>
  bound === undefined ? [] : [bound + step, Math.floor(bound) + step, bound + step / 1024];

const sampleList = (type: Type & { kind: "list" }, depth: number): { readonly value: Json } | null => {
  const count = type.minItems ?? 0;
  if (count === 0) return { value: [] };
  const element = count > 100 ? null : sampleOf(type.element, depth + 1);
  return element === null ? null : { value: Array.from({ length: count }, () => element.value) };
};

const sampleRecord = (type: Type & { kind: "record" }, depth: number): { readonly value: Json } | null => {
  const fields: [string, Json][] = [];
  for (const [name, field] of type.fields) {
    if (field.optional) continue;
    const sample = sampleOf(field.type, depth + 1);
    if (sample === null) return null;
    fields.push([name, sample.value]);
  }
  return { value: Object.fromEntries(fields) };
};
