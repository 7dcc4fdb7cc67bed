import type { Effect } from "@agentpolicy/language";
import type { Expects, Place, Word } from "../places.ts";
import { expression } from "./expression.ts";
import { pattern, patterns } from "./patterns.ts";
import {
  here,
  isDone,
  isSign,
  isWord,
  peek,
  type Reader,
  startsLine,
  takeName,
  takeSign,
  takeString,
  takeWord,
  type Walked,
} from "./reader.ts";
import { BODY, effectAfter } from "./rules.ts";

const GIVEN = ["actor", "context", "resource", "session", "model", "evidence", "now"];
const EFFECT_WORDS = ["allow", "deny", "require"];

interface Test {
  readonly written: string[];
  /** What the last line is: the next one often follows from it. */
  after: string | null;
}

/** After `test`. */
export const testing = (reader: Reader): Walked => {
  const isNamed = takeString(reader);
  if (!takeSign(reader, "{")) return isDone(reader) && isNamed ? [BODY] : here(reader);
  const test: Test = { written: [], after: null };
  for (;;) {
    if (isDone(reader)) return [memberOf(test)];
    if (takeSign(reader, "}")) return null;
    const token = peek(reader);
    reader.at += 1;
    const word = token?.kind === "word" ? token.text : "";
    const found = testMember(reader, word, test);
    if (found !== null) return found;
  }
};

const memberOf = ({ written, after }: Test): Place => ({ kind: "test-member", written, after });

const testMember = (reader: Reader, word: string, test: Test): Walked => {
  if (GIVEN.includes(word)) {
    test.written.push(word);
    test.after = "given";
    return record(reader, { kind: "root", root: word }, test);
  }
  if (word === "call") {
    test.after = "call";
    return call(reader, test);
  }
  if (word === "expect") {
    test.after = "expect";
    return expectation(reader, test);
  }
  if (word !== "after") return null;
  test.after = "after";
  if (isDone(reader)) return [{ kind: "duration" }];
  if (peek(reader)?.kind === "duration") reader.at += 1;
  return null;
};

const record = (reader: Reader, expects: Expects, test: Test): Walked => {
  if (isDone(reader))
    return [{ kind: "operand", expects, surroundings: { within: "test", expects }, each: [] }];
  const { places, complete } = expression(reader, { within: "test", expects });
  return places === null || !complete ? places : [memberOf(test)];
};

const call = (reader: Reader, test: Test): Walked => {
  const written: string[] = [];
  const found = pattern(reader, "call", written);
  if (found !== null) return found;
  const [tool = ""] = written;
  const expects: Expects = { kind: "input", tool };
  const isRaw = takeWord(reader, "raw");
  if (isDone(reader)) {
    const input: Place = { kind: "operand", expects, surroundings: { within: "test", expects }, each: [] };
    const raw: Place = { kind: "words", words: isRaw ? [] : ["raw"] };
    return startsLine(reader) ? [memberOf(test)] : [input, raw, memberOf(test)];
  }
  return isSign(peek(reader), "{") ? record(reader, expects, test) : null;
};

const CODES: readonly Word[] = [
  "default",
  "unknown_tool",
  "invalid_request",
  "invalid_value",
  "rule",
  "state_unavailable",
  "policy_unavailable",
];

const expectation = (reader: Reader, test: Test): Walked => {
  if (isDone(reader)) return [{ kind: "effect", of: "expect", written: [] }];
  const word = peek(reader);
  if (!takeWord(reader, ...EFFECT_WORDS)) return null;
  if (effectAfter(reader, word?.text ?? "") === null) {
    return isDone(reader) ? [{ kind: "words", words: ["approval", "clarification"] }] : null;
  }
  if (isDone(reader)) return [{ kind: "words", words: ["by", "code"] }, memberOf(test)];
  if (takeWord(reader, "by")) {
    do {
      if (isDone(reader)) return [{ kind: "rule-reference" }];
      if (takeName(reader) === null) return null;
      while (takeSign(reader, ".")) {
        if (isDone(reader)) return [{ kind: "rule-reference" }];
        takeName(reader);
      }
    } while (takeSign(reader, ","));
    if (isDone(reader)) return [{ kind: "words", words: ["code"] }, memberOf(test)];
  }
  if (takeWord(reader, "code")) {
    if (isDone(reader)) return [{ kind: "words", words: CODES }];
    takeName(reader);
  }
  return null;
};

/** After `prove`. */
export const proof = (reader: Reader): Walked => {
  const isNamed = takeString(reader);
  if (!takeSign(reader, "{")) return isDone(reader) && isNamed ? [BODY] : here(reader);
  for (;;) {
    if (isDone(reader)) return [{ kind: "claim" }];
    if (takeSign(reader, "}")) return null;
    const isClaim = takeWord(reader, "never", "always");
    const found = isClaim ? claim(reader) : null;
    if (found !== null) return found;
    if (!isClaim) reader.at += 1;
  }
};

const claim = (reader: Reader): Walked => {
  const written: Effect[] = [];
  do {
    if (isDone(reader)) return [{ kind: "effect", of: "claim", written }];
    const word = peek(reader);
    if (!takeWord(reader, ...EFFECT_WORDS)) break;
    const effect = effectAfter(reader, word?.text ?? "");
    if (effect === null) {
      return isDone(reader) ? [{ kind: "words", words: ["approval", "clarification"] }] : null;
    }
    written.push(effect);
  } while (takeSign(reader, ","));
  if (isDone(reader)) return [{ kind: "words", words: ["on"] }];
  if (!takeWord(reader, "on")) return null;
  const found = patterns(reader, "claim", ["where", "when"]);
  return found ?? claimConditions(reader);
};

const claimConditions = (reader: Reader): Walked => {
  const left = new Set<"where" | "when">(["where", "when"]);
  for (let token = peek(reader); isWord(token, "where", "when"); token = peek(reader)) {
    reader.at += 1;
    const isWhere = token?.text === "where";
    left.delete(isWhere ? "where" : "when");
    const { places, complete } = expression(reader, {
      within: isWhere ? "where" : "claim",
      expects: { kind: "condition" },
    });
    if (places !== null) {
      return complete ? [...places, { kind: "words", words: [...left] }, { kind: "claim" }] : places;
    }
  }
  return isDone(reader) ? [{ kind: "words", words: [...left] }, { kind: "claim" }] : null;
};
