/** Pretty JSON with a line break at its end. */
export const jsonText = (value: unknown): string => `${visible(JSON.stringify(value, null, 2))}\n`;

/** JSON on one line, with a line break at its end. */
export const jsonLine = (value: unknown): string => `${visible(JSON.stringify(value))}\n`;

/** The same JSON, with escapes for what terminals obey or nobody sees: foreign text is printed, too. */
const visible = (json: string): string =>
  json.replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
