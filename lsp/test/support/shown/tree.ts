import type { DocumentLink, DocumentSymbol, FoldingRange } from "../../../src/ide/model.ts";
import type { Snapshot } from "../../../src/ide/snapshot.ts";
import { shownPlace } from "../ask.ts";

/** `kind name "detail" place`, inner symbols under outer ones. */
export function shownSymbols(
  snapshot: Snapshot,
  path: string,
  symbols: readonly DocumentSymbol[],
  depth = 0,
): readonly string[] {
  return symbols.flatMap(({ name, kind, detail, selection, children }) => [
    [
      "  ".repeat(depth) + kind,
      name,
      ...(detail === undefined ? [] : [JSON.stringify(detail)]),
      shownPlace(snapshot, { file: path, ...selection }),
    ].join(" "),
    ...shownSymbols(snapshot, path, children, depth + 1),
  ]);
}

/** `kind first-last`: lines from 1. */
export function shownFolding(text: string, ranges: readonly FoldingRange[]): readonly string[] {
  const line = (offset: number) => text.slice(0, offset).split("\n").length;
  return ranges.map(({ start, end, kind }) => `${kind ?? "region"} ${line(start)}-${line(end)}`);
}

/** The texts that are selected, from the inside. */
export const shownSelection = (
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): readonly string[] => spans.map(({ start, end }) => JSON.stringify(text.slice(start, end)));

/** `place -> file`. */
export const shownLinks = (
  snapshot: Snapshot,
  path: string,
  links: readonly DocumentLink[],
): readonly string[] =>
  links.map(({ span, file }) => `${shownPlace(snapshot, { file: path, ...span })} -> ${file}`);
