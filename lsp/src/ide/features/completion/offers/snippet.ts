/** Text that means itself in a snippet. */
export const plain = (text: string): string => text.replace(/[\\$}]/g, "\\$&");

/** A place to fill in, with what it is called or likely is. */
export const hole = (at: number, text: string): string => `\${${at}:${plain(text)}}`;

/** A place to fill in with one of a few texts. */
export const pick = (at: number, texts: readonly string[]): string =>
  `\${${at}|${texts.map((text) => text.replace(/[\\$},|]/g, "\\$&")).join(",")}|}`;

/** What a snippet leaves when nothing is filled in; `empty` stands where there is nothing yet. */
export const unfilled = (snippet: string, empty = ""): string =>
  snippet
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, "$1")
    .replace(/\$\{\d+\|((?:[^,|\\]|\\.)*)[^}]*\|\}/g, "$1")
    .replace(/(?<!\\)\$\d+/g, empty)
    .replace(/\\([\\$}])/g, "$1");
