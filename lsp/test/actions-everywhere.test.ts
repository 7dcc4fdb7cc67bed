import { policyHash } from "@agentpolicy/compiler";
import { format, parseFile } from "@agentpolicy/language";
import { describe, expect, test } from "vitest";
import { codeActions } from "../src/ide/features/actions/actions.ts";
import { formatDocument, formatRange } from "../src/ide/features/format/format.ts";
import { formatOnType } from "../src/ide/features/format/on-type.ts";
import { edited } from "../src/ide/features/rename/places.ts";
import { editedSnapshot } from "../src/ide/features/rename/verify.ts";
import type { Action } from "../src/ide/model.ts";
import type { Snapshot } from "../src/ide/snapshot.ts";
import { type Node, nodesOf } from "../src/ide/tree/path.ts";
import { testResults } from "../src/ide/trial/tests.ts";
import { createWorkspace } from "../src/ide/workspace/workspace.ts";
import { EXAMPLES, examplePolicies } from "./support/examples.ts";

const POLICIES = examplePolicies();

/** Places of each policy at which actions are asked for. */
const PLACES = Number(process.env.AGENTPOLICY_PLACES ?? 12);
/** What makes no function and no name of a rule leaves the very hash as it is. */
const KEEPS_HASH = /^(Extract to constant|Merge|Create tests)/;

const opened = (path: string): Snapshot => {
  const workspace = createWorkspace(EXAMPLES);
  workspace.found(POLICIES);
  return workspace.snapshotOf(path) as Snapshot;
};

const errors = ({ result }: Snapshot) =>
  result.diagnostics.filter(({ severity }) => severity === "error").length;

const failures = (snapshot: Snapshot) =>
  testResults(snapshot)?.filter((one) => one.failures.length > 0).length ?? -1;

const taken: string[] = [];
const refused: string[] = [];

/** Takes an action, and looks at the policy as it is then. */
function take(snapshot: Snapshot, { title, kind, change }: Action): void {
  const outcome = change();
  if ("refused" in outcome) {
    refused.push(outcome.refused);
    return;
  }
  taken.push(`${kind} ${title}`);
  const after = editedSnapshot(snapshot, outcome.edits);
  expect(errors(after), title).toBeLessThanOrEqual(errors(snapshot));
  for (const path of new Set(outcome.edits.map(({ file }) => file))) {
    const { text } = after.files.get(path) ?? { text: "" };
    expect(parseFile(text, path).diagnostics, title).toEqual([]);
    const once = format(text, path).text;
    expect(format(once, path).text, title).toBe(once);
  }
  if (!kind.startsWith("refactor")) return;
  expect(failures(after), title).toBe(failures(snapshot));
  if (!KEEPS_HASH.test(title)) return;
  const hashOf = ({ result }: Snapshot) => result.policy && policyHash(result.policy);
  expect(hashOf(after), title).toBe(hashOf(snapshot));
}

const sampled = <T>(all: readonly T[], most: number): readonly T[] => {
  const step = Math.max(1, Math.floor(all.length / most));
  return all.filter((_, index) => index % step === 0);
};

/** Refused with good reason. */
const GROUNDS = [
  /may be absent$/,
  /has no argument `[^`]*`$/,
  /^what it says cannot stand in a text$/,
  /^no call was found that `[^`]*` decides$/,
];

describe("each action that is offered can be taken", () => {
  test.each(POLICIES)(
    "%s",
    (path) => {
      const snapshot = opened(path);
      const nodes: Node[] = [...nodesOf(snapshot.files.get(path)?.tree as Node)];
      const seen = new Set<string>();
      for (const { start, end } of sampled(nodes, PLACES))
        for (const span of [
          { start, end },
          { start, end: start },
        ])
          for (const one of codeActions(snapshot, path, span)) {
            const key = `${one.kind} ${one.title} ${one.kind === "refactor.extract" ? start : ""}`;
            if (!seen.has(key)) take(snapshot, one);
            seen.add(key);
          }
    },
    120_000,
  );

  test("most of them, and of each kind some", () => {
    expect(refused.filter((why) => !GROUNDS.some((ground) => ground.test(why)))).toEqual([]);
    expect(refused.length).toBeLessThan(taken.length / 4);
    for (const kind of ["extract", "inline", "rewrite"])
      expect(taken.filter((one) => one.startsWith(`refactor.${kind}`)).length).toBeGreaterThan(2);
  });
});

describe("formatting", () => {
  test.each(POLICIES)("%s, badly set, is set right", (path) => {
    const snapshot = opened(path);
    const file = snapshot.files.get(path);
    if (!file) throw new Error(path);
    const bad = file.text.replaceAll(/\n {2}(?! )/g, "\n      ").replaceAll(" and ", "  and   ");
    const { tree } = parseFile(bad, path);
    const own = { ...file, text: bad, tree };
    const edits = formatDocument(own);
    expect(edited(bad, edits)).toBe(format(bad, path).text);
    expect(edits.every(({ text }) => text.length < 40)).toBe(true);
    for (const item of tree.items) {
      const after = edited(bad, formatRange(own, item));
      expect(parseFile(after, path).diagnostics).toEqual([]);
      expect(format(after, path).text).toBe(format(bad, path).text);
    }
  });

  test.each(POLICIES)("%s, typed line by line, stands in its columns", (path) => {
    const snapshot = opened(path);
    const file = snapshot.files.get(path);
    if (!file) throw new Error(path);
    const text = format(file.text, path).text;
    const wrong: string[] = [];
    for (const { index, 1: blanks = "", 2: rest = "" } of text.matchAll(/^([ \t]*)(\S.*)$/gm)) {
      if (/^\/\//.test(rest)) continue;
      const typed = text.slice(0, index) + rest + text.slice(index + blanks.length + rest.length);
      const { tree } = parseFile(typed, path);
      const [edit] = formatOnType({ ...file, text: typed, tree }, index, "\n");
      if ((edit?.text ?? "") !== blanks) wrong.push(`${edit?.text.length ?? 0} for ${blanks}${rest}`);
    }
    expect(wrong).toEqual([]);
  });
});
