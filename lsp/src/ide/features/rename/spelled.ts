import { tokensOf } from "@agentpolicy/language";

/** Whether a text is a name by itself: letters, digits, `_` and inner `-`. */
export function isWord(text: string): boolean {
  const [first, ...others] = tokensOf(text);
  return first?.kind === "word" && others.length === 0 && first.start === 0 && first.end === text.length;
}

/**
 * A name as it is to be written where another one stands: in quotes where it must be, or where that one did not need them
 * either. Null where quotes cannot stand.
 *
 * @param written the other name as it is written
 * @param before the text before it
 * @param isTool tools may be in quotes after a dot, fields may not
 */
export function spelled(name: string, written: string, before: string, isTool: boolean): string | null {
  // In a `{…}` of a text, a quote has a backslash before it.
  const quote = /^\\?"/.exec(written)?.[0] ?? "";
  const inner = written.slice(quote.length, written.length - quote.length);
  const isBracketed = /\[\s*$/.test(before);
  if (isWord(name) && (quote === "" || !(isWord(inner) || isBracketed))) return name;
  if (quote === "" && !isTool && /\.\s*$/.test(before)) return null;
  const json = JSON.stringify(name);
  return quote.length === 2 ? JSON.stringify(json).slice(1, -1) : json;
}
