import { expect, test } from "vitest";
import { completions } from "../../src/ide/features/completion/completion.ts";
import { definition } from "../../src/ide/features/definition.ts";
import { highlights } from "../../src/ide/features/highlights.ts";
import { hover } from "../../src/ide/features/hover/hover.ts";
import { inlayHints } from "../../src/ide/features/inlay/hints.ts";
import { codeLenses } from "../../src/ide/features/lenses/lenses.ts";
import { selectionRange } from "../../src/ide/features/selection.ts";
import { documentSymbols } from "../../src/ide/features/symbols.ts";
import { semanticTokens } from "../../src/ide/features/tokens/tokens.ts";
import { decisionsOf } from "../../src/ide/trial/decisions.ts";
import { createWorkspace, type Workspace } from "../../src/ide/workspace/workspace.ts";
import { EXAMPLES, examplePolicies } from "../support/examples.ts";

const ROUNDS = 25;

const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** What is answered about a file, at a place of it, as plain data. */
function answers(workspace: Workspace, path: string, offset: number): unknown {
  const snapshot = workspace.snapshotOf(path);
  const file = snapshot?.files.get(path);
  if (!snapshot || !file) return null;
  return {
    diagnostics: workspace.diagnostics(path),
    symbols: documentSymbols(file),
    selection: selectionRange(file, offset),
    tokens: semanticTokens(snapshot, path),
    hints: inlayHints(snapshot, path, { start: 0, end: file.text.length }),
    lenses: codeLenses(snapshot, path),
    hover: hover(snapshot, path, offset),
    highlights: highlights(snapshot, path, offset),
    completion: completions(snapshot, path, offset),
    definition: definition(snapshot, path, offset),
    decisions: decisionsOf(snapshot),
  };
}

// What is kept from one edit to the next must not show: each answer is that of somebody who has just opened the files.
test.each(examplePolicies())("%s, edited again and again, is as if read for the first time", (path) => {
  const below = numbersFrom(path.length * 7);
  const edited = createWorkspace(EXAMPLES);
  edited.found(examplePolicies());
  let text = EXAMPLES.read(path) ?? "";
  const past: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = below(text.length);
    const end = start + (below(2) === 0 ? below(12) : 0);
    const from = below(text.length);
    const pieces = [
      "",
      "x",
      "\n",
      "}",
      "{",
      '"',
      text.slice(from, from + below(60)),
      "// x\n",
      "deny other\n",
    ];
    past.push(text);
    text =
      below(4) === 0
        ? (past[below(past.length)] ?? text)
        : text.slice(0, start) + (pieces[below(pieces.length)] ?? "") + text.slice(end);
    edited.open(path, text);
    const offset = below(text.length);
    const fresh = createWorkspace(EXAMPLES);
    fresh.found(examplePolicies());
    fresh.open(path, text);
    expect(answers(edited, path, offset), text).toEqual(answers(fresh, path, offset));
  }
});
