import { codeActions } from "../../src/ide/features/actions/actions.ts";
import { callItems, incomingCalls, outgoingCalls } from "../../src/ide/features/calls.ts";
import { completions } from "../../src/ide/features/completion/completion.ts";
import { definition } from "../../src/ide/features/definition.ts";
import { foldingRanges } from "../../src/ide/features/folding.ts";
import { formatDocument, formatRange } from "../../src/ide/features/format/format.ts";
import { formatOnType } from "../../src/ide/features/format/on-type.ts";
import { highlights } from "../../src/ide/features/highlights.ts";
import { hover } from "../../src/ide/features/hover/hover.ts";
import { inlayHints } from "../../src/ide/features/inlay/hints.ts";
import { codeLenses, resolveLens } from "../../src/ide/features/lenses/lenses.ts";
import { inlineValues } from "../../src/ide/features/lenses/values.ts";
import { linkedEditing } from "../../src/ide/features/linked.ts";
import { documentLinks } from "../../src/ide/features/links.ts";
import { references } from "../../src/ide/features/references.ts";
import { prepareRename, rename } from "../../src/ide/features/rename/rename.ts";
import { selectionRange } from "../../src/ide/features/selection.ts";
import { signatureHelp } from "../../src/ide/features/signature/help.ts";
import { documentSymbols, workspaceSymbols } from "../../src/ide/features/symbols.ts";
import { semanticTokens } from "../../src/ide/features/tokens/tokens.ts";
import type { Snapshot } from "../../src/ide/snapshot.ts";
import { decisionsOf } from "../../src/ide/trial/decisions.ts";
import { callForm } from "../../src/ide/trial/form.ts";
import { testCoverage, testResults } from "../../src/ide/trial/tests.ts";

const WHOLE = { start: 0, end: 1e9 };
const REQUEST = { actor: { type: "agent", id: "a" }, action: { name: "fs.read_file", input: {} } };

type Ask = (snapshot: Snapshot, path: string, offset: number) => unknown;

/** Every feature, asked about a place. */
export const AT_PLACES: Readonly<Record<string, Ask>> = {
  completion: (snapshot, path, offset) => completions(snapshot, path, offset),
  hover,
  signature: signatureHelp,
  definition,
  "rename, asked for": (snapshot, path, offset) => prepareRename([snapshot], path, offset),
  rename: (snapshot, path, offset) => rename([snapshot], path, offset, "another-name"),
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
  "actions, and what fixes do": (snapshot, path, offset) =>
    codeActions(snapshot, path, { start: offset, end: offset })
      .filter(({ kind }) => kind === "quickfix")
      .map(({ change }) => change()),
  "actions on a range": (snapshot, path, offset) =>
    codeActions(snapshot, path, { start: offset, end: offset + 30 }, { only: ["refactor"] }),
  "formatting as it is typed": (snapshot, path, offset) => {
    const file = snapshot.files.get(path);
    return file && ["\n", "}"].map((character) => formatOnType(file, offset, character));
  },
  "formatting of a range": (snapshot, path, offset) => {
    const file = snapshot.files.get(path);
    return file && formatRange(file, { start: offset, end: offset + 50 });
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
  format: (snapshot, path) => {
    const file = snapshot.files.get(path);
    return file && formatDocument(file);
  },
  tokens: (snapshot, path) => semanticTokens(snapshot, path),
  inlay: (snapshot, path) => inlayHints(snapshot, path, WHOLE),
  lenses: (snapshot, path) => codeLenses(snapshot, path).map((lens) => resolveLens(snapshot, lens)),
  inline: (snapshot, path) => inlineValues(snapshot, path, WHOLE, REQUEST, { now: 0 }),
  folding: (snapshot, path) => {
    const file = snapshot.files.get(path);
    return file && foldingRanges(file);
  },
  links: documentLinks,
  forms: (snapshot) => [...snapshot.result.facts.tools.keys()].map((tool) => callForm(snapshot, tool)),
  tests: (snapshot) => [testResults(snapshot), testCoverage(snapshot)],
};
