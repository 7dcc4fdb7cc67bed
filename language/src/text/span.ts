/** A stretch of text: UTF-16 offsets, `start` inclusive, `end` exclusive. An empty span marks a place between characters. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `file` is the path the host gave the file. */
export interface Location extends Span {
  readonly file: string;
}

/** Zero-based line and UTF-16 column, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}
