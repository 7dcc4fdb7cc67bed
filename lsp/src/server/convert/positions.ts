import { type LineIndex, lineIndex, type Span } from "@agentpolicy/language";
import type { Position, Range } from "vscode-languageserver";

/** How clients count within a line. */
export type Encoding = "utf-16" | "utf-8";

/** Offsets of one text, which are UTF-16 units, and positions as the client counts them. */
export interface Places {
  readonly text: string;
  readonly lines: LineIndex;
  readonly position: (offset: number) => Position;
  readonly offset: (position: Position) => number;
  readonly range: (span: Span) => Range;
  readonly span: (range: Range) => Span;
}

export function placesOf(text: string, encoding: Encoding, lines: LineIndex = lineIndex(text)): Places {
  const position = (offset: number): Position => {
    const { line, character } = lines.position(offset);
    if (encoding === "utf-16") return { line, character };
    return { line, character: bytesOf(lines.lineText(line).slice(0, character)) };
  };
  const offset = ({ line, character }: Position): number =>
    lines.offset({
      line,
      character: encoding === "utf-16" ? character : unitsOf(lines.lineText(line), character),
    });
  return {
    text,
    lines,
    position,
    offset,
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    span: ({ start, end }) => ({ start: offset(start), end: offset(end) }),
  };
}

const widthOf = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

function bytesOf(text: string): number {
  let bytes = 0;
  for (const letter of text) bytes += widthOf(letter.codePointAt(0) ?? 0);
  return bytes;
}

/** The UTF-16 units of a text's first bytes; a place within a character is its beginning. */
function unitsOf(text: string, bytes: number): number {
  let left = bytes;
  let units = 0;
  for (const letter of text) {
    left -= widthOf(letter.codePointAt(0) ?? 0);
    if (left < 0) break;
    units += letter.length;
  }
  return units;
}
