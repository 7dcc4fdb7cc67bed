import {
  BOOLEAN,
  INTEGER,
  listOf,
  literal,
  NULL,
  NUMBER,
  numberOf,
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

export const WORDS = [
  "a",
  "b",
  "prod",
  "x@acme.com",
  "https://acme.com/v1/x",
  "/srv/data/../x",
  "10.0.0.1",
  "rm -rf /",
  "",
];
const NAMES = ["alpha", "beta", "odd key", "constructor", "__proto__", "kind2"];

/** A type of values as schemas give them: bounds, options, null, lists, nested records, told and untold unions. */
export function someType(pick: Pick, depth: number): Type {
  const leaf = depth <= 0;
  switch (pick.below(leaf ? 8 : 14)) {
    case 0:
      return STRING;
    case 1:
      return NUMBER;
    case 2:
      return pick.once(2) ? INTEGER : numberOf({ integer: pick.once(2), minimum: 0, maximum: 10 });
    case 3:
      return BOOLEAN;
    case 4:
      return union([literal("a"), literal("b"), literal("prod")]);
    case 5:
      return stringOf({ minLength: 1, maxLength: 4 });
    case 6:
      return union([someType(pick, 0), NULL]);
    case 7:
      return union([STRING, NUMBER]);
    case 8:
      return listOf(someType(pick, depth - 1), pick.once(3) ? { minItems: 1, maxItems: 2 } : {});
    case 9:
    case 10:
      return someRecord(pick, depth - 1);
    case 11:
      return union([someRecord(pick, depth - 1), NULL]);
    case 12:
      return union([STRING, listOf(STRING)]);
    default:
      return union(
        ["file", "link"].map((kind) => {
          const { fields, rest } = someRecord(pick, depth - 1);
          return recordOf([...fields, ["kind", required(literal(kind))]], rest);
        }),
      );
  }
}

export function someRecord(pick: Pick, depth: number): RecordType {
  const fields = pick.some(1, 4, (i) => {
    const name = pick.once(3) ? pick.of(NAMES) : `f${i}`;
    const type = someType(pick, depth);
    return [name, pick.once(3) ? optional(type) : required(type)] as const;
  });
  return recordOf(fields, pick.of(["hidden", "closed", "hidden", STRING, { kind: "any" }] as const));
}
