import type { Field, RecordType, Type } from "@agentpolicy/language";
import { isRead, type Use } from "./use.ts";

export const ANY: Type = { kind: "any" };
export const NEVER: Type = { kind: "never" };

/**
 * An element of a list of `any` whose elements are read: any JSON value, but one. So a list with holes is refused at
 * its first hole, however long it says it is.
 */
export const ANY_VALUE: Type = {
  kind: "union",
  members: [
    { kind: "null" },
    { kind: "boolean" },
    { kind: "string" },
    { kind: "number", integer: false },
    { kind: "list", element: ANY },
    { kind: "record", fields: new Map(), rest: "hidden" },
  ],
};

/**
 * A declared type cut down to the parts that are read: what step 2 of the semantics demands of a value (decision 0002).
 *
 * - A list whose elements are not read has the element type `any`; elements of type `any` are not looked at.
 * - A record keeps the fields whose values are read, sorted by name, and always has `hidden` rest: a check looks at the
 *   fields it names and at nothing else. A field of type `any` is loaded (it must be readable) and not looked into.
 * - A field that a record does not declare and names no type for is not looked at (decision 0005), but:
 * - Where records are told from each other (in a union of several records or lists, in a value that is treated as one
 *   of several types, and in all parts of these), a required field that is asked for with `has` must be there (as
 *   `any`), and a field that is read or asked for and that a `closed` record does not declare must be absent: type
 *   `never`, optional; read in a `hidden` one, it is `any`.
 */
export function project(type: Type, use: Use, within = false): Type {
  const told = within || use.told;
  switch (type.kind) {
    case "list": {
      if (use.elements === null || !isRead(use.elements)) return { ...type, element: ANY };
      const element = project(type.element, use.elements, told);
      return { ...type, element: element.kind === "any" ? ANY_VALUE : element };
    }
    case "record":
      return projectRecord(type, use, told);
    case "union": {
      const areSeveral = (kind: Type["kind"]): boolean =>
        type.members.filter((member) => member.kind === kind).length > 1;
      return {
        kind: "union",
        members: type.members.map((member) => project(member, use, told || areSeveral(member.kind))),
      };
    }
    default:
      return type;
  }
}

function projectRecord(type: RecordType, use: Use, told: boolean): RecordType {
  const names = new Set(use.fields.keys());
  if (told) for (const name of use.asked) names.add(name);
  const fields = new Map<string, Field>();
  for (const name of [...names].sort()) {
    const read = use.fields.get(name);
    const field = projectField(type, name, read !== undefined && isRead(read) ? read : null, told);
    if (field !== null) fields.set(name, field);
  }
  return { kind: "record", fields, rest: "hidden" };
}

/** `read` is null where the field is only asked for. Null: the record demands nothing of the field. */
function projectField(type: RecordType, name: string, read: Use | null, told: boolean): Field | null {
  const declared = type.fields.get(name);
  if (declared !== undefined) {
    if (read !== null) return { type: project(declared.type, read, told), optional: declared.optional };
    if (told && declared.type.kind === "never") return declared;
    return told && !declared.optional ? { type: ANY, optional: false } : null;
  }
  if (typeof type.rest !== "string") {
    return read === null ? null : { type: project(type.rest, read, told), optional: true };
  }
  if (!told) return null;
  if (type.rest === "closed") return { type: NEVER, optional: true };
  return read === null ? null : { type: ANY, optional: true };
}
