import type { Json } from "@agentpolicy/language";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/;

/** A tool or key as the language writes it: as it is, or quoted where it is no name. */
export const writtenName = (name: string): string => (NAME.test(name) ? name : JSON.stringify(name));

/** A JSON value as an expression of the language. */
export const writtenValue = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(writtenValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${writtenName(key)}: ${writtenValue(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
};

/** Words of the language that cannot name a server where they would mean something else. */
const RESERVED = new Set(
  (
    "policy import tools actor context resource type let fn track default on test prove unknown and or not if then " +
    "else in like has is true false null input tool session model evidence now allow deny require mask"
  ).split(" "),
);

/** A name for a server or policy that is no word of the language. */
export const freeName = (name: string): string => (RESERVED.has(name) ? `${name}-server` : name);

/** Foreign text for one line of a comment: no line breaks or unseen characters, cut at `length`. */
export const commentLine = (text: string, length = 70): string => {
  const plain = text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  const sentence = /^.*?[.!?](?= |$)/u.exec(plain)?.[0] ?? plain;
  const points = [...sentence];
  return points.length <= length
    ? sentence
    : `${points
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
};
