import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Span } from "../text/span.ts";
import type { Json } from "../types/type.ts";

/** A JSON value with its place. `value` is the whole plain value; of repeated keys the last counts, as in `JSON.parse`. */
export interface JsonNode extends Span {
  readonly value: Json;
  /** Of an object. */
  readonly entries?: ReadonlyMap<string, JsonEntry>;
  /** Of a list. */
  readonly items?: readonly JsonNode[];
}

export interface JsonEntry {
  readonly key: Span;
  readonly node: JsonNode;
}

/** Deeper files are refused: nothing that reads a tree needs to be afraid of its depth. */
const DEEPEST = 2000;

/** A place where text is not JSON, and why, in plain words. */
export interface JsonMistake extends Span {
  readonly reason: string;
}

/**
 * Reads JSON with the places of everything in it. Broken JSON gives one mistake for each that was made, and what could
 * be read all the same (null where nothing could); never a throw.
 */
export const readJson = (
  text: string,
): { readonly root: JsonNode | null; readonly mistakes: readonly JsonMistake[] } => {
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== null) {
    const reason = `nested more than ${DEEPEST} levels deep`;
    return { root: null, mistakes: [{ reason, start: tooDeep, end: tooDeep + 1 }] };
  }
  const errors: ParseError[] = [];
  // A byte order mark is no part of the text; a blank in its stead keeps all offsets.
  const tree = parseTree(text.replace(/^\u{feff}/u, " "), errors, { disallowComments: true });
  const mistakes = apart(errors, text).map(({ error, offset, length }) => ({
    reason: REASONS[printParseErrorCode(error)] ?? "unreadable",
    start: offset,
    end: offset + length,
  }));
  return { root: tree === undefined ? null : nodeOf(tree), mistakes };
};

/** The first bracket that is too deep. Brackets in strings do not count; a string is over at its line's end at the latest. */
const firstTooDeep = (text: string): number | null => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at];
    if (inString) {
      if (unit === "\\") at += 1;
      else if (unit === '"' || unit === "\n") inString = false;
    } else if (unit === '"') inString = true;
    else if (unit === "{" || unit === "[") depth += 1;
    else if (unit === "}" || unit === "]") depth -= 1;
    if (depth > DEEPEST) return at;
  }
  return null;
};

/** One mistake makes the reader stumble several times; what it says on the same line, or at once after, is the same one. */
const apart = (errors: readonly ParseError[], text: string): readonly ParseError[] => {
  const kept: ParseError[] = [];
  let end = -1;
  for (const error of errors) {
    const isSame = end >= 0 && !/\n.*\n/s.test(text.slice(end, error.offset));
    if (!isSame) kept.push(error);
    end = error.offset + error.length;
  }
  return kept;
};

const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is no JSON value",
  InvalidNumberFormat: "this is no JSON number",
  PropertyNameExpected: "expected a property name in double quotes",
  ValueExpected: "expected a value",
  ColonExpected: "expected `:`",
  CommaExpected: "expected `,`",
  CloseBraceExpected: "expected `}`",
  CloseBracketExpected: "expected `]`",
  EndOfFileExpected: "expected the end of the file",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "this string does not end",
  UnexpectedEndOfNumber: "this number does not end",
  InvalidUnicode: "expected four hexadecimal digits after `\\u`",
  InvalidEscapeCharacter: "JSON has no such escape",
  InvalidCharacter: "a control character must be escaped",
};

const nodeOf = (node: Node): JsonNode => {
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === "array") {
    const items = (node.children ?? []).map(nodeOf);
    return { ...span, items, value: items.map((item) => item.value) };
  }
  if (node.type !== "object") return { ...span, value: (node.value ?? null) as Json };
  const entries = new Map<string, JsonEntry>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    entries.set(String(key.value), {
      key: { start: key.offset, end: key.offset + key.length },
      node: nodeOf(value),
    });
  }
  // `fromEntries` defines its keys, so that `__proto__` stays a key like any other.
  const value = Object.fromEntries([...entries].map(([name, entry]) => [name, entry.node.value]));
  return { ...span, entries, value };
};
