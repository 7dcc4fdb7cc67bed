import { ANY, NEVER, NULL, union } from "../types/build.ts";
import { type Fuel, intersect } from "../types/intersect.ts";
import type { RecordType, Type } from "../types/type.ts";
import { allTypes, anyType, conditionalType, notType, oneType, valuesType } from "./combine.ts";
import { inputOf } from "./input.ts";
import type { JsonNode } from "./json.ts";
import { kindsType } from "./kinds.ts";
import { keyword, type Place, type Reading, widen } from "./reading.ts";
import { references } from "./reference.ts";
import type { Widening } from "./widening.ts";

/** Deeper types are read as `any`, so that nothing that walks a type needs to fear its depth. */
const DEEPEST = 256;

/** What one schema may cost: types made and pairs of types compared. The largest real ones cost a few hundred. */
export const FUEL = 20_000;

/** For whom a schema is read. `fuel` is what reading it may cost; shared, it bounds many schemas together. */
export interface SchemaOptions {
  readonly file: string;
  readonly tool: string;
  readonly fuel?: Fuel;
}

/**
 * The type of a JSON Schema (drafts 4 to 2020-12): exact where it has one, otherwise the nearest wider one, with a
 * record of each place where it is wider. Never narrower, never a throw; ends soon whatever the schema says.
 */
export const typeFromSchema = (
  schema: JsonNode,
  options: SchemaOptions,
): { readonly type: Type; readonly widenings: readonly Widening[] } => {
  const reading = startReading(schema, options);
  const type = typeOf(reading, rootOf(schema));
  return { type, widenings: [...reading.widenings.values()] };
};

/** The arguments that a tool's input schema admits: always a record. `input` is null where no record fits. */
export const inputFromSchema = (
  schema: JsonNode,
  options: SchemaOptions,
): { readonly input: RecordType | null; readonly widenings: readonly Widening[] } => {
  const reading = startReading(schema, options);
  const type = typeOf(reading, rootOf(schema));
  const { input, merged } = inputOf(type);
  if (merged) {
    widen(reading, rootOf(schema), alternatives(schema), "which arguments go together is not enforced");
  }
  return { input, widenings: [...reading.widenings.values()] };
};

const alternatives = (schema: JsonNode): string =>
  ["oneOf", "anyOf", "allOf", "$ref"].find((name) => schema.entries?.has(name)) ?? "type";

const rootOf = (node: JsonNode): Place => ({ node, path: "#", depth: 0 });

const startReading = (schema: JsonNode, { file, tool, fuel }: SchemaOptions): Reading => {
  const dialect = schema.entries?.get("$schema")?.node.value;
  return {
    file,
    tool,
    refs: references(schema),
    legacy: typeof dialect === "string" && /draft-0[3-7]/.test(dialect),
    fuel: fuel ?? { left: FUEL },
    open: new Set(),
    widenings: new Map(),
  };
};

/** The type of one schema within a reading. */
export const typeOf = (reading: Reading, place: Place): Type => {
  const { node } = place;
  if (node.value === true) return ANY;
  if (node.value === false) return NEVER;
  if (node.entries === undefined) {
    widen(reading, place, "schema", "it is not a schema, so it says nothing");
    return ANY;
  }
  reading.fuel.left -= 1;
  if (reading.fuel.left < 0 || place.depth > DEEPEST) {
    widen(reading, place, "schema", "the schema is too large to be read to its end; anything fits here");
    return ANY;
  }
  reading.open.add(node);
  const type = meetAll(reading, place, partsOf(reading, place));
  reading.open.delete(node);
  return keyword(place, "nullable")?.value === true ? union([type, NULL]) : type;
};

/** Keywords beside `$ref` that restrict nothing. */
const SAYS_NOTHING = new Set([
  ...["$ref", "$schema", "$id", "$comment", "definitions", "$defs"],
  ...["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"],
]);

/** What each keyword says; a value must fit all of it. */
const partsOf = (reading: Reading, place: Place): readonly Type[] => {
  const reference = referenceType(reading, place);
  if (reading.legacy && keyword(place, "$ref") !== undefined) {
    if ([...(place.node.entries?.keys() ?? [])].some((name) => !SAYS_NOTHING.has(name))) {
      widen(reading, place, "$ref", "beside a reference draft 7 reads nothing else");
    }
    return [reference];
  }
  return [
    kindsType(reading, place),
    valuesType(reading, place),
    reference,
    ...allTypes(reading, place),
    anyType(reading, place),
    oneType(reading, place),
    conditionalType(reading, place),
    notType(reading, place),
  ];
};

const meetAll = (reading: Reading, place: Place, parts: readonly Type[]): Type => {
  const type = parts.reduce((all, part) => intersect(all, part, reading.fuel), ANY);
  if (reading.fuel.left < 0) {
    widen(
      reading,
      place,
      "schema",
      "the schema is too large to be read to its end; more fits here than it says",
    );
  }
  return type;
};

/** `$ref`. One to a schema that is being read is recursion, and cut there. */
const referenceType = (reading: Reading, place: Place): Type => {
  for (const name of ["$dynamicRef", "$recursiveRef"]) {
    if (keyword(place, name) === undefined) continue;
    widen(reading, place, name, "dynamic references are not followed; anything fits here");
  }
  const reference = keyword(place, "$ref")?.value;
  if (reference === undefined) return ANY;
  const target = typeof reference === "string" ? reading.refs.resolve(reference, place.node) : null;
  if (target === null) {
    widen(reading, place, "$ref", "nothing in this schema is what it refers to; anything fits here");
    return ANY;
  }
  if (reading.open.has(target.node)) {
    widen(reading, place, "$ref", "the schema refers to itself; anything fits here");
    return ANY;
  }
  return typeOf(reading, { node: target.node, path: target.path, depth: place.depth + 1 });
};
