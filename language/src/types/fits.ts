import type { Json, ListType, NumberType, RecordType, StringType, Type } from "./type.ts";

/**
 * Whether a value is of a type, by the rules of step 2: numbers finite, lengths in code points, only own properties,
 * and a present `undefined` counts as absent. No JSON value fits an opaque type.
 */
export const fits = (value: Json, type: Type): boolean => {
  switch (type.kind) {
    case "any":
      return true;
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string" && fitsString(value, type);
    case "number":
      return typeof value === "number" && fitsNumber(value, type);
    case "literal":
      return value === type.value;
    case "list":
      return isList(value) && fitsList(value, type);
    case "record":
      return typeof value === "object" && value !== null && !isList(value) && fitsRecord(value, type);
    case "union":
      return type.members.some((member) => fits(value, member));
    default:
      return false;
  }
};

/** `Array.isArray`, which alone does not narrow a read-only list. */
export const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

const inRange = (count: number, low: number | undefined, high: number | undefined): boolean =>
  (low === undefined || count >= low) && (high === undefined || count <= high);

const fitsString = (text: string, { minLength, maxLength }: StringType): boolean =>
  (minLength === undefined && maxLength === undefined) || inRange([...text].length, minLength, maxLength);

const fitsNumber = (value: number, type: NumberType): boolean =>
  Number.isFinite(value) &&
  (!type.integer || Number.isInteger(value)) &&
  inRange(value, type.minimum, type.maximum) &&
  (type.exclusiveMinimum === undefined || value > type.exclusiveMinimum) &&
  (type.exclusiveMaximum === undefined || value < type.exclusiveMaximum);

const fitsList = (list: readonly Json[], type: ListType): boolean =>
  inRange(list.length, type.minItems, type.maxItems) && list.every((item) => fits(item, type.element));

const fitsRecord = (record: { readonly [key: string]: Json }, type: RecordType): boolean => {
  for (const [name, field] of type.fields) {
    const value = own(record, name);
    if (value === undefined ? !field.optional : !fits(value, field.type)) return false;
  }
  const { rest } = type;
  if (rest === "hidden") return true;
  const others = Object.keys(record).filter((name) => !type.fields.has(name) && record[name] !== undefined);
  return rest === "closed" ? others.length === 0 : others.every((name) => fits(record[name] as Json, rest));
};

const own = (record: { readonly [key: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
