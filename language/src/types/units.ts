import { typeKey } from "./key.ts";
import type { Type, UnionType } from "./type.ts";

/** The members of a union that are single values, by their keys, and all its other members. */
export interface Units {
  readonly keys: ReadonlySet<string>;
  readonly others: readonly Type[];
}

const units = new WeakMap<UnionType, Units>();

/** Long enumerations are compared by their keys: member by member that would take the square of their length. */
export const unitsOf = (type: UnionType): Units => {
  const known = units.get(type);
  if (known !== undefined) return known;
  const found = {
    keys: new Set(type.members.filter(isUnit).map(typeKey)),
    others: type.members.filter((member) => !isUnit(member)),
  };
  units.set(type, found);
  return found;
};

/** Whether a type has one value alone. */
export const isUnit = ({ kind }: Type): boolean => kind === "literal" || kind === "null";
