import { inline, safe } from "./safe.ts";
import type { Style } from "./style.ts";

/** Named things in two columns, indented; what has no name goes on under the one before. */
export const fieldsText = (
  fields: readonly (readonly [name: string, text: string])[],
  style: Style,
  indent = "  ",
): string => {
  const width = Math.max(0, ...fields.map(([name]) => [...name].length));
  return fields
    .map(([name, text]) => `${indent}${style.dim(name.padEnd(width))}  ${text}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");
};

/** The leaves of a JSON value by path (`input.to`, `input.items[2]`), each as JSON and safe to show. */
export const leavesOf = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (typeof value !== "object" || value === null) return [[path, inline(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, Array.isArray(value) ? "[]" : "{}"]];
  return entries.flatMap(([name, part]) => leavesOf(part, stepped(path, name, Array.isArray(value))));
};

const stepped = (path: string, name: string, list: boolean): string => {
  if (list) return `${path}[${name}]`;
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)
    ? `${path}.${name}`
    : `${path}[${safe(JSON.stringify(name))}]`;
};
