import { callItems, incomingCalls, outgoingCalls } from "../src/ide/features/calls.ts";
import { definition } from "../src/ide/features/definition.ts";
import { highlights } from "../src/ide/features/highlights.ts";
import { linkedEditing } from "../src/ide/features/linked.ts";
import { references } from "../src/ide/features/references.ts";
import { prepareRename, rename } from "../src/ide/features/rename/rename.ts";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { snapshotsFor } from "./support/ask.ts";
import { type Asked, scenarios } from "./support/scenario.ts";
import {
  shownCalls,
  shownHighlights,
  shownPlaces,
  shownPrepared,
  shownRename,
  shownSpans,
} from "./support/shown/names.ts";

/** All policies of a scenario, and the one whose answer is asked for: the first that has the file. */
const asked = (given: Asked) => {
  const all = snapshotsFor(given);
  const snapshot = all.find(({ program }) => program.sources.has(given.path)) as Snapshot;
  return { all, snapshot };
};

scenarios("definition", (given) => {
  const { snapshot } = asked(given);
  return shownPlaces(given.files, definition(snapshot, given.path, given.offset));
});

// ```answer uses``` leaves the declarations out.
scenarios("references", (given) => {
  const { all } = asked(given);
  const declaration = given.words !== "uses";
  return shownPlaces(given.files, references(all, given.path, given.offset, { declaration }));
});

scenarios("highlight", (given) => {
  const { snapshot } = asked(given);
  return shownHighlights(given.files, given.path, highlights(snapshot, given.path, given.offset));
});

// ```answer new-name``` renames; without a name it is asked what can be renamed.
scenarios("rename", (given) => {
  const { all } = asked(given);
  const { path, offset, words } = given;
  if (words === "") return shownPrepared(given.files, path, prepareRename(all, path, offset));
  return shownRename(given.files, rename(all, path, offset, words));
});

scenarios("calls", (given) => {
  const { all, snapshot } = asked(given);
  const found = callItems(snapshot, given.path, given.offset).map((item) => ({
    item,
    incoming: incomingCalls(all, item),
    outgoing: outgoingCalls(all, item),
  }));
  return shownCalls(given.files, found);
});

scenarios("linked", (given) => {
  const { snapshot } = asked(given);
  return shownSpans(given.files, given.path, linkedEditing(snapshot, given.path, given.offset));
});
