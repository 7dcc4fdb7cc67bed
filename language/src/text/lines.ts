import type { Position } from "./span.ts";

/** Where the lines of a text are. Offsets and columns are UTF-16 units, lines count from 0. */
export interface LineIndex {
  /** Offsets outside the text are taken as its nearest end. */
  readonly position: (offset: number) => Position;
  /** Positions outside the text or past a line's end are taken as the nearest place in the text. */
  readonly offset: (position: Position) => number;
  /** The line without its line break; empty for a line that is not there. */
  readonly lineText: (line: number) => string;
  readonly lineCount: number;
}

const startsOf = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 13 && text.charCodeAt(at + 1) === 10) at++;
    else if (unit !== 10 && unit !== 13) continue;
    starts.push(at + 1);
  }
  return starts;
};

/** The last line that starts at or before the offset. */
const lineAt = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Reads a text's lines once; lines end with LF, CR LF or CR, as in the Language Server Protocol. */
export const lineIndex = (text: string): LineIndex => {
  const starts = startsOf(text);
  const lineText = (line: number): string => {
    const start = starts[line];
    return start === undefined
      ? ""
      : text.slice(start, starts[line + 1] ?? text.length).replace(/[\r\n]+$/, "");
  };
  return {
    lineCount: starts.length,
    lineText,
    position: (offset) => {
      const within = Math.min(Math.max(offset, 0), text.length);
      const line = lineAt(starts, within);
      return { line, character: within - (starts[line] ?? 0) };
    },
    offset: ({ line, character }) => {
      if (line < 0) return 0;
      const start = starts[line];
      if (start === undefined) return text.length;
      return start + Math.min(Math.max(character, 0), lineText(line).length);
    },
  };
};
