import type { Conditions } from "@agentpolicy/runtime";
import { isMistake, type Mistake, mistake } from "../result.ts";
import { readValue } from "./values.ts";

const CONDITION = /^([^<>=]*[^<>=\s])\s*(==|<=|>=|<|>|=)\s*(.*)$/su;
const BOUNDS = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" } as const;
const HELP = "PATH=VALUE, PATH==TEXT, PATH<=NUMBER, or PATH=[VALUE,…] for one of a list";

type Condition = Conditions[string];

/**
 * Conditions by request path, from words such as `input.to=acct-9`, `input.amount<=500`, `context.env=["dev","test"]`. Bounds
 * of one path hold together.
 */
export const readConditions = (words: readonly string[]): { readonly when: Conditions } | Mistake => {
  const conditions = new Map<string, Condition>();
  for (const word of words) {
    const [, path = "", sign, text = ""] = CONDITION.exec(word) ?? [];
    if (sign === undefined) return mistake(`\`${word}\` is no condition`, HELP);
    const read = sign === "=" || sign === "==" ? readEqual(word, sign, text) : readBound(word, sign, text);
    if (isMistake(read)) return read;
    const before = conditions.get(path);
    const merged = before === undefined ? read.condition : together(before, read.condition);
    if (merged === undefined) return mistake(`\`${path}\` has two conditions that do not go together`);
    conditions.set(path, merged);
  }
  return { when: Object.fromEntries(conditions) };
};

interface Read {
  readonly condition: Condition;
}

const readEqual = (word: string, sign: string, text: string): Read | Mistake => {
  const read = sign === "==" ? { value: text } : readValue(text);
  if (isMistake(read)) return read;
  const { value } = read;
  const wrong = mistake(`\`${word}\` compares with what is no text, number, true, false or null`, HELP);
  if (Array.isArray(value)) return value.every(isPrimitive) ? { condition: { in: value } } : wrong;
  return isPrimitive(value) ? { condition: value } : wrong;
};

const readBound = (word: string, sign: string, text: string): Read | Mistake => {
  const read = readValue(text);
  if (isMistake(read)) return read;
  if (typeof read.value !== "number") return mistake(`\`${word}\` compares with what is no number`, HELP);
  return { condition: { [BOUNDS[sign as keyof typeof BOUNDS]]: read.value } };
};

const isPrimitive = (value: unknown): value is string | number | boolean | null =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

/** Two bounds as one condition; undefined where they are the same bound or no bounds. */
const together = (one: Condition, other: Condition): Condition | undefined => {
  if (isPrimitive(one) || isPrimitive(other) || "in" in one || "in" in other) return undefined;
  return Object.keys(other).some((name) => name in one) ? undefined : { ...one, ...other };
};
