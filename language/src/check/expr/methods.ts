import type { Method } from "../../core/expr.ts";
import { BOOLEAN, INTEGER, listOf, literal, numberOf, STRING, stringOf, union } from "../../types/build.ts";
import { rangeOf } from "../../types/range.ts";
import type { Type } from "../../types/type.ts";
import { membersOf } from "./facts.ts";
import type { Kind } from "./kinds.ts";

/** Built-ins that are read like fields. */
export type Property = Exclude<Method, MethodName | "list.item">;

/** Built-ins that are called. */
export type MethodName =
  | "string.startsWith"
  | "string.endsWith"
  | "string.contains"
  | "string.lower"
  | "list.contains"
  | "list.containsAll"
  | "list.containsAny"
  | "url.within"
  | "domain.within"
  | "path.within"
  | "ip.in";

const PORT = numberOf({ integer: true, minimum: 0, maximum: 65_535 });
const HOUR = numberOf({ integer: true, minimum: 0, maximum: 23 });
const WEEKDAY = union(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(literal));
const VERSION = union([literal(4), literal(6)]);
const WORD = stringOf({ minLength: 1 });

/** What each property gives, by the type it is read from. */
export const PROPERTY_TYPES: Readonly<Record<Property, (of: Type) => Type>> = {
  "string.length": (of) => lengthOf(of),
  "list.length": (of) => lengthOf(of),
  "instant.hour": () => HOUR,
  "instant.weekday": () => WEEKDAY,
  "instant.date": () => STRING,
  "email.local": () => WORD,
  "email.domain": () => WORD,
  "url.scheme": () => WORD,
  "url.host": () => WORD,
  "url.port": () => PORT,
  "url.path": () => STRING,
  "url.query": () => STRING,
  "path.absolute": () => BOOLEAN,
  "path.name": () => STRING,
  "path.extension": () => STRING,
  "ip.private": () => BOOLEAN,
  "ip.version": () => VERSION,
  "command.program": () => STRING,
  "command.name": () => STRING,
  "command.args": () => listOf(STRING),
  "command.compound": () => BOOLEAN,
};

/** The number of code points or items that values of the type have. */
const lengthOf = (of: Type): Type => {
  let low = Infinity;
  let high = 0;
  for (const member of membersOf(of)) {
    if (member.kind === "literal") {
      const length = [...String(member.value)].length;
      low = Math.min(low, length);
      high = Math.max(high, length);
    } else if (member.kind === "string" || member.kind === "list") {
      const range = rangeOf(member);
      low = Math.min(low, range.low);
      high = Math.max(high, range.high);
    } else return INTEGER;
  }
  return numberOf({
    integer: true,
    minimum: Number.isFinite(low) ? low : 0,
    maximum: Number.isFinite(high) ? high : undefined,
  });
};

/** How the names of the methods end that need a lambda or a pattern and have no `Method` of their own. */
const SPECIAL: Partial<Record<Kind, readonly string[]>> = {
  string: ["matches"],
  list: ["any", "all", "count"],
};

const METHODS: Readonly<Record<MethodName, true>> = {
  "string.startsWith": true,
  "string.endsWith": true,
  "string.contains": true,
  "string.lower": true,
  "list.contains": true,
  "list.containsAll": true,
  "list.containsAny": true,
  "url.within": true,
  "domain.within": true,
  "path.within": true,
  "ip.in": true,
};

const namesOf = (all: object, kind: Kind): readonly string[] =>
  Object.keys(all)
    .filter((name) => name.startsWith(`${kind}.`))
    .map((name) => name.slice(kind.length + 1));

export const propertiesOf = (kind: Kind): readonly string[] => namesOf(PROPERTY_TYPES, kind);

export const methodsOf = (kind: Kind): readonly string[] => [
  ...namesOf(METHODS, kind),
  ...(SPECIAL[kind] ?? []),
];

export const propertyOf = (kind: Kind, name: string): Property | null => {
  const key = `${kind}.${name}`;
  return Object.hasOwn(PROPERTY_TYPES, key) ? (key as Property) : null;
};

export const methodOf = (kind: Kind, name: string): MethodName | null => {
  const key = `${kind}.${name}`;
  return Object.hasOwn(METHODS, key) ? (key as MethodName) : null;
};

export const METHOD_RESULT: Readonly<Record<MethodName, Type>> = {
  "string.startsWith": BOOLEAN,
  "string.endsWith": BOOLEAN,
  "string.contains": BOOLEAN,
  "string.lower": STRING,
  "list.contains": BOOLEAN,
  "list.containsAll": BOOLEAN,
  "list.containsAny": BOOLEAN,
  "url.within": BOOLEAN,
  "domain.within": BOOLEAN,
  "path.within": BOOLEAN,
  "ip.in": BOOLEAN,
};
