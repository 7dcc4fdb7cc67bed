import type { Fuel } from "../types/intersect.ts";
import type { JsonNode } from "./json.ts";
import type { References } from "./reference.ts";
import type { Widening } from "./widening.ts";

/** The reading of one tool's schema. */
export interface Reading {
  readonly file: string;
  readonly tool: string;
  readonly refs: References;
  /** Draft 7 and older: beside `$ref` nothing else counts. */
  readonly legacy: boolean;
  /** What may still be spent on this tool; every type made costs. */
  readonly fuel: Fuel;
  /** The schemas that are being read, so that a reference to one of them is seen as recursion. */
  readonly open: Set<JsonNode>;
  /** By path and keyword: a schema that is referred to often widens once. */
  readonly widenings: Map<string, Widening>;
}

/** A schema and where it is in its document. */
export interface Place {
  readonly node: JsonNode;
  readonly path: string;
  readonly depth: number;
}

/** Records that `keyword` says more than the type does. */
export const widen = (reading: Reading, { node, path }: Place, keyword: string, reason: string): void => {
  const key = `${path} ${keyword}`;
  if (reading.widenings.has(key)) return;
  const { start, end } = node.entries?.get(keyword)?.key ?? node;
  const at = { file: reading.file, start, end };
  reading.widenings.set(key, { tool: reading.tool, path, keyword, reason, at });
};

/** The value of a keyword, where it is written. */
export const keyword = (place: Place, name: string): JsonNode | undefined =>
  place.node.entries?.get(name)?.node;

/** The place of a keyword's value, or of an entry of it. */
export const below = (place: Place, node: JsonNode, ...steps: readonly (string | number)[]): Place => ({
  node,
  path: [place.path, ...steps.map(escapeStep)].join("/"),
  depth: place.depth + 1,
});

// RFC 6901, section 3.
const escapeStep = (step: string | number): string =>
  String(step).replaceAll("~", "~0").replaceAll("/", "~1");

/** A keyword's finite number. Anything else there is a mistake of the schema and says nothing. */
export const numberAt = (reading: Reading, place: Place, name: string): number | undefined => {
  const node = keyword(place, name);
  if (node === undefined) return undefined;
  if (typeof node.value === "number" && Number.isFinite(node.value)) return node.value;
  widen(reading, place, name, "it is not a number, so it says nothing");
  return undefined;
};

/** A keyword's list of schemas. */
export const schemasAt = (reading: Reading, place: Place, name: string): readonly Place[] | undefined => {
  const node = keyword(place, name);
  if (node === undefined) return undefined;
  if (node.items !== undefined) return node.items.map((item, at) => below(place, item, name, at));
  widen(reading, place, name, "it is not a list of schemas, so it says nothing");
  return undefined;
};

/** The entries of a keyword that maps names to schemas. */
export const namedSchemasAt = (reading: Reading, place: Place, name: string): ReadonlyMap<string, Place> => {
  const node = keyword(place, name);
  if (node === undefined) return new Map();
  if (node.entries === undefined)
    widen(reading, place, name, "it is not an object of schemas, so it says nothing");
  return new Map(
    [...(node.entries ?? [])].map(([key, entry]) => [key, below(place, entry.node, name, key)] as const),
  );
};
