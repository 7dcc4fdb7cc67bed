import type { Style } from "./style.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: what colours are made of is not seen
const COLOURS = /\u001b\[[0-9;]*m/g;

const widthOf = (cell: string): number => [...cell.replace(COLOURS, "")].length;

/** Columns as wide as their widest cell, under dim headings. The last column is not filled up. */
export const table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string => {
  const widths = headings.map((heading, column) =>
    Math.max(widthOf(heading), ...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === headings.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - widthOf(cell) + 2),
      )
      .join("")
      .trimEnd();
  return [style.dim(line(headings)), ...rows.map(line)].map((text) => `${text}\n`).join("");
};
