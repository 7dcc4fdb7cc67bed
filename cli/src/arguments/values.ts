import type { Values } from "@agentpolicy/runtime";
import { isMistake, type Mistake, mistake } from "../result.ts";

/** A request path as decisions write it: `context.ticket`, `input["odd key"]`. */
const PATH = String.raw`[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*|\[(?:"(?:[^"\\]|\\.)*"|\d+)\])*`;
const ASSIGNMENT = new RegExp(`^(${PATH})(==|=)(.*)$`, "su");
const HELP = "PATH=VALUE; VALUE is JSON where it can be, else text, and always text after `==`";

/**
 * Values by request path, from words such as `input.amount=200`, `context.ticket=OPS-7`, `context.code==007`. A number that
 * would not be kept as it is written is a mistake.
 */
export const readValues = (words: readonly string[]): { readonly values: Values } | Mistake => {
  const values = new Map<string, unknown>();
  for (const word of words) {
    const [, path = "", sign, text = ""] = ASSIGNMENT.exec(word) ?? [];
    if (sign === undefined) return mistake(`\`${word}\` gives no value to a path`, HELP);
    if (values.has(path)) return mistake(`\`${path}\` is given twice`);
    const read = sign === "==" ? { value: text } : readValue(text);
    if (isMistake(read)) return read;
    values.set(path, read.value);
  }
  return { values: Object.fromEntries(values) };
};

/** A value as somebody types it: JSON where it can be, else text. */
export const readValue = (text: string): { readonly value: unknown } | Mistake => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { value: text };
  }
  return isExact(value)
    ? { value }
    : mistake(`\`${text}\` has a number that cannot be kept exactly`, "after `==` it is text");
};

/** Whether every whole number in it is one that doubles hold, and every other one is finite. */
const isExact = (value: unknown): boolean =>
  typeof value === "number"
    ? Number.isInteger(value)
      ? Number.isSafeInteger(value)
      : Number.isFinite(value)
    : typeof value !== "object" || value === null || Object.values(value).every(isExact);
