import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { codeActions } from "../src/ide/features/actions/actions.ts";
import { editedSnapshot } from "../src/ide/features/rename/verify.ts";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { snapshotFor } from "./support/ask.ts";

const PAGES = fileURLToPath(new URL("../../language/docs/", import.meta.url));

/** The example of what is wrong on a page, with its files. */
function wrongOn(page: string): Readonly<Record<string, string>> {
  const text = readFileSync(PAGES + page, "utf8");
  const wrong = text.slice(text.indexOf("\n## Wrong"), text.indexOf("\n## Right"));
  const blocks = [...wrong.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)];
  return Object.fromEntries(
    blocks.map(([, info = "", body = ""]) => [info.trim().split(/\s+/)[1] ?? "policy.agentpolicy", body]),
  );
}

const count = ({ result }: Snapshot, code: string) =>
  result.diagnostics.filter((one) => one.code === code).length;

/** Nothing can be offered for the examples of these: only their authors know what is meant. */
const OPEN: ReadonlySet<string> = new Set([
  "always-false",
  "always-true",
  "conflicting-field",
  "definition-limit",
  "division",
  "empty-list",
  "exponential-pattern",
  "import-cycle",
  "invalid-clause",
  "invalid-constant",
  "invalid-pattern",
  "never-equal",
  "never-matches",
  "no-arithmetic",
  "no-matching-tool",
  "no-order",
  "not-a-condition",
  "not-a-function",
  "not-a-type",
  "not-comparable",
  "not-constant",
  "not-finite",
  "not-readable-here",
  "not-showable",
  "overrules-all",
  "recursive-name",
  "redundant-condition",
  "slow-pattern",
  "too-deep",
  "type-mismatch",
  "unconstrained-argument",
  "unexpected-token",
  "where-matches-nothing",
  "where-not-decided",
  "where-unknown",
]);
const unanswered: string[] = [];

describe("the example on the page of each finding", () => {
  const pages = readdirSync(PAGES).filter((name) => /^[a-z-]+\.md$/.test(name));
  test.each(pages)("%s: its answers make the finding go away", (page) => {
    const code = page.slice(0, -".md".length);
    const files = wrongOn(page);
    const snapshot = snapshotFor({ files });
    const finding = snapshot.result.diagnostics.find((one) => one.code === code);
    if (finding === undefined || !snapshot.files.has(finding.file)) return;
    const actions = codeActions(snapshot, finding.file, finding.span, { only: ["quickfix"] }).filter(
      ({ answers }) => answers?.some((one) => one.code === code),
    );
    if (actions.length === 0) unanswered.push(code);
    for (const { title, change } of actions) {
      const outcome = change();
      if ("refused" in outcome) throw new Error(`${title}: ${outcome.refused}`);
      const { host } = snapshot.program;
      const read = (path: string) => outcome.created?.[path] ?? host.read(path);
      const after = editedSnapshot(
        { ...snapshot, program: { ...snapshot.program, host: { ...host, read } } },
        outcome.edits,
      );
      const text = after.files.get(finding.file)?.text;
      expect(count(after, code), `${title}\n${text}`).toBeLessThan(count(snapshot, code));
    }
  });

  test("all but those that only their authors can answer", () => {
    expect(new Set(unanswered)).toEqual(OPEN);
  });
});
