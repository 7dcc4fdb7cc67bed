import { ANY, NEVER, recordOf, STRING, union } from "../types/build.ts";
import { intersect } from "../types/intersect.ts";
import { isAssignable } from "../types/relate.ts";
import type { Field, RecordType, Type } from "../types/type.ts";
import { fieldFrom } from "./field.ts";
import { below, keyword, namedSchemasAt, numberAt, type Place, type Reading, widen } from "./reading.ts";
import { typeOf } from "./schema.ts";

/** What the keywords about objects say. */
export const recordType = (reading: Reading, place: Place): Type => {
  noteWhatIsNotEnforced(reading, place);
  const required = requiredNames(reading, place);
  const fields = new Map<string, Field>();
  for (const [name, schema] of namedSchemasAt(reading, place, "properties")) {
    fields.set(name, fieldFrom(reading, schema, name, place, !required.has(name)));
  }
  // An empty `properties` declares that there are none; without the keyword nothing is declared at all.
  const saysNothing = fields.size === 0 && keyword(place, "properties") === undefined;
  const others = otherProperties(reading, place, saysNothing);
  for (const name of required) {
    const type = others === "closed" ? NEVER : others === "hidden" ? ANY : others;
    if (!fields.has(name)) fields.set(name, { type, optional: false });
  }
  const named = withNames(reading, place, fields, others);
  for (const field of named.fields.values()) {
    if (field.type.kind === "never" && !field.optional) return NEVER;
  }
  return named;
};

const requiredNames = (reading: Reading, place: Place): ReadonlySet<string> => {
  const node = keyword(place, "required");
  if (node === undefined) return new Set();
  if (node.items === undefined)
    widen(reading, place, "required", "it is not a list of names, so it says nothing");
  return new Set((node.items ?? []).map((item) => item.value).filter((name) => typeof name === "string"));
};

/** What `additionalProperties`, or `unevaluatedProperties` where that is the same, and `patternProperties` say. */
const otherProperties = (reading: Reading, place: Place, declaresNothing: boolean): RecordType["rest"] => {
  const name = nameOfOthers(reading, place);
  const node = name === undefined ? undefined : keyword(place, name);
  const others: RecordType["rest"] =
    name !== undefined && node !== undefined
      ? closedIfNever(typeOf(reading, below(place, node, name)))
      : declaresNothing
        ? ANY
        : "hidden";
  const patterns = [...namedSchemasAt(reading, place, "patternProperties")];
  if (patterns.length === 0) return others;
  const types = patterns.map(([, schema]) => typeOf(reading, schema));
  const [only] = patterns;
  if (patterns.length === 1 && only !== undefined && MATCHES_ALL.has(only[0]))
    return closedIfNever(types[0] as Type);
  widen(reading, place, "patternProperties", "which names take which values is not enforced");
  if (others === "hidden" || others === "closed") return others === "hidden" ? "hidden" : union(types);
  return union([...types, others]);
};

/** Patterns that every name matches. */
const MATCHES_ALL = new Set(["", "^", ".*", "^.*", "^.*$", "^", ".*$"]);

const closedIfNever = (type: Type): RecordType["rest"] => (type.kind === "never" ? "closed" : type);

/** Where a schema has no other schemas applied in place, unevaluated properties are the additional ones. */
const nameOfOthers = (reading: Reading, place: Place): string | undefined => {
  if (keyword(place, "additionalProperties") !== undefined) return "additionalProperties";
  if (keyword(place, "unevaluatedProperties") === undefined) return undefined;
  const applied = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "not", "dependentSchemas"];
  if (!applied.some((name) => keyword(place, name) !== undefined)) return "unevaluatedProperties";
  widen(reading, place, "unevaluatedProperties", "that no other fields may be there is not enforced");
  return undefined;
};

/** `propertyNames`: names from a list make a record of just these; any other restriction of names is not enforced. */
const withNames = (
  reading: Reading,
  place: Place,
  fields: ReadonlyMap<string, Field>,
  others: RecordType["rest"],
): RecordType => {
  const node = keyword(place, "propertyNames");
  const record = recordOf(fields, others);
  if (node === undefined) return record;
  const type = intersect(typeOf(reading, below(place, node, "propertyNames")), STRING, reading.fuel);
  const names = literalNames(type);
  if (names === null) {
    if (!isAssignable(STRING, type))
      widen(reading, place, "propertyNames", "which names there may be is not enforced");
    return record;
  }
  const allowed = new Map<string, Field>();
  for (const [name, field] of fields) {
    allowed.set(name, names.includes(name) ? field : { ...field, type: NEVER });
  }
  const other = others === "closed" ? null : others === "hidden" ? ANY : others;
  for (const name of names) {
    if (!allowed.has(name) && other !== null) allowed.set(name, { type: other, optional: true });
  }
  return recordOf(allowed, "closed");
};

const literalNames = (type: Type): readonly string[] | null => {
  if (type.kind === "never") return [];
  const members = type.kind === "union" ? type.members : [type];
  const names = members.map((member) => (member.kind === "literal" ? member.value : null));
  return names.every((name) => typeof name === "string") ? names : null;
};

const noteWhatIsNotEnforced = (reading: Reading, place: Place): void => {
  const count = "how many fields there are is not enforced";
  if ((numberAt(reading, place, "minProperties") ?? 0) > 0) widen(reading, place, "minProperties", count);
  if (numberAt(reading, place, "maxProperties") !== undefined) widen(reading, place, "maxProperties", count);
  for (const name of ["dependentRequired", "dependentSchemas", "dependencies"]) {
    const node = keyword(place, name);
    if (node !== undefined && node.entries?.size !== 0) {
      widen(reading, place, name, "what one field demands of others is not enforced");
    }
  }
};
