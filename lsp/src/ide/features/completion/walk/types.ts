import {
  DEEPEST,
  here,
  isDone,
  isSign,
  peek,
  type Reader,
  takeName,
  takeSign,
  type Walked,
} from "./reader.ts";

/** `string`, `"a" | "b"`, `T[]`, `{ a: T }`, `org.level`. */
export const type = (reader: Reader): Walked => {
  if (reader.depth > DEEPEST) return null;
  reader.depth += 1;
  const found = union(reader);
  reader.depth -= 1;
  return found;
};

const union = (reader: Reader): Walked => {
  do {
    takeSign(reader, "|");
    const found = single(reader);
    if (found !== null) return found;
  } while (isSign(peek(reader), "|"));
  return null;
};

const single = (reader: Reader): Walked => {
  if (isDone(reader)) return [{ kind: "type" }];
  if (takeSign(reader, "{")) {
    const found = fields(reader, "}");
    if (found !== null) return found;
  } else if (takeSign(reader, "(")) {
    const found = type(reader);
    if (found !== null) return found;
    takeSign(reader, ")");
  } else {
    takeSign(reader, "-");
    const token = peek(reader);
    if (token === undefined || token.kind === "sign" || token.kind === "hint") return null;
    if (token.kind !== "word") reader.at += 1;
    else if (takeName(reader) === null) return null;
    else if (takeSign(reader, ".")) {
      if (isDone(reader)) return [{ kind: "type" }];
      takeName(reader);
    }
  }
  while (takeSign(reader, "[")) takeSign(reader, "]");
  return null;
};

/** `a: T, b?: T` up to the sign that closes it. */
export const fields = (reader: Reader, close: string): Walked => {
  while (!isDone(reader)) {
    if (takeSign(reader, close)) return null;
    const token = peek(reader);
    if (token?.kind !== "word" && token?.kind !== "string") {
      if (isSign(token, "}", ")")) return null;
      reader.at += 1;
      continue;
    }
    reader.at += 1;
    takeSign(reader, "?");
    if (!takeSign(reader, ":")) continue;
    const found = type(reader);
    if (found !== null) return found;
    takeSign(reader, ",");
  }
  return here(reader);
};
