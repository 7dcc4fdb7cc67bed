import { foldingRanges } from "../src/ide/features/folding.ts";
import { documentLinks } from "../src/ide/features/links.ts";
import { selectionRange } from "../src/ide/features/selection.ts";
import { documentSymbols } from "../src/ide/features/symbols.ts";
import type { DocumentSymbol } from "../src/ide/model.ts";
import type { SnapshotFile } from "../src/ide/snapshot.ts";
import { shownPlace, snapshotFor } from "./support/ask.ts";
import { type Asked, scenarios } from "./support/scenario.ts";

const asked = (given: Asked) => {
  const snapshot = snapshotFor(given);
  return { snapshot, file: snapshot.files.get(given.path) as SnapshotFile };
};

scenarios("symbols", (given) => {
  const { snapshot, file } = asked(given);
  const shown =
    (depth: number) =>
    ({ name, kind, detail, selection, children }: DocumentSymbol): string[] => [
      [
        "  ".repeat(depth) + kind,
        name,
        ...(detail === undefined ? [] : [JSON.stringify(detail)]),
        shownPlace(snapshot, { file: given.path, ...selection }),
      ].join(" "),
      ...children.flatMap(shown(depth + 1)),
    ];
  return documentSymbols(file).flatMap(shown(0));
});

scenarios("folding", (given) => {
  const { file } = asked(given);
  const line = (offset: number) => file.lines.position(offset).line + 1;
  return foldingRanges(file).map(({ start, end, kind }) => `${kind ?? "region"} ${line(start)}-${line(end)}`);
});

scenarios("selection", (given) => {
  const { file } = asked(given);
  return selectionRange(file, given.offset).map(({ start, end }) =>
    JSON.stringify(file.text.slice(start, end)),
  );
});

scenarios("links", (given) => {
  const { snapshot } = asked(given);
  return documentLinks(snapshot, given.path).map(
    ({ span, file }) => `${shownPlace(snapshot, { file: given.path, ...span })} -> ${file}`,
  );
});
