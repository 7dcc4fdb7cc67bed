import type { Json } from "@agentpolicy/language";
import { order } from "./cover.ts";

/**
 * The one text of a JSON value, whatever the order of its keys: no blanks, keys sorted by code units, numbers and
 * strings as JSON.stringify writes them. Source: RFC 8785, but for lone surrogates, which are escaped and not refused.
 */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .sort(([a], [b]) => order(a, b))
      .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
