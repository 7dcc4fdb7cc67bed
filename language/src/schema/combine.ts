import { ANY, NEVER, union } from "../types/build.ts";
import { typeOfConstant } from "../types/constant.ts";
import { isList } from "../types/fits.ts";
import { intersect } from "../types/intersect.ts";
import { overlaps } from "../types/relate.ts";
import type { Json, Type } from "../types/type.ts";
import { below, keyword, type Place, type Reading, schemasAt, widen } from "./reading.ts";
import { typeOf } from "./schema.ts";

/** `enum` and `const`. */
export const valuesType = (reading: Reading, place: Place): Type => {
  const constant = keyword(place, "const");
  const values = keyword(place, "enum");
  const fixed = constant === undefined ? ANY : valueType(reading, place, "const", [constant.value]);
  if (values === undefined) return fixed;
  if (values.items === undefined) {
    widen(reading, place, "enum", "it is not a list of values, so it says nothing");
    return fixed;
  }
  reading.fuel.left -= values.items.length;
  if (reading.fuel.left < 0) {
    widen(reading, place, "enum", "there are too many values; any value fits");
    return fixed;
  }
  const listed = valueType(
    reading,
    place,
    "enum",
    values.items.map((item) => item.value),
  );
  return intersect(listed, fixed, reading.fuel);
};

const valueType = (reading: Reading, place: Place, name: string, values: readonly Json[]): Type => {
  if (!values.every(hasExactType))
    widen(reading, place, name, "the order of the elements of a list is not enforced");
  return union(values.map(typeOfConstant));
};

/** A list of several different elements has no type of its own: each element may stand in each place. */
const hasExactType = (value: Json): boolean => {
  if (value === null || typeof value !== "object") return true;
  if (!isList(value)) return Object.values(value).every(hasExactType);
  return value.length <= 1 && value.every(hasExactType);
};

/** `allOf`, one type for each of its schemas. */
export const allTypes = (reading: Reading, place: Place): readonly Type[] =>
  (schemasAt(reading, place, "allOf") ?? []).map((schema) => typeOf(reading, schema));

/** `anyOf`. */
export const anyType = (reading: Reading, place: Place): Type => {
  const schemas = schemasAt(reading, place, "anyOf");
  return schemas === undefined ? ANY : union(schemas.map((schema) => typeOf(reading, schema)));
};

/** More alternatives are not compared with each other. */
const MOST_COMPARED = 40;

/** `oneOf`: exact where no value fits two of the alternatives. */
export const oneType = (reading: Reading, place: Place): Type => {
  const schemas = schemasAt(reading, place, "oneOf");
  if (schemas === undefined) return ANY;
  const types = schemas.map((schema) => typeOf(reading, schema));
  const mayShare =
    types.length > MOST_COMPARED ||
    types.some((type, at) => types.slice(at + 1).some((other) => overlaps(type, other)));
  if (mayShare) widen(reading, place, "oneOf", "that only one of the alternatives fits is not enforced");
  return union(types);
};

/** `if`, `then`, `else`: a value fits both the first two or else the third. That the third needs a false `if` is lost. */
export const conditionalType = (reading: Reading, place: Place): Type => {
  const test = keyword(place, "if");
  const then = keyword(place, "then");
  const otherwise = keyword(place, "else");
  if (test === undefined || (then === undefined && otherwise === undefined)) return ANY;
  widen(
    reading,
    place,
    "if",
    "what depends on a condition is enforced only as far as both outcomes share it",
  );
  const branch = (node: typeof then, name: string): Type =>
    node === undefined ? ANY : typeOf(reading, below(place, node, name));
  const passed = intersect(branch(test, "if"), branch(then, "then"), reading.fuel);
  return union([passed, branch(otherwise, "else")]);
};

/** `not`: only what excludes everything or nothing has a type. */
export const notType = (reading: Reading, place: Place): Type => {
  const node = keyword(place, "not");
  if (node === undefined || node.value === false) return ANY;
  if (node.value === true || node.entries?.size === 0) return NEVER;
  widen(reading, place, "not", "what is excluded is not enforced");
  return ANY;
};
