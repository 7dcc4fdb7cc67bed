import { type IToken, tokenMatcher } from "chevrotain";
import type { Span } from "../text/span.ts";
import { lex } from "./lex.ts";
import { endOf } from "./token-checks.ts";
import * as t from "./tokens.ts";

/**
 * One word or sign of a text. `text` is what is written; of a sign that is written with a look-alike, what it is taken
 * for. A `string` without `closed` reaches to the end of its line.
 */
export interface Token extends Span {
  readonly kind: "word" | "string" | "number" | "duration" | "hint" | "sign";
  readonly text: string;
  readonly closed?: boolean;
}

/**
 * The words and signs of a stretch of any text, without blanks, comments and what is neither; for what looks at text that
 * is not written to its end. Offsets are those of the whole text.
 */
export const tokensOf = (text: string, from = 0, to = text.length): readonly Token[] =>
  lex(text.slice(from, to), "").tokens.map((token) => tokenOf(token, from));

const tokenOf = (token: IToken, from: number): Token => {
  const { image: text } = token;
  const span = { start: token.startOffset + from, end: endOf(token) + from };
  if (tokenMatcher(token, t.StringLiteral)) {
    return { kind: "string", text, closed: token.tokenType !== t.UnclosedString, ...span };
  }
  if (tokenMatcher(token, t.Word)) return { kind: "word", text, ...span };
  switch (token.tokenType) {
    case t.NumberLiteral:
      return { kind: "number", text, ...span };
    case t.DurationLiteral:
      return { kind: "duration", text, ...span };
    case t.Hint:
      return { kind: "hint", text, ...span };
    default:
      return { kind: "sign", text: token.tokenType.LABEL ?? text, ...span };
  }
};
