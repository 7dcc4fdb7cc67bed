import { callItems, incomingCalls, outgoingCalls } from "../../src/ide/features/calls.ts";
import { completions } from "../../src/ide/features/completion/completion.ts";
import { definition } from "../../src/ide/features/definition.ts";
import { foldingRanges } from "../../src/ide/features/folding.ts";
import { highlights } from "../../src/ide/features/highlights.ts";
import { linkedEditing } from "../../src/ide/features/linked.ts";
import { documentLinks } from "../../src/ide/features/links.ts";
import { references } from "../../src/ide/features/references.ts";
import { selectionRange } from "../../src/ide/features/selection.ts";
import { documentSymbols, workspaceSymbols } from "../../src/ide/features/symbols.ts";
import type { Snapshot } from "../../src/ide/snapshot.ts";
import { decisionsOf } from "../../src/ide/trial/decisions.ts";
import { callForm } from "../../src/ide/trial/form.ts";
import { testCoverage, testResults } from "../../src/ide/trial/tests.ts";

type Ask = (snapshot: Snapshot, path: string, offset: number) => unknown;

/** Every feature, asked about a place. */
export const AT_PLACES: Readonly<Record<string, Ask>> = {
  completion: (snapshot, path, offset) => completions(snapshot, path, offset),
  definition,
  references: (snapshot, path, offset) => references([snapshot], path, offset, { declaration: true }),
  highlights,
  linked: linkedEditing,
  calls: (snapshot, path, offset) =>
    callItems(snapshot, path, offset).map((item) => [
      incomingCalls([snapshot], item),
      outgoingCalls([snapshot], item),
    ]),
  selection: (snapshot, path, offset) => {
    const file = snapshot.files.get(path);
    return file && selectionRange(file, offset);
  },
  decisions: (snapshot, file, offset) => decisionsOf(snapshot, { file, offset }),
};

/** Every feature, asked about a whole file. */
export const OF_FILES: Readonly<Record<string, (snapshot: Snapshot, path: string) => unknown>> = {
  symbols: (snapshot, path) => {
    const file = snapshot.files.get(path);
    return file && documentSymbols(file);
  },
  search: (snapshot) => workspaceSymbols(snapshot, "a"),
  folding: (snapshot, path) => {
    const file = snapshot.files.get(path);
    return file && foldingRanges(file);
  },
  links: documentLinks,
  forms: (snapshot) => [...snapshot.result.facts.tools.keys()].map((tool) => callForm(snapshot, tool)),
  tests: (snapshot) => [testResults(snapshot), testCoverage(snapshot)],
};
