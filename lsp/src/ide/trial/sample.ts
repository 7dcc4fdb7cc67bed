import type { Json, RecordType, Type } from "@agentpolicy/language";

/** A value that fits a type, as plain as possible; records have their required fields only. */
export function sampleOf(type: Type): Json {
  switch (type.kind) {
    case "literal":
      return type.value;
    case "boolean":
      return false;
    case "string":
      return "x".repeat(type.minLength ?? 0);
    case "number":
      return numberIn(type);
    case "list":
      return Array.from({ length: type.minItems ?? 0 }, () => sampleOf(type.element));
    case "record":
      return recordIn(type);
    case "union":
      return type.members[0] === undefined ? null : sampleOf(type.members[0]);
    default:
      return null;
  }
}

const recordIn = ({ fields }: RecordType): Json =>
  Object.fromEntries(
    [...fields].filter(([, field]) => !field.optional).map(([name, field]) => [name, sampleOf(field.type)]),
  );

/** The number within the bounds that is nearest to nothing. */
function numberIn(type: Type & { readonly kind: "number" }): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, integer } = type;
  const low = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const high = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  const isOpenLow = exclusiveMinimum !== undefined && exclusiveMinimum === low;
  const isOpenHigh = exclusiveMaximum !== undefined && exclusiveMaximum === high;
  if ((low < 0 || (low === 0 && !isOpenLow)) && (high > 0 || (high === 0 && !isOpenHigh))) return 0;
  if (low >= 0) {
    const from = integer ? Math.ceil(low) : low;
    if (!isOpenLow || from > low) return from;
    return integer || from + 1 < high ? from + 1 : (from + high) / 2;
  }
  const to = integer ? Math.floor(high) : high;
  if (!isOpenHigh || to < high) return to;
  return integer || to - 1 > low ? to - 1 : (low + to) / 2;
}
