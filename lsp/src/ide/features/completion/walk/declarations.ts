import type { Expects, Within } from "../places.ts";
import { expression } from "./expression.ts";
import { pattern } from "./patterns.ts";
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
import { fields, type } from "./types.ts";

/** After `policy`. */
export const policy = (reader: Reader): Walked => {
  if (isDone(reader)) return [{ kind: "new-name", of: "policy" }];
  takeName(reader);
  if (isDone(reader)) return [{ kind: "words", words: ["version"] }, { kind: "item" }];
  if (takeWord(reader, "version") && !takeString(reader)) return here(reader);
  return null;
};

/** After `import`. */
export const importing = (reader: Reader): Walked => {
  if (isDone(reader)) return [{ kind: "file", of: "policy" }];
  takeString(reader);
  if (isDone(reader)) return [{ kind: "words", words: ["as"] }];
  if (takeWord(reader, "as") && takeName(reader) === null) {
    return here(reader, { kind: "new-name", of: "import" });
  }
  return null;
};

/** After `tools`. */
export const tools = (reader: Reader): Walked => {
  if (isDone(reader)) return [{ kind: "words", words: ["from"] }];
  if (!isWord(peek(reader), "from") && !isSign(peek(reader), "{")) takeName(reader);
  if (isDone(reader)) return [{ kind: "words", words: ["from"] }, { kind: "body" }];
  const isRead = takeWord(reader, "from");
  if (isRead && isDone(reader)) return [{ kind: "file", of: "catalogue" }];
  if (isRead) takeString(reader);
  return takeSign(reader, "{") ? toolList(reader, isRead) : null;
};

const toolList = (reader: Reader, isRead: boolean): Walked => {
  const written: string[] = [];
  while (!isDone(reader)) {
    const token = peek(reader);
    if (takeSign(reader, "}")) return null;
    reader.at += 1;
    if (token?.kind === "word" || token?.kind === "string") written.push(token.text);
    if (isSign(token, "(")) {
      const found = fields(reader, ")");
      if (found !== null) return found;
    }
  }
  if (!isRead) return written.length === 0 || startsLine(reader) ? [] : [{ kind: "hint" }];
  return written.length === 0
    ? [{ kind: "override", written }]
    : [{ kind: "override", written }, { kind: "hint" }];
};

/** After `actor`, `context` or `resource`. */
export const shape = (reader: Reader): Walked =>
  takeSign(reader, "{") ? fields(reader, "}") : here(reader, { kind: "body" });

/** After `type`. */
export const typing = (reader: Reader): Walked => {
  if (takeName(reader) === null || !takeSign(reader, "=")) return here(reader);
  return type(reader) ?? here(reader, { kind: "item" });
};

/** After `let`. */
export const constant = (reader: Reader): Walked => {
  const name = takeName(reader);
  if (name === null) return here(reader);
  const isTyped = takeSign(reader, ":");
  const found = isTyped ? type(reader) : null;
  if (found !== null) return found;
  if (isDone(reader)) return isTyped ? [{ kind: "words", words: ["from"] }] : [];
  if (takeWord(reader, "from")) {
    if (isDone(reader)) return [{ kind: "file", of: "data" }];
    takeString(reader);
    return null;
  }
  if (!takeSign(reader, "=")) return null;
  return value(reader, "constant", isTyped ? { kind: "constant", name: name.text } : { kind: "anything" });
};

/** After `fn`. */
export const func = (reader: Reader): Walked => {
  if (takeName(reader) === null || !takeSign(reader, "(")) return here(reader);
  const found = fields(reader, ")");
  if (found !== null) return found;
  if (!takeSign(reader, "=")) return here(reader);
  return value(reader, "function", { kind: "anything" });
};

const value = (reader: Reader, within: Within, expects: Expects): Walked => {
  const { places, complete } = expression(reader, { within, expects });
  if (places === null) return null;
  return complete ? [...places, { kind: "item" }] : places;
};

/** After `track`. */
export const track = (reader: Reader): Walked => {
  if (takeName(reader) === null || !takeSign(reader, "=")) return here(reader);
  if (isDone(reader)) return [{ kind: "words", words: ["count", "seen", "sum"] }];
  if (takeWord(reader, "sum")) {
    const { places, complete } = expression(reader, { within: "track", expects: { kind: "number" } });
    if (places !== null) return complete ? [...places, { kind: "words", words: ["on"] }] : places;
  } else takeWord(reader, "count", "seen");
  if (isDone(reader)) return [{ kind: "words", words: ["on"] }];
  if (!takeWord(reader, "on")) return null;
  const written: string[] = [];
  do {
    const found = pattern(reader, "track", written, ["when", "per", "within"]);
    if (found !== null) return found;
  } while (takeSign(reader, ","));
  return trackClauses(reader);
};

const TRACK_CLAUSES = ["per", "within", "when"] as const;

const trackClauses = (reader: Reader): Walked => {
  const written = new Set<string>();
  const left = () => TRACK_CLAUSES.filter((clause) => !written.has(clause));
  for (let token = peek(reader); isWord(token, ...TRACK_CLAUSES); token = peek(reader)) {
    written.add(token?.text ?? "");
    reader.at += 1;
    if (token?.text === "when") {
      const { places, complete } = expression(reader, {
        within: "track",
        expects: { kind: "condition" },
      });
      if (places !== null) return complete ? [...places, { kind: "words", words: left() }] : places;
    } else if (token?.text === "per") {
      if (isDone(reader)) return [{ kind: "words", words: ["actor", "session", "policy"] }];
      takeName(reader);
    } else {
      if (isDone(reader)) return [{ kind: "duration" }];
      if (peek(reader)?.kind === "duration") reader.at += 1;
    }
  }
  if (!isDone(reader)) return null;
  return written.has("per")
    ? [{ kind: "words", words: left() }, { kind: "item" }]
    : [{ kind: "words", words: left() }];
};

/** After `default`. */
export const fallback = (reader: Reader): Walked => {
  if (isDone(reader)) return [{ kind: "effect", of: "default", written: [] }];
  if (takeWord(reader, "require")) {
    if (isDone(reader)) return [{ kind: "words", words: ["approval"] }];
    takeWord(reader, "approval", "clarification");
  } else takeWord(reader, "deny", "allow");
  return null;
};
