import { type IToken, Lexer } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import type { Comment } from "./ast.ts";
import { checkComment, checkOddBlank, checkToken, endOf, type Reading, stray } from "./token-checks.ts";
import { BlockComment, DocComment, HashComment, LEXER_TOKENS, UnclosedComment } from "./tokens.ts";

/** The words, signs and comments of a text. */
export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  /** The text of the `///` lines before a token, by the token's offset. */
  readonly docs: ReadonlyMap<number, string>;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Stretches in which the parser complains no more, since what is wrong there has been said: a line that holds
   * something unreadable, up to and with the token after it.
   */
  readonly muted: readonly Span[];
}

let shared: Lexer | undefined;

/** Reads a text into tokens. Never throws; what is no token is a diagnostic and left out. */
export const lex = (text: string, path: string): Lexed => {
  shared ??= new Lexer(LEXER_TOKENS, { positionTracking: "onlyOffset", ensureOptimizations: true });
  const { tokens, groups, errors } = shared.tokenize(text);
  const reading: Reading = { text, path, diagnostics: [], unreadable: [] };
  for (const token of groups.comments ?? []) checkComment(reading, token);
  for (const token of groups.odd ?? []) checkOddBlank(reading, token);
  for (const { startOffset, image } of groups.stray ?? []) stray(reading, startOffset, image);
  for (const { offset, length } of errors) stray(reading, offset, text.slice(offset, offset + length));
  for (const token of tokens) checkToken(reading, token);
  const comments = (groups.comments ?? []).map(commentOf);
  return {
    tokens,
    comments,
    docs: docsOf(comments, tokens),
    diagnostics: reading.diagnostics,
    muted: mutedAround(text, reading.unreadable, tokens),
  };
};

const commentOf = (token: IToken): Comment => {
  const { image, startOffset: start, tokenType: type } = token;
  const end = endOf(token);
  if (type === DocComment)
    return {
      kind: "doc",
      text: image
        .slice(3)
        .replace(/^[ \t]/, "")
        .trimEnd(),
      start,
      end,
    };
  if (type === BlockComment) return { kind: "block", text: image.slice(2, -2), start, end };
  if (type === UnclosedComment) return { kind: "block", text: image.slice(2), start, end };
  return { kind: "line", text: image.slice(type === HashComment ? 1 : 2), start, end };
};

/** Gives the doc comments between two tokens to the second. */
const docsOf = (comments: readonly Comment[], tokens: readonly IToken[]): ReadonlyMap<number, string> => {
  const docs = new Map<number, string>();
  let at = 0;
  for (const { kind, start, text } of comments) {
    if (kind !== "doc") continue;
    while (at < tokens.length && (tokens[at]?.startOffset ?? 0) < start) at++;
    const owner = tokens[at];
    if (owner === undefined) break;
    const before = docs.get(owner.startOffset);
    docs.set(owner.startOffset, before === undefined ? text : `${before}\n${text}`);
  }
  return docs;
};

const mutedAround = (
  text: string,
  unreadable: readonly number[],
  tokens: readonly IToken[],
): readonly Span[] => {
  const muted: Span[] = [];
  let at = 0;
  for (const offset of [...unreadable].sort((a, b) => a - b)) {
    if (offset < (muted.at(-1)?.end ?? -1)) continue;
    const start = text.lastIndexOf("\n", offset) + 1;
    const lineEnd = text.indexOf("\n", offset);
    const end = lineEnd < 0 ? text.length : lineEnd;
    while (at < tokens.length && (tokens[at]?.startOffset ?? 0) <= end) at++;
    const next = tokens[at];
    muted.push({ start, end: next === undefined ? text.length + 1 : next.startOffset + 1 });
  }
  return muted;
};
