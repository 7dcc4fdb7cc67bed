import type { Span, Token } from "@agentpolicy/language";
import { wordAt } from "./cursor.ts";

/** The expression in `{…}` of a text, up to the end of the word at the place. */
export interface Braces {
  /** Blank where a quote within the text was escaped, so that places stay. */
  readonly text: string;
  readonly start: number;
  readonly word: Span;
  /** What follows the word up to the end of the text. */
  readonly following: string;
}

/** The braces of a text in quotes that hold a place; null where none do. `{{` and `}}` are braces themselves. */
export const bracesAt = (file: string, { start, end }: Token, offset: number): Braces | null => {
  let open = -1;
  for (let at = start + 1; at < offset; at += 1) {
    const unit = file.charAt(at);
    if (open < 0 && unit === "{" && file.charAt(at + 1) === "{" && at + 1 < offset) at += 1;
    else if (unit === "{" && open < 0) open = at + 1;
    else if (unit === "}") open = -1;
  }
  if (open < 0) return null;
  const word = wordAt(file, offset);
  const text = file.slice(open, word.end).replaceAll('\\"', ' "');
  return { text, start: open, word, following: file.slice(word.end, end).trimStart() };
};
