import { type Diagnostic, type Location, lineIndex, type Position } from "@agentpolicy/language";

/** Zero-based lines and UTF-16 columns, `end` exclusive, as in the Language Server Protocol. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Turns spans of the files at hand into ranges. A file that could not be read has only the place 0:0. */
export type Places = (at: Location) => Range;

export const placesIn = (sources: ReadonlyMap<string, string>): Places => {
  const indices = new Map<string, ReturnType<typeof lineIndex>>();
  const indexOf = (file: string) => {
    const known = indices.get(file);
    if (known !== undefined) return known;
    const made = lineIndex(sources.get(file) ?? "");
    indices.set(file, made);
    return made;
  };
  return ({ file, start, end }) => {
    if (!sources.has(file)) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const index = indexOf(file);
    return { start: index.position(start), end: index.position(end) };
  };
};

/** Where a diagnostic is. */
export const locationOf = ({ file, span }: Diagnostic): Location => ({ file, ...span });
