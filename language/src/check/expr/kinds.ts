import { union } from "../../types/build.ts";
import type { OpaqueType, Type } from "../../types/type.ts";
import { membersOf } from "./facts.ts";

/** What a value is as far as operators and methods care: literals are of the kind of their value. */
export type Kind =
  | "string"
  | "number"
  | "boolean"
  | "null"
  | "list"
  | "record"
  | "any"
  | "never"
  | "mixed"
  | OpaqueType["name"];

/** The kind that all values of the type share, or `mixed`. */
export const kindOf = (type: Type): Kind => {
  const kinds = new Set(membersOf(type).map(single));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : "mixed";
};

const single = (type: Type): Kind => {
  switch (type.kind) {
    case "literal":
      return typeof type.value as "string" | "number" | "boolean";
    case "opaque":
      return type.name;
    case "union":
      return "mixed";
    default:
      return type.kind;
  }
};

/** Whether every value of the type is a string, number, boolean or null. */
export const isPrimitive = (type: Type): boolean =>
  membersOf(type).every((member) => ["string", "number", "boolean", "null"].includes(single(member)));

/** What the elements of a list, or of any of several lists, can be. */
export const elementOf = (type: Type): Type => {
  const members = membersOf(type);
  const [only] = members;
  if (members.length === 1) return only?.kind === "list" ? only.element : { kind: "never" };
  return union(members.flatMap((member) => (member.kind === "list" ? [member.element] : [])));
};
