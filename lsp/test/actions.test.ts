import type { Edit } from "@agentpolicy/language";
import { codeActions } from "../src/ide/features/actions/actions.ts";
import { formatDocument, formatRange } from "../src/ide/features/format/format.ts";
import { formatOnType } from "../src/ide/features/format/on-type.ts";
import { edited } from "../src/ide/features/rename/places.ts";
import type { Change } from "../src/ide/model.ts";
import type { SnapshotFile } from "../src/ide/snapshot.ts";
import { snapshotFor } from "./support/ask.ts";
import { type Asked, scenarios } from "./support/scenario.ts";
import { actionCalled, shownActions, shownTexts } from "./support/shown/actions.ts";

/** The texts of a scenario after a change. */
const changed = ({ files }: Asked, { edits, created = {} }: Change): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      edited(
        text,
        edits.filter(({ file }) => file === path),
      ),
    ]),
  ),
  ...created,
});

scenarios("actions", (asked) => {
  const actions = codeActions(snapshotFor(asked), asked.path, { start: asked.offset, end: asked.end });
  if (asked.words === "") return shownActions(actions);
  const change = actionCalled(actions, asked.words)?.change();
  if (change === undefined) return ["not offered"];
  return "refused" in change
    ? [`refused: ${change.refused}`]
    : shownTexts(asked.files, changed(asked, change));
});

const FORMATS: Readonly<Record<string, (file: SnapshotFile, asked: Asked) => readonly Edit[]>> = {
  document: formatDocument,
  range: (file, { offset, end }) => formatRange(file, { start: offset, end }),
  newline: (file, { offset }) => formatOnType(file, offset, "\n"),
  brace: (file, { offset }) => formatOnType(file, offset, "}"),
};

scenarios("format", (asked) => {
  const file = snapshotFor(asked).files.get(asked.path) as SnapshotFile;
  const edits = FORMATS[asked.words]?.(file, asked) ?? [];
  return shownTexts(asked.files, changed(asked, { edits }));
});
