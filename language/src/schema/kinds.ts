import { ANY, BOOLEAN, NULL, NUMBER, STRING, stringOf, union } from "../types/build.ts";
import { nonEmpty, tidyNumber } from "../types/intersect.ts";
import { typeKey } from "../types/key.ts";
import type { Type } from "../types/type.ts";
import { countAt } from "./count.ts";
import { listType } from "./list.ts";
import { keyword, numberAt, type Place, type Reading, widen } from "./reading.ts";
import { recordType } from "./record.ts";

const KINDS = ["string", "number", "boolean", "array", "object", "null"] as const;

type Kind = (typeof KINDS)[number];

/** The keywords that say something about one kind of value only. */
const ABOUT: Readonly<Record<Kind, readonly string[]>> = {
  null: [],
  boolean: [],
  string: [
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
  ],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  array: [
    ...["items", "prefixItems", "additionalItems", "unevaluatedItems", "minItems", "maxItems", "uniqueItems"],
    ...["contains", "minContains", "maxContains"],
  ],
  object: [
    ...["properties", "required", "additionalProperties", "patternProperties", "propertyNames"],
    ...["unevaluatedProperties", "minProperties", "maxProperties"],
    ...["dependentRequired", "dependentSchemas", "dependencies"],
  ],
};

/**
 * What `type` and the keywords about single kinds say. A keyword about one kind says nothing about the others, so a
 * schema without `type` is a union of all kinds, or `any` where nothing is said about any of them.
 */
export const kindsType = (reading: Reading, place: Place): Type => {
  const { kinds, integer } = kindsOf(reading, place);
  const says = (kind: Kind): boolean => ABOUT[kind].some((name) => place.node.entries?.has(name));
  if (kinds.size === KINDS.length && !integer && !KINDS.some(says)) return ANY;
  return union(
    KINDS.filter((kind) => kinds.has(kind)).map((kind) => kindType(reading, place, kind, integer)),
  );
};

/** The kinds that `type` lists; `integer` where it lists that and not `number`. */
const kindsOf = (
  reading: Reading,
  place: Place,
): { readonly kinds: ReadonlySet<Kind>; readonly integer: boolean } => {
  const written = keyword(place, "type");
  const names = written === undefined ? KINDS : (written.items ?? [written]).map((node) => node.value);
  const kinds = new Set<Kind>();
  for (const name of names) {
    const kind = name === "integer" ? "number" : KINDS.find((known) => known === name);
    if (kind === undefined) {
      widen(reading, place, "type", `\`${String(name)}\` is no type of JSON Schema; it may be anything`);
      return { kinds: new Set(KINDS), integer: false };
    }
    kinds.add(kind);
  }
  return {
    kinds,
    integer: names.some((name) => name === "integer") && !names.some((name) => name === "number"),
  };
};

const kindType = (reading: Reading, place: Place, kind: Kind, integer: boolean): Type => {
  switch (kind) {
    case "null":
      return NULL;
    case "boolean":
      return BOOLEAN;
    case "string":
      return stringType(reading, place);
    case "number":
      return numberType(reading, place, integer);
    case "array":
      return listType(reading, place);
    case "object":
      return recordType(reading, place);
  }
};

const stringType = (reading: Reading, place: Place): Type => {
  if (keyword(place, "pattern") !== undefined) {
    widen(reading, place, "pattern", "patterns are not enforced; any text of the right length fits");
  }
  if (keyword(place, "format") !== undefined) {
    widen(reading, place, "format", "formats are not enforced; any text fits");
  }
  const minLength = countAt(reading, place, "minLength", Math.ceil);
  const maxLength = countAt(reading, place, "maxLength", Math.floor);
  const type = stringOf({
    minLength: minLength === undefined || minLength <= 0 ? undefined : minLength,
    maxLength,
  });
  return typeKey(type) === typeKey(STRING) ? STRING : nonEmpty(type);
};

const numberType = (reading: Reading, place: Place, integer: boolean): Type => {
  const step = numberAt(reading, place, "multipleOf");
  // A multiple of a whole number is a whole number, and of 1 nothing more than that.
  const whole = step !== undefined && step > 0 && Number.isInteger(step);
  if (step !== undefined && step !== 1) {
    widen(reading, place, "multipleOf", `that it is a multiple of ${step} is not enforced`);
  }
  const low = bounds(reading, place, "minimum", "exclusiveMinimum");
  const high = bounds(reading, place, "maximum", "exclusiveMaximum");
  const type = tidyNumber({
    integer: integer || whole,
    minimum: low.closed,
    exclusiveMinimum: low.open,
    maximum: high.closed,
    exclusiveMaximum: high.open,
  });
  return typeKey(type) === typeKey(NUMBER) ? NUMBER : nonEmpty(type);
};

/** Draft 4 writes an open bound as `minimum` beside `exclusiveMinimum: true`. */
const bounds = (
  reading: Reading,
  place: Place,
  closedName: string,
  openName: string,
): { readonly closed: number | undefined; readonly open: number | undefined } => {
  const closed = numberAt(reading, place, closedName);
  const flag = keyword(place, openName)?.value;
  if (flag === true) return { closed: undefined, open: closed };
  return { closed, open: flag === false ? undefined : numberAt(reading, place, openName) };
};
