import type { Json } from "./copy.ts";

/** The one text of a JSON value: names sorted by UTF-16 units, no blanks. Source: RFC 8785. */
export function canonical(value: Json): string {
  if (Object(value) !== value) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  const record = value as { readonly [field: string]: Json };
  const fields = Object.keys(record).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(record[name] as Json)}`)}}`;
}
