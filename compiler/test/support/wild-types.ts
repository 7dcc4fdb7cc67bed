import {
  BOOLEAN,
  INTEGER,
  listOf,
  literal,
  NULL,
  NUMBER,
  optional,
  type RecordType,
  recordOf,
  required,
  STRING,
  stringOf,
  type Type,
  union,
} from "@agentpolicy/language";
import type { Pick } from "./pick.ts";

/*
 * Types whose records share so few names and values that every value nearly fits every one of them: what tells the
 * members of a union apart is here a literal, there a presence, and often nothing at all.
 */

export const NAMES = ["a", "b", "kind", "odd key"] as const;
export const WORDS = ["a", "b", "c", ""] as const;

const literals = (pick: Pick): Type =>
  pick.of([
    union(["a", "b"].map(literal)),
    union(["b", "c", ""].map(literal)),
    union([literal("a"), literal(1), literal(true)]),
    union([literal(pick.of(WORDS)), NULL]),
    literal(pick.of(WORDS)),
  ]);

const primitive = (pick: Pick): Type =>
  pick.of([
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    stringOf({ minLength: 1, maxLength: 2 }),
    literals(pick),
    literals(pick),
  ]);

/** Any type a schema can give. */
export function wildType(pick: Pick, depth: number): Type {
  if (depth <= 0) return primitive(pick);
  const inner = (): Type => wildType(pick, depth - 1);
  switch (pick.below(12)) {
    case 0:
    case 1:
      return wildRecord(pick, depth - 1);
    case 2:
    case 3:
    case 4:
      return union(
        pick.some(2, 3, (i) => (pick.once(2) ? told(pick, depth - 1, i) : wildRecord(pick, depth - 1))),
      );
    case 5:
      return union([wildRecord(pick, depth - 1), NULL]);
    case 6:
      return union([inner(), inner()]);
    case 7:
    case 8:
      return listOf(inner());
    case 9:
      return union([listOf(inner()), listOf(inner())]);
    case 10:
      return { kind: "any" };
    default:
      return primitive(pick);
  }
}

/** A record that says which one it is. */
function told(pick: Pick, depth: number, i: number): RecordType {
  const { fields, rest } = wildRecord(pick, depth);
  const kind = literal(pick.of([WORDS[i] ?? "", i, i === 0]));
  return recordOf(
    [...fields, [pick.of(["kind", "kind", "a"] as const), pick.once(6) ? optional(kind) : required(kind)]],
    rest,
  );
}

export function wildRecord(pick: Pick, depth: number): RecordType {
  const fields = pick.some(0, 3, () => {
    const type = pick.once(3) ? literals(pick) : wildType(pick, depth);
    return [pick.of(NAMES), pick.once(3) ? optional(type) : required(type)] as const;
  });
  return recordOf(fields, pick.of(["hidden", "closed", "closed", primitive(pick)] as const));
}

/** Arguments, two of which are records (or one of several) that are always there and hardly differ. */
export function wildInput(pick: Pick): RecordType {
  const record = (): Type =>
    pick.of([() => wildRecord(pick, 1), () => wildRecord(pick, 1), () => wildType(pick, 2)])();
  const fields = [
    ["a", required(record())],
    ["b", required(record())],
    ["kind", required(wildType(pick, 2))],
    ["odd key", optional(wildType(pick, 1))],
  ] as const;
  return recordOf(fields, pick.of(["hidden", "closed"] as const));
}

/** A type as a policy writes it, which is open, here and there with less or more than it says. */
export function typeText(pick: Pick, type: Type): string {
  switch (type.kind) {
    case "number":
      return type.integer && pick.once(2) ? "integer" : "number";
    case "literal":
      return JSON.stringify(type.value);
    case "list":
      return `(${typeText(pick, type.element)})[]`;
    case "union":
      return type.members.map((member) => typeText(pick, member)).join(" | ");
    case "record": {
      const fields = [...type.fields]
        .filter(() => !pick.once(8))
        .map(([name, field]) => {
          const mark = field.optional || pick.once(5) ? "?" : "";
          return `${JSON.stringify(name)}${mark}: ${pick.once(6) ? "any" : typeText(pick, field.type)}`;
        });
      const free = NAMES.filter((name) => !type.fields.has(name));
      const more = free.length > 0 && pick.once(5) ? [`${JSON.stringify(pick.of(free))}?: number`] : [];
      return `{ ${[...fields, ...more].join(", ")} }`;
    }
    default:
      return type.kind;
  }
}

/** A value that mostly is of the type; once in `odd` parts, one of another. */
export function wildValue(pick: Pick, type: Type, odd: number): unknown {
  if (odd > 0 && pick.once(odd)) return wildValue(pick, wildType(pick, 1), 0);
  switch (type.kind) {
    case "string":
      return type.minLength === undefined ? pick.of(WORDS) : pick.of(["a", "b"]);
    case "number":
      return type.integer ? pick.below(4) : pick.below(4) + pick.of([0, 0.5]);
    case "boolean":
      return pick.once(2);
    case "literal":
      return type.value;
    case "list":
      return pick.some(0, 2, () => wildValue(pick, type.element, odd));
    case "record":
      return recordValue(pick, type, odd);
    case "union":
      return wildValue(pick, pick.of(type.members), odd);
    case "any":
      return wildValue(pick, wildType(pick, 1), 0);
    default:
      return null;
  }
}

function recordValue(pick: Pick, type: RecordType, odd: number): unknown {
  const entries: (readonly [string, unknown])[] = [];
  // What a record should have is left out, and what it should not have is there, more often than a value is odd.
  const isOff = (): boolean => odd > 0 && pick.once(Math.ceil(odd / 2));
  for (const name of NAMES) {
    const field = type.fields.get(name);
    if (field !== undefined) {
      if (field.optional ? pick.once(2) : isOff()) continue;
      entries.push([name, wildValue(pick, field.type, odd)]);
    } else if (type.rest === "closed" ? isOff() : pick.once(3)) {
      const other = typeof type.rest === "string" ? primitive(pick) : type.rest;
      entries.push([name, wildValue(pick, other, odd)]);
    }
  }
  return Object.fromEntries(entries);
}
