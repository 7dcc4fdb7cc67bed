/** One shown character of a source line: what is printed, how many columns it takes, and its UTF-16 offset in the line. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly offset: number;
}

const TAB_STOP = 4;

/**
 * A source line as it is shown: tabs as blanks up to the next stop; control, zero-width and bidirectional characters
 * written out, so that no text can hide, reorder itself or command a terminal.
 */
export const cellsOf = (line: string): readonly Cell[] => {
  const cells: Cell[] = [];
  let offset = 0;
  let column = 0;
  for (const character of line) {
    const text = character === "\t" ? " ".repeat(TAB_STOP - (column % TAB_STOP)) : shownCharacter(character);
    const width = text === character ? widthOf(character) : text.length;
    cells.push({ text, width, offset });
    offset += character.length;
    column += width;
  }
  return cells;
};

/** Text with everything written out that could hide, reorder or command. For names and messages, which stay on one line. */
export const shownText = (text: string): string =>
  text.replace(HIDDEN, (character) => shownCharacter(character));

// Controls, line separators, soft hyphen, zero-width and bidirectional characters, variation tags, lone surrogates.
const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{e0000}-\u{e007f}]/gu;

const shownCharacter = (character: string): string =>
  character.search(HIDDEN) === 0 ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;

/** Columns that a character takes in a terminal (Unicode TR 11: wide and full-width ones, emoji: two; marks and skin tones: none). */
const widthOf = (character: string): number => {
  if (character < "\u{300}") return 1;
  if (/^(?:\p{Mn}|\p{Me}|\p{Emoji_Modifier})$/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
};

const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{a960}-\u{a97c}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1b000}-\u{1b2ff}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}])$/u;
