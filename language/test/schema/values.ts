import type { Json } from "../../src/types/type.ts";

/** Numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** A small seeded generator (mulberry32), so that a failing value can be made again. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

type Schema = { readonly [keyword: string]: Json };

const isObject = (json: Json | undefined): json is Schema =>
  typeof json === "object" && json !== null && !Array.isArray(json);

const listAt = (schema: Schema, name: string): readonly Json[] =>
  Array.isArray(schema[name]) ? (schema[name] as readonly Json[]) : [];

const NAMES = ["a", "b", "c", "d", "x-1", "odd key"];

/** Any value of a small world. */
export const anyJson = (random: Random, depth = 3): Json => {
  const choice = Math.floor(random() * (depth > 0 ? 8 : 6));
  if (choice === 0) return null;
  if (choice === 1) return random() < 0.5;
  if (choice < 4) return pick(random, ["", "a", "b", "ab", "abcd", "😀", "x-1", "https://a.example/"]);
  if (choice < 6) return pick(random, [0, -0, 1, 2, 3, 5, -1, 1.5, 1e300]);
  const count = Math.floor(random() * 4);
  if (choice === 6) return Array.from({ length: count }, () => anyJson(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: count }, () => [pick(random, NAMES), anyJson(random, depth - 1)]),
  );
};

/** A value that is likely, not sure, to be valid under the schema. */
export const likely = (schema: Json, root: Json, random: Random, depth = 6): Json => {
  if (!isObject(schema) || depth <= 0 || random() < 0.04) return anyJson(random, 2);
  const whole = gather(schema, root, random, 6);
  if (whole.const !== undefined) return whole.const;
  const values = listAt(whole, "enum");
  if (values.length > 0) return pick(random, values);
  return ofKind(kindOf(whole, random), whole, root, random, depth);
};

/** The schema with what it refers to and one of each of its alternatives written into it. */
const gather = (schema: Schema, root: Json, random: Random, steps: number): Schema => {
  if (steps === 0) return schema;
  const parts: Json[] = [...listAt(schema, "allOf")];
  for (const name of ["anyOf", "oneOf"]) {
    if (listAt(schema, name).length > 0) parts.push(pick(random, listAt(schema, name)));
  }
  if (typeof schema.$ref === "string") parts.push(pointer(root, schema.$ref));
  if (random() < 0.5 && isObject(schema.then)) parts.push(schema.if ?? true, schema.then);
  else if (isObject(schema.else)) parts.push(schema.else);
  let whole: Schema = schema;
  for (const part of parts) {
    if (isObject(part)) whole = join(whole, gather(part, root, random, steps - 1));
  }
  return whole;
};

const join = (a: Schema, b: Schema): Schema => ({
  ...a,
  ...b,
  ...(isObject(a.properties) && isObject(b.properties)
    ? { properties: { ...a.properties, ...b.properties } }
    : {}),
  ...(a.required !== undefined ? { required: [...listAt(a, "required"), ...listAt(b, "required")] } : {}),
});

const pointer = (root: Json, reference: string): Json => {
  let at: Json = root;
  for (const step of reference.split("/").slice(1)) at = isObject(at) ? (at[step] ?? true) : true;
  return at;
};

const ABOUT: readonly (readonly [string, readonly string[]])[] = [
  ["object", ["properties", "required", "additionalProperties", "patternProperties", "propertyNames"]],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "contains", "uniqueItems"]],
  ["string", ["minLength", "maxLength", "pattern", "format"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

const kindOf = (schema: Schema, random: Random): string => {
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  if (types.length > 0) return String(pick(random, types));
  const meant = ABOUT.filter(([, names]) => names.some((name) => schema[name] !== undefined));
  return meant.length > 0 && random() < 0.8 ? pick(random, meant)[0] : "anything";
};

const ofKind = (kind: string, schema: Schema, root: Json, random: Random, depth: number): Json => {
  switch (kind) {
    case "null":
      return null;
    case "boolean":
      return random() < 0.5;
    case "string":
      return text(schema, random);
    case "number":
    case "integer":
      return number(schema, kind === "integer", random);
    case "array":
      return list(schema, root, random, depth);
    case "object":
      return record(schema, root, random, depth);
    default:
      return anyJson(random, 2);
  }
};

const numberAt = (schema: Schema, name: string, otherwise: number): number =>
  typeof schema[name] === "number" ? schema[name] : otherwise;

/** Lengths at the bounds, and now and then just past them. */
const count = (low: number, high: number, random: Random): number =>
  Math.max(
    0,
    pick(random, [
      low,
      low,
      low + 1,
      Math.min(high, low + 2),
      Math.min(high, low + 3),
      low - 1,
      Math.min(high, 9) + 1,
    ]),
  );

const text = (schema: Schema, random: Random): string => {
  const ready = ["a", "b", "https://a.example/x", "a@b.example", "2026-01-31T09:00:00Z", "2026-01-31"];
  if (schema.minLength === undefined && schema.maxLength === undefined) {
    if (typeof schema.pattern === "string")
      return pick(random, [...ready, "abc", "123", "00000000-0000-4000-8000-000000000000"]);
    return pick(random, ready);
  }
  const length = count(numberAt(schema, "minLength", 0), numberAt(schema, "maxLength", 20), random);
  return pick(random, ["a", "é", "😀"]).repeat(Math.min(length, 3000));
};

const number = (schema: Schema, integer: boolean, random: Random): number => {
  const low = numberAt(schema, "minimum", numberAt(schema, "exclusiveMinimum", -2));
  const high = numberAt(schema, "maximum", numberAt(schema, "exclusiveMaximum", low + 6));
  const found = pick(random, [low, high, low + 1, high - 1, (low + high) / 2, low + 0.5, low - 1, high + 1]);
  return integer && random() < 0.9 ? Math.round(found) : found;
};

const list = (schema: Schema, root: Json, random: Random, depth: number): Json => {
  const length = count(numberAt(schema, "minItems", 0), numberAt(schema, "maxItems", 4), random);
  const first = Array.isArray(schema.items) ? schema.items : listAt(schema, "prefixItems");
  const rest = Array.isArray(schema.items) ? (schema.additionalItems ?? true) : (schema.items ?? true);
  return Array.from({ length: Math.min(length, 60) }, (_, at) => {
    const other = schema.contains !== undefined && random() < 0.5 ? schema.contains : rest;
    return likely(first[at] ?? other, root, random, depth - 1);
  });
};

const record = (schema: Schema, root: Json, random: Random, depth: number): Json => {
  const properties: Schema = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(listAt(schema, "required").map(String));
  const entries: [string, Json][] = [];
  const other = schema.additionalProperties ?? true;
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const wanted = required.has(name) ? random() < 0.97 : random() < 0.5;
    if (wanted)
      entries.push([
        name,
        likely(Object.hasOwn(properties, name) ? properties[name]! : other, root, random, depth - 1),
      ]);
  }
  if (random() < (other === false ? 0.1 : 0.4)) {
    entries.push([pick(random, NAMES), likely(other, root, random, depth - 1)]);
  }
  return Object.fromEntries(entries);
};

/** The value with one part of it replaced, added or taken away. */
export const mutate = (value: Json, random: Random): Json => {
  if (random() < 0.25 || value === null || typeof value !== "object") return anyJson(random, 1);
  if (Array.isArray(value)) {
    const at = Math.floor(random() * (value.length + 1));
    if (at === value.length) return [...value, anyJson(random, 1)];
    return random() < 0.3 ? value.toSpliced(at, 1) : value.with(at, mutate(value[at] as Json, random));
  }
  const entries = Object.entries(value);
  const at = Math.floor(random() * (entries.length + 1));
  const entry = entries[at];
  if (entry === undefined) return Object.fromEntries([...entries, [pick(random, NAMES), anyJson(random, 1)]]);
  if (random() < 0.3) return Object.fromEntries(entries.toSpliced(at, 1));
  return Object.fromEntries(entries.with(at, [entry[0], mutate(entry[1] as Json, random)]));
};
