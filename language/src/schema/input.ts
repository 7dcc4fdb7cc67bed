import { ANY, recordOf, union } from "../types/build.ts";
import type { Field, RecordType, Type } from "../types/type.ts";

/**
 * A tool's arguments as one record, whatever the schema's type: arguments are always an object. Alternatives are
 * merged into one record that holds all their values and possibly more (`merged`). Null where no record fits.
 */
export const inputOf = (type: Type): { readonly input: RecordType | null; readonly merged: boolean } => {
  if (type.kind === "any") return { input: recordOf([], ANY), merged: false };
  const members = type.kind === "union" ? type.members : [type];
  const records = members.filter((member) => member.kind === "record");
  const [first, ...others] = records;
  if (first === undefined) return { input: null, merged: false };
  return { input: others.reduce(mergeRecords, first), merged: others.length > 0 };
};

/** The narrowest record that holds the values of both. */
export const mergeRecords = (a: RecordType, b: RecordType): RecordType => {
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  const fields = [...names].map((name) => [name, mergeFields(fieldAt(a, name), fieldAt(b, name))] as const);
  return recordOf(fields, mergeRests(a.rest, b.rest));
};

/** The field of that name; null where the record cannot have one. */
const fieldAt = ({ fields, rest }: RecordType, name: string): Field | null => {
  const declared = fields.get(name);
  if (declared !== undefined) return declared;
  if (rest === "closed") return null;
  return { type: rest === "hidden" ? ANY : rest, optional: true };
};

const mergeFields = (a: Field | null, b: Field | null): Field => ({
  ...b,
  ...a,
  type: union([a, b].flatMap((field) => (field === null ? [] : [field.type]))),
  optional: a === null || b === null || a.optional || b.optional,
});

const mergeRests = (a: RecordType["rest"], b: RecordType["rest"]): RecordType["rest"] => {
  if (a === "closed") return b;
  if (b === "closed") return a;
  return a === "hidden" || b === "hidden" ? "hidden" : union([a, b]);
};
