import type { LineIndex } from "../text/lines.ts";
import type { Paint, Painter } from "./paint.ts";
import { type Cell, cellsOf } from "./width.ts";

/** A stretch of a file to be marked, and what to say there. `sign` is `^` for the place itself, `-` for a cause. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly sign: "^" | "-";
  readonly label: string;
  readonly paint: Paint;
}

/** The part of a mark that is on one line, as offsets within it. */
interface Piece {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly sign: "^" | "-";
  readonly label: string;
  readonly paint: Paint;
}

/** A line of the file with the pieces to be marked below it. Line numbers are zero-based. */
export interface Excerpt {
  readonly line: number;
  readonly source: string;
  readonly below: readonly string[];
}

/** The widest excerpt of a line, in columns. */
const WIDEST = 110;

/** What to show of a file, line by line. A line on which marks are far apart is shown once for each. */
export const excerptsOf = (lines: LineIndex, marks: readonly Mark[], paint: Painter): readonly Excerpt[] => {
  const pieces = marks
    .flatMap((mark) => piecesOf(lines, mark))
    .sort((a, b) => a.line - b.line || a.from - b.from || a.to - b.to);
  return together(pieces).map((group) => excerpt(lines.lineText(group[0].line), group, paint));
};

/** A mark over several lines is shown by its first and its last line; the label stands below the last. */
const piecesOf = (lines: LineIndex, mark: Mark): readonly Piece[] => {
  const first = lines.position(mark.start);
  const last = lines.position(mark.end);
  const piece = { sign: mark.sign, paint: mark.paint };
  if (first.line === last.line) {
    return [{ ...piece, line: first.line, from: first.character, to: last.character, label: mark.label }];
  }
  const opening = lines.lineText(first.line).trimEnd().length;
  const closing = lines.lineText(last.line).slice(0, last.character);
  const indent = closing.length - closing.trimStart().length;
  const start = { ...piece, line: first.line, from: first.character, to: Math.max(opening, first.character) };
  // Where nothing but blanks is marked on the last line, the first line alone says it.
  if (indent === closing.length) return [{ ...start, label: mark.label }];
  return [
    { ...start, label: "" },
    { ...piece, line: last.line, from: indent, to: last.character, label: mark.label },
  ];
};

type Group = readonly [Piece, ...Piece[]];

/** Pieces of one line that fit side by side into one excerpt. */
const together = (pieces: readonly Piece[]): readonly Group[] => {
  const groups: [Piece, ...Piece[]][] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    if (group !== undefined && group[0].line === piece.line && piece.to - group[0].from < WIDEST / 2) {
      group.push(piece);
    } else {
      groups.push([piece]);
    }
  }
  return groups;
};

const excerpt = (line: string, group: Group, paint: Painter): Excerpt => {
  const shown = cut(cellsOf(line), group[0].from);
  const below = group.map((piece) => {
    const start = columnOf(shown, piece.from);
    const end = Math.max(start + 1, columnOf(shown, piece.to));
    const text = `${piece.sign.repeat(end - start)}${piece.label === "" ? "" : ` ${piece.label}`}`;
    return `${" ".repeat(start)}${paint(piece.paint, text)}`;
  });
  return {
    line: group[0].line,
    source: shown
      .map((cell) => cell.text)
      .join("")
      .trimEnd(),
    below,
  };
};

/** The column at which an offset of the line is shown; offsets that were cut away are shown at the cut. */
const columnOf = (shown: readonly Cell[], offset: number): number => {
  let column = 0;
  for (const cell of shown) {
    if (cell.offset >= offset) return column;
    column += cell.width;
  }
  return column;
};

/** Of a line that is too wide, the part around an offset, with `…` where something was left out. */
const cut = (cells: readonly Cell[], offset: number): readonly Cell[] => {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (total <= WIDEST) return cells;
  const at = columnOf(cells, offset);
  const low = Math.min(Math.max(0, at - WIDEST / 3), total - WIDEST);
  const kept: Cell[] = [];
  let column = 0;
  for (const cell of cells) {
    if (column >= low && column + cell.width <= low + WIDEST) kept.push(cell);
    column += cell.width;
  }
  return [
    ...ellipsis(kept[0] !== cells[0], kept[0]?.offset ?? 0, -1),
    ...kept,
    ...ellipsis(kept.at(-1) !== cells.at(-1), kept.at(-1)?.offset ?? 0, 1),
  ];
};

const ellipsis = (needed: boolean, beside: number, step: -1 | 1): readonly Cell[] =>
  needed ? [{ text: "…", width: 1, offset: beside + step }] : [];
