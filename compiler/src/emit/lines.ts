/** Code in lines, each without its indentation. */
export type Lines = readonly string[];

/** The lines two blanks further in. */
export const indented = (lines: Lines): Lines =>
  lines.flatMap((line) => line.split("\n")).map((line) => (line === "" ? "" : `  ${line}`));

/** Lines in a block after a head such as `if (…)`. */
export const block = (head: string, lines: Lines): Lines => [`${head} {`, ...indented(lines), "}"];

/** A name for each thing that is declared but not yet set, in one statement. */
export const declared = (names: Iterable<string>): Lines => {
  const all = [...new Set(names)];
  return all.length === 0 ? [] : [`let ${all.join(", ")};`];
};
