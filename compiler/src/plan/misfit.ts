import type { Type } from "@agentpolicy/language";
import { ANY_VALUE } from "./projection.ts";

/** The demands beyond the kind of a value, in the order in which a check looks at them (kind and finiteness go before). */
export const BOUNDS = [
  "integer",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
] as const;

export type Bound = (typeof BOUNDS)[number];

/** What is found where a bound fails (decision 0002). */
export const FOUND: Readonly<Record<Bound, string>> = {
  integer: "number that is not an integer",
  minimum: "number out of range",
  exclusiveMinimum: "number out of range",
  maximum: "number out of range",
  exclusiveMaximum: "number out of range",
  minLength: "string too short",
  maxLength: "string too long",
  minItems: "list too short",
  maxItems: "list too long",
};

/**
 * What a misfit says was expected: the type, and the bound that failed where one did. Records and lists are called so,
 * whatever is in them.
 */
export function expected(type: Type, bound?: Bound): string {
  const plain = plainly(type);
  switch (bound) {
    case undefined:
    case "integer":
      return plain;
    case "minimum":
      return `${plain}, at least ${boundOf(type, bound)}`;
    case "exclusiveMinimum":
      return `${plain}, more than ${boundOf(type, bound)}`;
    case "maximum":
      return `${plain}, at most ${boundOf(type, bound)}`;
    case "exclusiveMaximum":
      return `${plain}, less than ${boundOf(type, bound)}`;
    case "minLength":
    case "minItems":
      return `${plain} of at least ${counted(boundOf(type, bound), bound)}`;
    case "maxLength":
    case "maxItems":
      return `${plain} of at most ${counted(boundOf(type, bound), bound)}`;
  }
}

/** The bound's number, or undefined where the type sets none (`integer` counts as 1). */
export function boundOf(type: Type, bound: Bound): number | undefined {
  switch (type.kind) {
    case "number": {
      const { integer, ...bounds } = type;
      if (bound === "integer") return integer ? 1 : undefined;
      return (bounds as Partial<Record<Bound, number>>)[bound];
    }
    case "string":
    case "list":
      return (type as Partial<Record<Bound, number>>)[bound];
    default:
      return undefined;
  }
}

function counted(count: number | undefined, bound: Bound): string {
  const unit = bound.endsWith("Length") ? "character" : "item";
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function plainly(type: Type): string {
  if (type === ANY_VALUE) return "any";
  switch (type.kind) {
    case "number":
      return type.integer ? "integer" : "number";
    case "literal":
      return JSON.stringify(type.value);
    case "union":
      return [...new Set(type.members.map(plainly))].join(" | ");
    case "opaque":
      return type.name;
    case "never":
      return "nothing";
    default:
      return type.kind;
  }
}

/**
 * What is found where a value is none of the members of a union or not the literal: `other string` where some string
 * is expected, and so for numbers and booleans; else its kind. `kind` is the value's kind as decision 0002 names it.
 */
export function foundAmong(kind: string, type: Type): string {
  const members = type.kind === "union" ? type.members : [type];
  const same = members.some(
    (member) => (member.kind === "literal" ? typeof member.value : member.kind) === kind,
  );
  return same && (kind === "string" || kind === "number" || kind === "boolean") ? `other ${kind}` : kind;
}
