/**
 * Foreign text for a terminal: what an agent writes may hold escapes that move the cursor, or marks that turn the direction
 * of reading, so that a person sees another call than the one they approve. What cannot be seen is written as `\u{…}`.
 */
export const safe = (text: string): string =>
  text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

/** Safe, on one line and at most so long. */
export const brief = (text: string, length: number): string => {
  const line = safe(text.replace(/\s+/g, " "));
  return [...line].length <= length ? line : `${[...line].slice(0, length - 1).join("")}…`;
};

/** A JSON value on one line, safe to show. */
export const inline = (value: unknown): string => safe(JSON.stringify(value) ?? "");
