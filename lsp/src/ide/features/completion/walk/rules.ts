import type { Effect, Token } from "@agentpolicy/language";
import type { Place, Surroundings } from "../places.ts";
import { expression, type Read } from "./expression.ts";
import { patterns } from "./patterns.ts";
import {
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

/** After `on`. */
export const block = (reader: Reader): Walked => {
  const found = patterns(reader, "block", ["where"]);
  if (found !== null) return found;
  if (isDone(reader)) return [BODY, { kind: "words", words: ["where"] }];
  if (takeWord(reader, "where")) {
    const { places, complete } = expression(reader, { within: "where", expects: { kind: "condition" } });
    if (places !== null) return complete ? [...places, BODY] : places;
  }
  if (!takeSign(reader, "{") && !isWord(peek(reader), ...MEMBERS)) return null;
  return members(reader);
};

export const BODY: Place = { kind: "body" };

const MEMBERS = ["allow", "deny", "require", "mask"];

const members = (reader: Reader): Walked => {
  for (;;) {
    if (isDone(reader)) return [{ kind: "member" }];
    if (takeSign(reader, "}")) return null;
    const word = memberWord(peek(reader));
    reader.at += 1;
    const found = word === null ? null : word === "mask" ? mask(reader) : rule(reader, word);
    if (found !== null) return found;
  }
};

/** How rules of other languages begin. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["permit", "allow"],
  ["forbid", "deny"],
  ["approve", "approval"],
]);

/** The word that begins a rule or a mask. */
const memberWord = (token: Token | undefined): string | null => {
  if (token?.kind !== "word") return null;
  return MEMBERS.includes(token.text) ? token.text : (FOREIGN.get(token.text) ?? null);
};

const mask = (reader: Reader): Walked => {
  const { places, complete } = paths(reader, "mask");
  return places !== null && complete ? [{ kind: "member" }] : places;
};

/** Comma list of paths, after `mask` and `needs`. */
const paths = (reader: Reader, path: "mask" | "needs"): Read => {
  const surroundings: Surroundings = { within: "rule", expects: { kind: "anything" }, path };
  let read: Read;
  do {
    read = expression(reader, surroundings);
  } while (read.places === null && takeSign(reader, ","));
  return read.places !== null && read.complete ? { places: [], complete: true } : read;
};

const EFFECTS: Readonly<Record<string, Effect>> = {
  allow: "allow",
  deny: "deny",
  approval: "approval_required",
  clarification: "clarification_required",
};

/** Takes what follows `allow`, `deny` or `require` as an effect; null where there is none yet. */
export const effectAfter = (reader: Reader, word: string): Effect | null => {
  if (word !== "require") return EFFECTS[word] ?? null;
  const next = peek(reader);
  if (!takeWord(reader, "approval", "clarification")) return null;
  return EFFECTS[next?.text ?? ""] ?? null;
};

const rule = (reader: Reader, word: string): Walked => {
  const effect = effectAfter(reader, word);
  if (effect === null) {
    return isDone(reader) ? [{ kind: "words", words: ["approval", "clarification"] }] : null;
  }
  if (isDone(reader)) {
    const name: Place = { kind: "rule-name", effect };
    return startsLine(reader) ? [name, { kind: "clause", effect, written: [] }] : [name];
  }
  takeName(reader);
  return clauses(reader, effect);
};

const clauses = (reader: Reader, effect: Effect): Walked => {
  const written: string[] = [];
  const next = (): readonly Place[] => [{ kind: "clause", effect, written }, { kind: "member" }];
  for (;;) {
    const token = peek(reader);
    if (token === undefined) return next();
    if (isSign(token, "}") || (isWord(token, ...MEMBERS) && startsLine(reader))) return null;
    const follows =
      token.kind === "word" && Object.hasOwn(CLAUSES, token.text) ? CLAUSES[token.text] : undefined;
    reader.at += 1;
    if (follows === undefined) continue;
    written.push(token.text);
    const { places, complete } = follows(reader);
    if (places !== null) return complete ? [...places, ...next()] : places;
  }
};

const condition = (reader: Reader): Read =>
  expression(reader, { within: "rule", expects: { kind: "condition" } });

/** What stands there when the words end before the clause says anything; else whatever may follow a whole clause. */
const simple =
  (place: Place, take: (reader: Reader) => unknown) =>
  (reader: Reader): Read => {
    if (isDone(reader)) return { places: [place], complete: false };
    take(reader);
    return { places: isDone(reader) ? [] : null, complete: true };
  };

const list =
  (kind: "approver" | "requirement") =>
  (reader: Reader): Read => {
    const written: string[] = [];
    do {
      const token = peek(reader);
      if (token === undefined) return { places: [{ kind, written }], complete: false };
      if (!takeString(reader)) break;
      written.push(token.text);
    } while (takeSign(reader, ","));
    return { places: isDone(reader) ? [] : null, complete: true };
  };

const takeKind = (kind: Token["kind"]) => (reader: Reader) => {
  if (peek(reader)?.kind === kind) reader.at += 1;
};

const CLAUSES: Readonly<Record<string, (reader: Reader) => Read>> = {
  when: condition,
  unless: condition,
  because: simple({ kind: "sentence", of: "because" }, takeString),
  ask: simple({ kind: "sentence", of: "ask" }, takeString),
  from: list("approver"),
  requires: list("requirement"),
  needs: (reader) => paths(reader, "needs"),
  risk: simple({ kind: "words", words: ["high", "medium", "critical", "low"] }, takeName),
  approvals: simple({ kind: "number" }, takeKind("number")),
  within: simple({ kind: "duration" }, takeKind("duration")),
};
