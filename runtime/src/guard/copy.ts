import type { Misfit } from "../abi/decision.ts";

/** Plain JSON, frozen. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

const LEVELS = 256;
const VALUES = 1_000_000;

/**
 * A deeply frozen copy of plain JSON; every getter runs once. Fields that are `undefined` are left out, as JSON does.
 * Refused are functions, symbols, bigints, class instances, cycles, numbers that are not finite, lists with holes, more
 * than 256 levels and more than a million values, and what throws when it is read: with the path (`input.items[2]`) and
 * the kind of what was found, never the value. Source: decision 0008.
 */
export function frozenCopy(value: unknown): { readonly copy: Json } | Misfit {
  let left = VALUES;
  let path = "";
  let found = "unreadable";

  const fail = (kind: string): never => {
    found = kind;
    throw kind;
  };
  const copy = (value: unknown, level: number, at: string): Json => {
    const kind = typeof value;
    if (left-- < 1 || level > LEVELS) fail("too much");
    if (value === null || kind === "string" || kind === "boolean") return value as Json;
    // JSON has no negative zero.
    if (Number.isFinite(value)) return (value as number) + 0;
    if (kind !== "object") fail(kind === "number" ? "number that is not finite" : kind);
    const isList = Array.isArray(value);
    const names = Object.keys(value as object);
    const prototype = Object.getPrototypeOf(value);
    // The prototype of plain objects has none itself, whichever realm they come from. Lists have no holes.
    if (isList ? names.length !== value.length : prototype && Object.getPrototypeOf(prototype))
      fail("other than plain");
    const made = isList ? [] : {};
    for (const name of names) {
      path = at + (isList ? `[${name}]` : /^[\w-]{1,64}$/.test(name) ? `.${name}` : "[…]");
      const field = (value as { readonly [name: string]: unknown })[name];
      if (field === undefined && !isList) continue;
      // Assigning `__proto__` would set the prototype.
      Object.defineProperty(made, name, { value: copy(field, level + 1, path), enumerable: true });
    }
    return Object.freeze(made);
  };

  try {
    return { copy: copy(value, 0, path) };
  } catch {
    // In policies the arguments are a root of their own.
    return { path: path.replace(/^\.(action\.(?=input))?/, "") || "request", expected: "plain JSON", found };
  }
}
