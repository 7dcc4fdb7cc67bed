import { roleOf, type Token } from "@agentpolicy/language";
import type { Each, Expects, Operand, Place, Surroundings } from "../places.ts";
import {
  atBoundary,
  DEEPEST,
  isDone,
  isSign,
  isWord,
  peek,
  type Reader,
  startsLine,
  takeSign,
  takeWord,
  type Walked,
} from "./reader.ts";
import { type } from "./types.ts";

/** What has been opened and not closed, and what was read in it. */
interface Frame {
  readonly kind: "top" | "paren" | "call" | "list" | "record" | "if";
  /** Where the operand begins that this is part of. */
  readonly start: number;
  readonly callee: Operand;
  /** The operator before the operand that is read. */
  operator: string | null;
  left: Operand;
  compared: boolean;
  /** Which argument. */
  index: number;
  each: Each | null;
  /** The key whose value is read; null where a key is to come. */
  key: string | null;
  /** The keys of a record, the items of a list. */
  readonly keys: string[];
  stage: "test" | "then" | "else";
}

interface Walk {
  readonly reader: Reader;
  readonly surroundings: Surroundings;
  readonly frames: Frame[];
  /** Where the operand begins that was read last. */
  start: number;
}

/** Like `Walked`. `complete`: a whole expression stands before the end of the words, and more may follow it. */
export interface Read {
  readonly places: Walked;
  readonly complete: boolean;
}

const frame = (kind: Frame["kind"], start: number, callee: Operand = []): Frame => ({
  kind,
  start,
  callee,
  operator: null,
  left: [],
  compared: false,
  index: 0,
  each: null,
  key: null,
  keys: [],
  stage: "test",
});

/** Reads an expression, operand after operator. What fits nowhere is passed over. */
export const expression = (reader: Reader, surroundings: Surroundings): Read => {
  const walk: Walk = { reader, surroundings, frames: [frame("top", reader.at)], start: reader.at };
  let wants: "operand" | "operator" = "operand";
  for (;;) {
    if (isDone(reader)) {
      const place = wants === "operand" ? operandPlace(walk) : operatorPlace(walk);
      return { places: [place], complete: wants === "operator" && isWhole(walk) };
    }
    const next: Step = wants === "operand" ? operand(walk) : operator(walk);
    if (typeof next !== "string") return { places: next, complete: false };
    if (next === "over") return { places: null, complete: wants === "operator" };
    wants = next;
  }
};

type Step = "operand" | "operator" | "over" | readonly Place[];

const isWhole = ({ frames }: Walk): boolean =>
  frames.every(({ kind, stage }) => kind === "top" || (kind === "if" && stage === "else"));

const topOf = ({ frames }: Walk): Frame => frames.at(-1) as Frame;

const eachOf = ({ frames }: Walk): readonly Each[] =>
  frames.flatMap(({ each }) => (each === null ? [] : [each])).toReversed();

const inside = (walk: Walk) => ({ surroundings: walk.surroundings, each: eachOf(walk) });

const operandPlace = (walk: Walk): Place => {
  const top = topOf(walk);
  if (top.kind === "record" && top.key === null)
    return { kind: "key", record: expectsOf(walk, walk.frames.length - 2), written: top.keys };
  return { kind: "operand", expects: expectsOf(walk, walk.frames.length - 1), ...inside(walk) };
};

const operatorPlace = (walk: Walk): Place => {
  const top = topOf(walk);
  const inIf = top.kind !== "if" || top.stage === "else" ? null : top.stage === "test" ? "then" : "else";
  return { kind: "operator", of: operandOf(walk), compared: top.compared, inIf, ...inside(walk) };
};

/** Longer operands are not looked at, so that a text of nothing but dots is read as fast as any other. */
const LONGEST = 400;

const operandOf = ({ reader, start }: Walk): Operand =>
  reader.at - start > LONGEST ? [] : reader.tokens.slice(start, reader.at);

/** Opens what the next token opens; what is nested deeper than the language reads ends the expression. */
const open = (walk: Walk, opened: Frame): Step => {
  if (walk.frames.length > DEEPEST) return "over";
  walk.frames.push(opened);
  walk.reader.at += 1;
  return "operand";
};

const CONDITION: Expects = { kind: "condition" };

/** What fits in the frame at an index, where its next operand stands. */
const expectsOf = (walk: Walk, index: number): Expects => {
  const at = walk.frames[index];
  if (at === undefined) return { kind: "anything" };
  const { operator, left } = at;
  if (operator === "not") return { kind: "boolean" };
  if (operator === "and" || operator === "or") return CONDITION;
  if (operator !== null) return { kind: "beside", operand: left, operator };
  switch (at.kind) {
    case "top":
      return walk.surroundings.expects;
    case "call":
      return at.each === null ? { kind: "argument", callee: at.callee, index: at.index } : CONDITION;
    case "list":
      return { kind: "element", of: expectsOf(walk, index - 1), written: at.keys };
    case "record":
      return { kind: "field", of: expectsOf(walk, index - 1), name: at.key ?? "" };
    case "if":
      return at.stage === "test" ? CONDITION : expectsOf(walk, index - 1);
    default:
      return expectsOf(walk, index - 1);
  }
};

const OPENERS: Readonly<Record<string, Frame["kind"]>> = { "(": "paren", "[": "list", "{": "record" };

const operand = (walk: Walk): Step => {
  const { reader, surroundings } = walk;
  const token = peek(reader) as Token;
  const top = topOf(walk);
  if (top.kind === "record" && top.key === null) return key(walk, top);
  if (token.kind === "sign") {
    const opened = OPENERS[token.text];
    if (opened === "record" && surroundings.within === "where") return "over";
    if (opened !== undefined) return open(walk, frame(opened, reader.at));
    if (isSign(token, ")", "]", "}", ",")) return close(walk);
    reader.at += 1;
    return "operand";
  }
  if (token.kind === "word" && atBoundary(reader)) return "over";
  if (isWord(token, "not")) {
    top.operator ??= "not";
    reader.at += 1;
    return "operand";
  }
  if (isWord(token, "if")) return open(walk, frame("if", reader.at));
  const role = token.kind === "word" ? roleOf(token.text) : undefined;
  if (role === "clause" || role === "member" || role === "item") return "over";
  walk.start = reader.at;
  reader.at += 1;
  if (top.kind === "list") top.keys.push(token.text);
  if (token.kind === "word" && isSign(peek(reader), "=>")) {
    if (top.kind === "call") top.each = { name: token.text, of: top.callee.slice(0, -2) };
    reader.at += 1;
    return "operand";
  }
  return token.kind === "hint" ? "operand" : "operator";
};

/** `key:` in a record. */
const key = (walk: Walk, top: Frame): Step => {
  const { reader } = walk;
  const token = peek(reader) as Token;
  if (isSign(token, "}", ")", "]")) return close(walk);
  const next = peek(reader, 1);
  if (token.kind === "word" && next !== undefined && !isSign(next, ":", "=", ",", "}"))
    return group(walk, top);
  reader.at += 1;
  if ((token.kind === "word" || token.kind === "string") && takeSign(reader, ":", "=")) {
    top.key = nameIn(token);
    top.keys.push(top.key);
  }
  return "operand";
};

/** Braces around a condition, as other languages write them, group as parentheses do. */
const group = ({ frames }: Walk, { start }: Frame): Step => {
  frames[frames.length - 1] = frame("paren", start);
  return "operand";
};

export const nameIn = ({ kind, text }: Token): string => (kind === "string" ? text.slice(1, -1) : text);

const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">=", "in", "like"];
const ARITHMETIC: readonly string[] = ["+", "-", "*", "/", "??"];

const operator = (walk: Walk): Step => {
  const { reader } = walk;
  const token = peek(reader) as Token;
  const top = topOf(walk);
  if (isSign(token, ".")) return dot(walk);
  if (isSign(token, "(", "[") && !startsLine(reader)) return link(walk);
  if (isSign(token, ")", "]", "}", ",")) return close(walk);
  if (isSign(token, "{") || token.kind === "hint") return "over";
  const { text } = token;
  if (text === "and" || text === "or" || COMPARISONS.includes(text) || ARITHMETIC.includes(text)) {
    const left = operandOf(walk);
    reader.at += 1;
    if (text === "and" || text === "or") top.compared = false;
    if (COMPARISONS.includes(text)) top.compared = true;
    top.operator = text;
    top.left = left;
    return "operand";
  }
  if (token.kind === "sign") {
    reader.at += 1;
    return "operand";
  }
  if (token.kind !== "word") {
    reader.at += 1;
    return "operator";
  }
  return word(walk, token);
};

const word = (walk: Walk, { text }: Token): Step => {
  const { reader } = walk;
  const top = topOf(walk);
  switch (text) {
    case "not":
      reader.at += 1;
      return isDone(reader) ? [{ kind: "words", words: ["in", "like"] }] : "operator";
    case "has": {
      const of = operandOf(walk);
      reader.at += 1;
      if (isDone(reader)) return [{ kind: "has", of, ...inside(walk) }];
      if (!atBoundary(reader)) reader.at += 1;
      top.compared = true;
      return "operator";
    }
    case "is": {
      reader.at += 1;
      top.compared = true;
      return type(reader) ?? "operator";
    }
    case "then":
    case "else":
      return branch(walk, text);
    default:
      if (roleOf(text) !== undefined && roleOf(text) !== "soft") return "over";
      if (startsLine(reader)) return "over";
      reader.at += 1;
      return "operator";
  }
};

const branch = (walk: Walk, stage: "then" | "else"): Step => {
  const { reader, frames } = walk;
  reader.at += 1;
  while (frames.length > 1 && topOf(walk).kind === "if" && topOf(walk).stage === "else") frames.pop();
  const top = topOf(walk);
  if (top.kind === "if") {
    top.stage = stage;
    top.operator = null;
    top.compared = false;
  }
  return "operand";
};

/** `.name` */
const dot = (walk: Walk): Step => {
  const { reader } = walk;
  const of = operandOf(walk);
  reader.at += 1;
  if (isDone(reader)) {
    const expects = expectsOf(walk, walk.frames.length - 1);
    return [{ kind: "dot", of, expects, ...inside(walk) }];
  }
  if (!atBoundary(reader)) takeWord(reader);
  return "operator";
};

/** `["key"]` and `(arguments)` */
const link = (walk: Walk): Step => {
  const { reader, start } = walk;
  const callee = operandOf(walk);
  if (isSign(peek(reader), "(")) return open(walk, frame("call", start, callee));
  reader.at += 1;
  if (isDone(reader)) return [{ kind: "index", of: callee, ...inside(walk) }];
  reader.at += 1;
  takeSign(reader, "]");
  return "operator";
};

const CLOSERS: Readonly<Record<string, string>> = { call: ")", paren: ")", list: "]", record: "}" };

/** A closing bracket or a comma. What closes nothing ends the expression. */
const close = (walk: Walk): Step => {
  const { reader, frames } = walk;
  const { text } = peek(reader) as Token;
  const depth = frames.findLastIndex(({ kind }) =>
    text === "," ? kind !== "if" && kind !== "paren" : CLOSERS[kind] === text,
  );
  const found = frames[depth];
  if (found === undefined || found.kind === "top") return "over";
  frames.length = depth + 1;
  reader.at += 1;
  if (text !== ",") {
    frames.pop();
    walk.start = found.start;
    return "operator";
  }
  found.operator = null;
  found.compared = false;
  found.each = null;
  found.key = null;
  found.index += 1;
  return "operand";
};
