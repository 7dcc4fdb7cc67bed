import type { Json } from "@agentpolicy/language";

/**
 * A string literal that means exactly this text in a module, also where the module stands inside HTML. Lone surrogates
 * are escaped by `JSON.stringify` (ECMA-262, 25.5.2.3).
 */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029\u007f\ue000\ue001]|<(?=\/script|!--)/gi, escaped);

const escaped = (found: string): string => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A plain JSON value as a JavaScript expression. `__proto__` is a key like any other. */
export const literal = (value: Json): string => {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isList(value)) return `[${value.map(literal).join(", ")}]`;
  const fields = Object.keys(value).map((name) => `${key(name)}: ${literal(value[name] as Json)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const PLAIN = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A key of an object literal. Plain `__proto__` would set the prototype. */
export const key = (name: string): string =>
  name === "__proto__" ? '["__proto__"]' : PLAIN.test(name) ? name : quote(name);

/** The read of a property. */
export const member = (of: string, name: string): string =>
  PLAIN.test(name) ? `${of}.${name}` : `${of}[${quote(name)}]`;

/** Text for a one-line comment. */
export const comment = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, " ");
