import { foldingRanges } from "../src/ide/features/folding.ts";
import { documentLinks } from "../src/ide/features/links.ts";
import { selectionRange } from "../src/ide/features/selection.ts";
import { documentSymbols } from "../src/ide/features/symbols.ts";
import type { SnapshotFile } from "../src/ide/snapshot.ts";
import { snapshotFor } from "./support/ask.ts";
import { type Asked, scenarios } from "./support/scenario.ts";
import { shownFolding, shownLinks, shownSelection, shownSymbols } from "./support/shown/tree.ts";

const asked = (given: Asked) => {
  const snapshot = snapshotFor(given);
  return { snapshot, file: snapshot.files.get(given.path) as SnapshotFile };
};

scenarios("symbols", (given) => {
  const { snapshot, file } = asked(given);
  return shownSymbols(snapshot, given.path, documentSymbols(file));
});

scenarios("folding", (given) => {
  const { file } = asked(given);
  return shownFolding(file.text, foldingRanges(file));
});

scenarios("selection", (given) => {
  const { file } = asked(given);
  return shownSelection(file.text, selectionRange(file, given.offset));
});

scenarios("links", (given) => {
  const { snapshot } = asked(given);
  return shownLinks(snapshot, given.path, documentLinks(snapshot, given.path));
});
