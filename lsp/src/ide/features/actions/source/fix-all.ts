import type { Diagnostic } from "@agentpolicy/language";
import type { Action, Change } from "../../../model.ts";
import type { Snapshot } from "../../../snapshot.ts";
import { diagnosticsByFile } from "../../../workspace/findings.ts";
import { editsBetween } from "../../format/edits.ts";
import { editedSnapshot } from "../../rename/verify.ts";
import { action, type Site } from "../action.ts";
import { preferredEdits, preferredFix } from "../fixes/quick-fixes.ts";

/** So often what one fix brings up is fixed in turn. */
const ROUNDS = 10;

/**
 * What may be fixed without anybody looking, when a file is saved: only what is written as in other languages and means one
 * thing. A guess of a tool, an argument or a value, or a guard before an optional, would make another rule of it.
 */
const SAME_MEANING: readonly string[] = [
  "foreign-character",
  "foreign-operator",
  "foreign-effect",
  "foreign-syntax",
];

const fixable = (snapshot: Snapshot, path: string): readonly Diagnostic[] =>
  (diagnosticsByFile(snapshot).get(path) ?? []).filter(
    (finding) => SAME_MEANING.includes(finding.code) && preferredFix(finding),
  );

/** Every fix that changes how something is written and not what it says, as long as there are any. */
export function fixAllActions({ snapshot, file }: Site): readonly Action[] {
  const findings = fixable(snapshot, file.path);
  if (findings.length === 0) return [];
  return [
    {
      ...action("source.fixAll", "Fix all that is written as in other languages", () =>
        fixAll(snapshot, file.path),
      ),
      answers: findings,
    },
  ];
}

function fixAll(snapshot: Snapshot, path: string): Change {
  let now = snapshot;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { edits } = preferredEdits(fixable(now, path));
    if (edits.length === 0) break;
    const next = editedSnapshot(now, edits);
    if (errorsOf(next) > errorsOf(now)) break;
    now = next;
  }
  const [before, after] = [snapshot.files.get(path)?.text ?? "", now.files.get(path)?.text ?? ""];
  return { edits: editsBetween(path, before, after) };
}

const errorsOf = ({ result }: Snapshot): number =>
  result.diagnostics.filter(({ severity }: Diagnostic) => severity === "error").length;
