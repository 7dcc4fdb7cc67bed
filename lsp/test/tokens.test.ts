import { describe, expect, test } from "vitest";
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
      const tokens = semanticTokens(workspace.snapshotOf(path) as Snapshot, path);
      let end = 0;
      for (const token of tokens) {
        expect(token.start).toBeGreaterThanOrEqual(end);
        expect(token.end).toBeGreaterThan(token.start);
        expect(text.slice(token.start, token.end)).not.toMatch(/[\n\r]/);
        end = token.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
      expect(rangeOf(workspace.snapshotOf(path) as Snapshot, path, text)).toEqual([]);
    }
  });
});

/** What a range has that the whole file does not have there, or the other way round. */
function rangeOf(snapshot: Snapshot, path: string, text: string): readonly string[] {
  const span = { start: Math.floor(text.length / 3), end: Math.floor(text.length / 2) };
  const shown = (tokens: readonly SemanticToken[]) => shownTokens(text, tokens);
  const part = shown(semanticTokens(snapshot, path, span));
  const all = semanticTokens(snapshot, path).filter(
    ({ start, end }) => start <= span.end && span.start <= end,
  );
  const expected = shown(all);
  return [...part.filter((one) => !expected.includes(one)), ...expected.filter((one) => !part.includes(one))];
}
