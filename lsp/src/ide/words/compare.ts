import { type BinaryOperator, type ExprNode, type Json, kindOf } from "@agentpolicy/language";
import { declared } from "./names.ts";
import { counted, listed, numberWords, type Phrase, quotedText } from "./phrase.ts";
import { countClause } from "./quantify.ts";
import { about, plain, type Said, scoped } from "./said.ts";
import { bare, resolved, type Speaker, typeOf } from "./speaker.ts";
import { callsWords } from "./tracks.ts";
import { phraseOf, scalarWords } from "./values.ts";

type Binary = Extract<ExprNode, { readonly kind: "binary" }>;
export type Order = "==" | "!=" | "<" | "<=" | ">" | ">=";

const OPPOSITE: Readonly<Record<Order, Order>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};
const MIRRORED: Readonly<Record<Order, Order>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

const NUMBERS: Readonly<Record<Order, string>> = {
  "==": "",
  "!=": "not ",
  "<": "under ",
  "<=": "at most ",
  ">": "over ",
  ">=": "at least ",
};
const INSTANTS: Readonly<Record<Order, string>> = {
  "==": "",
  "!=": "not ",
  "<": "before ",
  "<=": "not after ",
  ">": "after ",
  ">=": "not before ",
};
export const QUANTITIES: Readonly<Record<Order, string>> = {
  "==": "exactly ",
  "!=": "not exactly ",
  "<": "fewer than ",
  "<=": "at most ",
  ">": "more than ",
  ">=": "at least ",
};

const isOrder = (operator: BinaryOperator): operator is Order => Object.hasOwn(OPPOSITE, operator);

/** A constant, as written or by its name. */
export function constantOf(node: ExprNode, speaker: Speaker): Json | undefined {
  const { node: inner, to } = resolved(node, speaker);
  switch (inner.kind) {
    case "string":
    case "number":
    case "boolean":
      return inner.value;
    case "null":
      return null;
    case "negate":
      return inner.of.kind === "number" ? -inner.of.value : undefined;
    case "name": {
      const found = to.bindings.has(inner.name.text) ? null : declared(to.snapshot, to.path, inner.name.text);
      return found?.fact.kind === "let" && found.fact.type?.kind !== "opaque" ? found.fact.value : undefined;
    }
    case "list": {
      const items = inner.items.map((item) => constantOf(item, to));
      return items.every((item) => item !== undefined) ? (items as Json[]) : undefined;
    }
    default:
      return undefined;
  }
}

/** `input.amount > 500`, `500 < input.amount`. */
export function comparison(node: Binary, negated: boolean, to: Speaker): Said | null {
  if (!isOrder(node.operator)) return null;
  const asked = negated ? OPPOSITE[node.operator] : node.operator;
  const isTurned = constantOf(node.left, to) !== undefined && constantOf(node.right, to) === undefined;
  const [left, right] = isTurned ? [node.right, node.left] : [node.left, node.right];
  const order = isTurned ? MIRRORED[asked] : asked;
  const value = constantOf(right, to);
  return (
    (typeof value === "number" ? quantity(left, order, value, to) : null) ??
    (value === undefined ? null : withDefault(left, order, value, to)) ??
    plainComparison(left, order, right, to)
  );
}

function plainComparison(left: ExprNode, order: Order, right: ExprNode, to: Speaker): Said | null {
  const subject = phraseOf(left, to);
  const other = phraseOf(right, to);
  if (!subject || !other) return null;
  const type = typeOf(resolved(left, to).to, resolved(left, to).node);
  const words = type && kindOf(type) === "instant" ? INSTANTS : NUMBERS;
  const value = constantOf(right, to);
  if (value === "") return about(subject.text, `${be(subject)} ${order === "!=" ? "not " : ""}empty`);
  const day = isWeekday(subject) && typeof value === "string" ? DAYS[value] : undefined;
  return about(subject.text, `${be(subject)} ${words[order]}${day ?? other.text}`);
}

const be = ({ plural }: Phrase): string => (plural ? "are" : "is");

const DAYS: Readonly<Record<string, string>> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

const isWeekday = ({ text }: Phrase): boolean => text.startsWith("the day of the week (");

/** How many: characters, items, calls before. */
function quantity(left: ExprNode, order: Order, value: number, speaker: Speaker): Said | null {
  const { node, to } = resolved(left, speaker);
  if (node.kind === "member" && node.name.text === "length") return lengthClause(node.of, order, value, to);
  if (node.kind === "call") return countClause(node, order, value, to);
  if (node.kind !== "name" || to.bindings.has(node.name.text)) return null;
  const found = declared(to.snapshot, to.path, node.name.text);
  if (found?.fact.kind !== "track" || found.fact.item.figure !== "count") return null;
  const some = whetherSome(order, value);
  const count = some === null ? value : Number(some);
  const calls = callsWords(found.fact.item, { ...to, path: found.path }, count);
  const were = count === 1 ? "was" : "were";
  const many = some === null ? `${QUANTITIES[order]}${numberWords(value)}` : some ? "at least 1" : "no";
  return calls === null ? null : plain(`there ${were} ${many} ${calls}`);
}

/** Whether a number that is never negative is asked to be 0, or not to be; null for other questions. */
function whetherSome(order: Order, value: number): boolean | null {
  const asked = `${order} ${value}`;
  if (["== 0", "<= 0", "< 1"].includes(asked)) return false;
  return ["!= 0", "> 0", ">= 1"].includes(asked) ? true : null;
}

function lengthClause(of: ExprNode, order: Order, value: number, to: Speaker): Said | null {
  const type = typeOf(to, of);
  const holder = phraseOf(of, to);
  if (!type || !holder || kindOf(type) !== "string") return null;
  const some = whetherSome(order, value);
  if (some !== null) return about(holder.text, `is ${some ? "not " : ""}empty`);
  const characters = counted(value, "character");
  switch (order) {
    case ">":
      return about(holder.text, `is longer than ${characters}`);
    case "<":
      return about(holder.text, `is shorter than ${characters}`);
    case "!=":
      return about(holder.text, `does not have exactly ${characters}`);
    default:
      return about(holder.text, `has ${QUANTITIES[order]}${characters}`);
  }
}

/** `(input.cc ?? "") == ""`: what the value that stands in comes to is known already. */
function withDefault(left: ExprNode, order: Order, value: Json, speaker: Speaker): Said | null {
  const { node, to } = resolved(left, speaker);
  if (node.kind !== "binary" || node.operator !== "??") return null;
  const fallback = constantOf(node.right, to);
  const holds = fallback === undefined ? null : compared(fallback, order, value);
  const subject = phraseOf(node.left, to);
  const type = typeOf(to, bare(node.left));
  const words = scalarWords(value);
  if (holds === null || !subject || !type || words === null) return null;
  const isNullable = type.kind === "union" && type.members.some(({ kind }) => kind === "null");
  const predicate = value === "" ? `${order === "!=" ? "not " : ""}empty` : `${NUMBERS[order]}${words}`;
  if (holds)
    return scoped(`${subject.text} ${be(subject)} missing${isNullable ? ", null" : ""} or ${predicate}`);
  const given = isNullable && order === "!=" ? "given, not null" : "given";
  return scoped(`${subject.text} ${be(subject)} ${given} and ${predicate}`);
}

/** Null where the two cannot be compared so. */
function compared(left: Json, order: Order, right: Json): boolean | null {
  if (typeof left !== typeof right || typeof left === "object") return null;
  if (order === "==") return left === right;
  if (order === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return null;
  return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[order];
}

const MOST_VALUES = 6;
const LONGEST_VALUES = 80;

/** `input.event in ["APPROVE", "REQUEST_CHANGES"]`. */
export function membership({ left, right }: Binary, negated: boolean, to: Speaker): Said | null {
  const subject = phraseOf(left, to);
  if (!subject) return null;
  const values = constantOf(right, to);
  const words = Array.isArray(values) ? shortly(values, isWeekday(subject)) : null;
  if (words !== null) return about(subject.text, `${be(subject)} ${oneOf(words, negated)}`);
  const list = phraseOf(right, to);
  return list && about(subject.text, `${be(subject)} ${negated ? "none" : "one"} of ${list.text}`);
}

function oneOf(words: readonly string[], negated: boolean): string {
  if (!negated) return words.length > 2 ? `one of ${listed(words, "or")}` : listed(words, "or");
  if (words.length === 1) return `not ${words[0]}`;
  return words.length === 2 ? `neither ${listed(words, "nor")}` : `none of ${listed(words, "or")}`;
}

function shortly(values: readonly Json[], areDays: boolean): readonly string[] | null {
  if (values.length === 0 || values.length > MOST_VALUES) return null;
  const words = values.map((value) => (areDays ? DAYS[String(value)] : undefined) ?? scalarWords(value));
  const isShort = words.every((word) => word !== null) && words.join().length <= LONGEST_VALUES;
  return isShort ? (words as string[]) : null;
}

/** `input.channel like "External*"`. */
export function wildcards({ left, right }: Binary, negated: boolean, to: Speaker): Said | null {
  const subject = phraseOf(left, to);
  const pattern = constantOf(right, to);
  if (!subject || typeof pattern !== "string") return null;
  const [, before = "", text = "", after = ""] = /^(\*?)([^*?]*)(\*?)$/s.exec(pattern) ?? [];
  const verb = (one: string, many: string) =>
    negated ? `${subject.plural ? "do" : "does"} not ${many}` : subject.plural ? many : one;
  if (text === "") return about(subject.text, `${verb("looks like", "look like")} ${quotedText(pattern)}`);
  if (before === "" && after === "")
    return about(subject.text, `${be(subject)} ${negated ? "not " : ""}${quotedText(text)}`);
  const [one, many] =
    before === ""
      ? ["begins with", "begin with"]
      : after === ""
        ? ["ends in", "end in"]
        : ["contains", "contain"];
  return about(subject.text, `${verb(one ?? "", many ?? "")} ${quotedText(text)}`);
}
