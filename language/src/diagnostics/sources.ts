import { type LineIndex, lineIndex } from "../text/lines.ts";

/** Finds the lines of a file; undefined for a file whose text is not known. */
export type Lines = (file: string) => LineIndex | undefined;

interface Known {
  readonly text: string;
  readonly index: LineIndex;
}

const indexes = new WeakMap<ReadonlyMap<string, string>, Map<string, Known>>();

/** The lines of files. Read once for each text, however many diagnostics are shown over the same sources. */
export const linesOf = (sources: ReadonlyMap<string, string>): Lines => {
  const known = indexes.get(sources) ?? new Map<string, Known>();
  indexes.set(sources, known);
  return (file) => {
    const text = sources.get(file);
    if (text === undefined) return undefined;
    const found = known.get(file);
    if (found?.text === text) return found.index;
    const index = lineIndex(text);
    known.set(file, { text, index });
    return index;
  };
};
