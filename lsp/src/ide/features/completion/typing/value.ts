import {
  BOOLEAN,
  builtinsOf,
  DURATION,
  type ExprNode,
  elementOf,
  type Field,
  INSTANT,
  membersOf,
  type NameFact,
  NUMBER,
  PARSER_FACTS,
  recordOf,
  required,
  STRING,
  type Token,
  type Type,
  union,
} from "@agentpolicy/language";
import { pathAt } from "../../../tree/path.ts";
import type { Cursor } from "../cursor.ts";
import type { Each, Operand } from "../places.ts";
import { importedNames, inputsAt, localsAt, nameAt } from "./scope.ts";

/** What is known of a value: its type, and the fields that it is read from. */
export interface Value {
  readonly type: Type | null;
  readonly fields: readonly Field[];
}

const NOTHING: Value = { type: null, fields: [] };
const known = (type: Type | null, fields: readonly Field[] = []): Value => ({ type, fields });

/** What a written operand stands for: as it was checked where it can be, else by the names in it. */
export const valueAt = (cursor: Cursor, operand: Operand, each: readonly Each[] = []): Value => {
  const node = nodeOf(cursor, operand);
  const type = node === null ? null : cursor.snapshot.result.facts.typeOf(node);
  if (node === null || type === null) return follow(cursor, operand, each);
  const fields = node.kind === "member" ? cursor.snapshot.result.facts.fields(node.name) : [];
  return known(type, fields);
};

/** The expression of the tree that is written exactly there. */
export const nodeOf = (cursor: Cursor, operand: Operand): ExprNode | null => {
  const start = operand[0]?.start;
  const end = operand.at(-1)?.end;
  if (start === undefined || end === undefined) return null;
  const path = pathAt(cursor.file.tree, end);
  const found = path.find(
    (node) => node.start === start && node.end === end && EXPRESSIONS.has(node.kind ?? ""),
  );
  return (found as ExprNode | undefined) ?? null;
};

const EXPRESSIONS: ReadonlySet<string> = new Set([
  ...["string", "number", "duration", "boolean", "null", "list", "record", "name", "member", "call", "paren"],
  ...["binary", "if", "not", "negate", "has", "is"],
]);

/** Follows names, dots, keys and calls from left to right. */
const follow = (cursor: Cursor, operand: Operand, each: readonly Each[]): Value => {
  const [first, ...links] = operand;
  if (first === undefined) return NOTHING;
  let at = 0;
  let value = start(cursor, first, each);
  const named = first.kind === "word" ? nameAt(cursor, first.text) : undefined;
  if (first.kind === "word" && links[0]?.text === "(") {
    value = known(resultOf(named, first.text));
    at = closing(links, 0) + 1;
  } else if (named?.kind === "import" && links[0]?.text === "." && links[1] !== undefined) {
    const { text } = links[1];
    const found = importedNames(cursor, first.text).find(({ name }) => name === text);
    const isCall = links[2]?.text === "(";
    value = known(isCall ? resultOf(found, "") : (found?.type ?? null));
    at = isCall ? closing(links, 2) + 1 : 2;
  } else if (first.text === "(") {
    const inner = operand.slice(1, closing(operand, 0));
    const stop = inner.findIndex(({ text }) => text === "??");
    value = valueAt(cursor, stop < 0 ? inner : inner.slice(0, stop), each);
    at = closing(operand, 0);
  }
  return read(links.slice(at), value);
};

/** The index of the bracket that closes the one at `open`. */
const closing = (tokens: readonly Token[], open: number): number => {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (["(", "[", "{"].includes(tokens[at]?.text ?? "")) depth += 1;
    if ([")", "]", "}"].includes(tokens[at]?.text ?? "") && --depth === 0) return at;
  }
  return tokens.length;
};

const resultOf = (fact: NameFact | undefined, name: string): Type | null => {
  if (fact?.kind === "fn") return fact.signature.result;
  if (name === "now") return INSTANT;
  return PARSER_FACTS.find((parser) => parser.name === name)?.result ?? null;
};

/** What `tool` offers. */
export const TOOL: Type = recordOf(
  [
    ["name", required(STRING)],
    ["server", required(STRING)],
    ["title", required(STRING)],
    ["readOnly", required(BOOLEAN)],
    ["destructive", required(BOOLEAN)],
    ["idempotent", required(BOOLEAN)],
    ["openWorld", required(BOOLEAN)],
  ],
  "closed",
);

const start = (cursor: Cursor, first: Token, each: readonly Each[]): Value => {
  const { text, kind } = first;
  if (kind === "string") return known(STRING);
  if (kind === "number") return known(NUMBER);
  if (kind === "duration") return known(DURATION);
  if (kind !== "word") return NOTHING;
  const local = localsAt(cursor).find(({ name }) => name === text);
  if (local !== undefined && local.type !== null) return known(local.type);
  const parameter = each.find(({ name }) => name === text);
  if (parameter !== undefined) {
    const others = each.filter((other) => other !== parameter);
    const list = valueAt(cursor, parameter.of, others).type;
    return known(list === null ? null : elementOf(list));
  }
  return rootValue(cursor, text) ?? known(nameAt(cursor, text)?.type ?? null);
};

const rootValue = (cursor: Cursor, text: string): Value | null => {
  const { roots } = cursor.snapshot.result.facts;
  if (text === "input") {
    const inputs = inputsAt(cursor);
    return known(inputs.length === 0 ? null : inputs.length === 1 ? (inputs[0] as Type) : union(inputs));
  }
  if (text === "tool") return known(TOOL);
  if (text === "now") return known(INSTANT);
  if (text === "true" || text === "false") return known(BOOLEAN);
  return Object.hasOwn(roots, text) ? known(roots[text as keyof typeof roots]) : null;
};

/** Reads the links after a value. */
const read = (links: readonly Token[], from: Value): Value => {
  let value = from;
  for (let at = 0; at < links.length && value.type !== null; ) {
    const { text } = links[at] as Token;
    const name = links[at + 1];
    if (name === undefined || (text !== "." && text !== "[")) return NOTHING;
    const isKey = text === "[";
    const isCall = links[at + 2]?.text === "(";
    value = partOf(value.type, isKey ? name.text.slice(1, -1) : name.text);
    at = isKey ? at + 3 : isCall ? closing(links, at + 2) + 1 : at + 2;
  }
  return value;
};

const partOf = (type: Type, name: string): Value => {
  const fields = membersOf(type).flatMap((member) =>
    member.kind === "record" ? (member.fields.get(name) ?? []) : [],
  );
  if (fields.length > 0) return known(union(fields.map((field) => field.type)), fields);
  const builtin = builtinsOf(withoutNull(type)).find((other) => other.name === name);
  return known(builtin?.result ?? null);
};

/** The type of what is there when it is not null. */
export const withoutNull = (type: Type): Type => {
  const kept = membersOf(type).filter(({ kind }) => kind !== "null");
  return kept.length === membersOf(type).length ? type : union(kept);
};
