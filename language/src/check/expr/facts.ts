import { ANY, NEVER, recordOf, union } from "../../types/build.ts";
import { isAssignable, overlaps, typeKey } from "../../types/relate.ts";
import type { Field, RecordType, Type } from "../../types/type.ts";
import { isUnit, unitsOf } from "../../types/units.ts";

/**
 * A value that can be narrowed: a root, a parameter, or a field of one. `type` is what it is known to be where it stands,
 * `parent` the record it is a field of.
 */
export interface Place {
  readonly key: string;
  readonly name: string;
  readonly parent: Place | null;
  readonly type: Type;
}

/** What is known of one place beyond its declaration. */
export interface Fact {
  readonly type?: Type;
  readonly present?: boolean;
}

/** What is known at one point of an expression. `dead`: the point is never reached for the tools under check. */
export interface Facts {
  readonly dead: boolean;
  readonly known: ReadonlyMap<string, Fact>;
}

export const NOTHING_KNOWN: Facts = { dead: false, known: new Map() };

export const dead = (facts: Facts): Facts => ({ ...facts, dead: true });

export const rootPlace = (name: string, type: Type): Place => ({ key: name, name, parent: null, type });

/** The key of a field's place, one for one path whatever its names hold. */
export const fieldKey = (parent: string, name: string): string => `${parent}.${JSON.stringify(name)}`;

export const fieldPlace = (parent: Place, name: string, type: Type): Place => ({
  key: fieldKey(parent.key, name),
  name,
  parent,
  type,
});

const learn = (facts: Facts, key: string, fact: Fact): Facts => {
  const known = new Map(facts.known);
  known.set(key, { ...facts.known.get(key), ...fact });
  return { ...facts, known };
};

/** After a test has shown that the place's value is of `type`. */
export const narrow = (facts: Facts, place: Place, type: Type): Facts => {
  const narrowed = meet(place.type, type);
  if (narrowed.kind === "never") return dead(facts);
  const next = learn(facts, place.key, { type: narrowed });
  return narrowParent(next, place, (field) => field !== null && overlaps(field.type, narrowed));
};

/** After a test has shown that the place's value is not of `type`. */
export const exclude = (facts: Facts, place: Place, type: Type): Facts => {
  const narrowed = subtract(place.type, type);
  if (narrowed.kind === "never") return dead(facts);
  if (narrowed === place.type) return facts;
  const next = learn(facts, place.key, { type: narrowed });
  return narrowParent(next, place, (field) => field === null || overlaps(field.type, narrowed));
};

/** After `of has name` has been decided. */
export const narrowPresence = (facts: Facts, of: Place, name: string, present: boolean): Facts => {
  const next = learn(facts, fieldKey(of.key, name), { present });
  const place = fieldPlace(of, name, ANY);
  return narrowParent(next, place, (field) =>
    present ? field !== null && field.type.kind !== "never" : field === null || field.optional,
  );
};

/** Drops those members of the parent's union for which what was learnt of the field cannot be. */
const narrowParent = (facts: Facts, place: Place, keeps: (field: Field | null) => boolean): Facts => {
  const { parent } = place;
  if (parent === null) return facts;
  const members = membersOf(parent.type);
  const kept = members.filter((member) => member.kind !== "record" || keeps(fieldOf(member, place.name)));
  if (kept.length === members.length) return facts;
  const type = union(kept);
  // Presence alone is not demanded of a lone record (only of the members of a union), so absence proves nothing here.
  if (type.kind === "never") return place.type === ANY ? facts : dead(facts);
  const next = learn(facts, parent.key, { type });
  const { parent: above } = parent;
  if (above === null) return next;
  return narrowParent(next, parent, (field) => field !== null && overlaps(field.type, type));
};

export const membersOf = (type: Type): readonly Type[] => (type.kind === "union" ? type.members : [type]);

/** What a record says of a field: null where it cannot be there. What is not declared but may be there is `any`. */
export const fieldOf = (record: RecordType, name: string): Field | null => {
  const field = record.fields.get(name);
  if (field !== undefined) return field;
  if (record.rest === "closed") return null;
  return { type: record.rest === "hidden" ? ANY : record.rest, optional: true };
};

/** What is known where two ways meet. */
export const join = (a: Facts, b: Facts): Facts => {
  if (a === b || b.dead) return a;
  if (a.dead) return b;
  const known = new Map<string, Fact>();
  for (const [key, fact] of a.known) {
    const other = b.known.get(key);
    if (other === undefined) continue;
    known.set(key, {
      ...(fact.type === undefined || other.type === undefined
        ? {}
        : { type: union([fact.type, other.type]) }),
      ...(fact.present === undefined || fact.present !== other.present ? {} : { present: fact.present }),
    });
  }
  return { dead: false, known };
};

/** The values of `type` that are also of `by`: exact or wider, never narrower. */
export const meet = (type: Type, by: Type): Type => {
  if (type.kind === "any" || by.kind === "never") return by;
  if (by.kind === "any" || type === by) return type;
  if (type.kind === "union") return union(type.members.map((member) => meet(member, by)));
  if (by.kind === "union" && isUnit(type)) {
    const { keys, others } = unitsOf(by);
    return keys.has(typeKey(type)) ? type : union(others.map((member) => meet(type, member)));
  }
  if (by.kind === "union") return union(by.members.map((member) => meet(type, member)));
  if (isAssignable(type, by)) return type;
  if (isAssignable(by, type)) return by;
  if (!overlaps(type, by)) return NEVER;
  if (type.kind === "record" && by.kind === "record") return meetRecords(type, by);
  return type;
};

const meetRecords = (a: RecordType, b: RecordType): Type => {
  const fields: [string, Field][] = [];
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const inA = fieldOf(a, name);
    const inB = fieldOf(b, name);
    if (inA === null || inB === null) continue;
    const type = meet(inA.type, inB.type);
    const declared = a.fields.get(name) ?? b.fields.get(name);
    fields.push([name, { ...declared, type, optional: inA.optional && inB.optional }]);
  }
  if (a.rest === "closed" || b.rest === "closed") return recordOf(fields, "closed");
  if (a.rest === "hidden" || b.rest === "hidden")
    return recordOf(fields, a.rest === "hidden" ? b.rest : a.rest);
  return recordOf(fields, meet(a.rest, b.rest));
};

/** The values of `type` that are not of `by`: exact or wider. */
export const subtract = (type: Type, by: Type): Type => {
  if (type.kind === "boolean" && by.kind === "literal" && typeof by.value === "boolean") {
    return { kind: "literal", value: !by.value };
  }
  if (type.kind === "union") {
    const kept = type.members.map((member) => subtract(member, by));
    return kept.every((member, at) => member === type.members[at]) ? type : union(kept);
  }
  return isAssignable(type, by) ? NEVER : type;
};
