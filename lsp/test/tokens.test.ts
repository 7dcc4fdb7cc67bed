import { describe, test } from "vitest";
import { semanticTokens } from "../src/ide/features/tokens/tokens.ts";
import type { SemanticToken } from "../src/ide/model.ts";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { createWorkspace } from "../src/ide/workspace/workspace.ts";
import { snapshotFor } from "./support/ask.ts";
import { EXAMPLES, examplePolicies } from "./support/examples.ts";
import { scenarios } from "./support/scenario.ts";
import { shownTokens } from "./support/shown/tokens.ts";

// Two marks ask for a range, else all are shown.
scenarios("tokens", (given) => {
  const snapshot = snapshotFor(given);
  const { path, offset, end } = given;
  const span = end > offset ? { start: offset, end } : undefined;
  return shownTokens(snapshot.files.get(path)?.text ?? "", semanticTokens(snapshot, path, span));
});

/** All prefixes with `AGENTPOLICY_EVERY_PREFIX=1`; else about so many of each policy. */
const PREFIXES = process.env.AGENTPOLICY_EVERY_PREFIX === "1" ? Number.POSITIVE_INFINITY : 40;

describe("tokens of beginnings of policies", () => {
  test.each(examplePolicies())("%s", (path) => {
    const workspace = createWorkspace(EXAMPLES);
    const whole = EXAMPLES.read(path) ?? "";
    const step = Math.max(1, Math.floor(whole.length / PREFIXES));
    for (let length = 0; length <= whole.length; length += step) {
      const text = whole.slice(0, length);
      workspace.open(path, text);
      const snapshot = workspace.snapshotOf(path) as Snapshot;
      const wrong = misplaced(semanticTokens(snapshot, path), text) ?? differing(snapshot, path, text);
      if (wrong !== undefined) throw new Error(`${wrong} in:\n${text}`);
    }
  });
});

/** A token over another, out of order, outside of the text, empty or on two lines. */
function misplaced(tokens: readonly SemanticToken[], text: string): string | undefined {
  let end = 0;
  for (const token of tokens) {
    const isRight = token.start >= end && token.end > token.start && token.end <= text.length;
    if (!isRight || /[\n\r]/.test(text.slice(token.start, token.end))) return JSON.stringify(token);
    end = token.end;
  }
  return undefined;
}

/** What a range has that the whole file does not have there, or the other way round. */
function differing(snapshot: Snapshot, path: string, text: string): string | undefined {
  const span = { start: Math.floor(text.length / 3), end: Math.floor(text.length / 2) };
  const part = semanticTokens(snapshot, path, span).map((token) => JSON.stringify(token));
  const all = semanticTokens(snapshot, path)
    .filter(({ start, end }) => start <= span.end && span.start <= end)
    .map((token) => JSON.stringify(token));
  return part.find((one) => !all.includes(one)) ?? all.find((one) => !part.includes(one));
}
