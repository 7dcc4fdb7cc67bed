/** Plain JSON, frozen. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

/** What could not be copied, and where: `input.items[2]`. Names a kind of value, never the value. */
export interface Uncopied {
  readonly path: string;
  readonly found: string;
}

const LEVELS = 256;
const VALUES = 1_000_000;

/**
 * A deeply frozen copy of plain JSON; every getter runs once. Fields that are `undefined` are left out, as JSON does.
 * Refused are functions, symbols, bigints, class instances, cycles, numbers that are not finite, lists with holes, more
 * than 256 levels and more than a million values, and what throws when it is read. Source: decision 0008.
 */
export function frozenCopy(value: unknown): { readonly copy: Json } | Uncopied {
  let left = VALUES;
  let path = "";
  let found = "unreadable";

  const fail = (kind: string): never => {
    found = kind;
    throw kind;
  };
  const copy = (value: unknown, at: string, level: number): Json => {
    path = at;
    if (left-- < 1 || level > LEVELS) fail("too much");
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    // JSON has no negative zero.
    if (typeof value === "number")
      return Number.isFinite(value) ? value + 0 : fail("number that is not finite");
    if (typeof value !== "object") return fail(typeof value);
    const isList = Array.isArray(value);
    const prototype = Object.getPrototypeOf(value);
    // The prototype of plain objects has none itself, whichever realm they come from.
    if (!isList && prototype && Object.getPrototypeOf(prototype)) fail("class instance");
    const made = isList ? [] : {};
    const names = Object.keys(value);
    if (isList && names.length !== value.length) fail("list with holes");
    for (const name of names) {
      const below = at + (isList ? `[${name}]` : /^[\w-]{1,64}$/.test(name) ? `.${name}` : "[…]");
      path = below;
      const field = (value as { readonly [name: string]: unknown })[name];
      if (field === undefined && !isList) continue;
      // Assigning `__proto__` would set the prototype.
      Object.defineProperty(made, name, { value: copy(field, below, level + 1), enumerable: true });
    }
    return Object.freeze(made);
  };

  try {
    return { copy: copy(value, "", 0) };
  } catch {
    // In policies the arguments are a root of their own.
    return { path: path.replace(/^\.(action\.(?=input))?/, "") || "request", found };
  }
}
