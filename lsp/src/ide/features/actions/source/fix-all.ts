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

/** Every fix that is almost surely meant, as long as there are any. */
export function fixAllActions({ snapshot, file }: Site): readonly Action[] {
  const findings = (diagnosticsByFile(snapshot).get(file.path) ?? []).filter(preferredFix);
  if (findings.length === 0) return [];
  return [
    {
      ...action("source.fixAll", "Fix all that has one likely fix", () => fixAll(snapshot, file.path)),
      answers: findings,
    },
  ];
}

function fixAll(snapshot: Snapshot, path: string): Change {
  let now = snapshot;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { edits } = preferredEdits(diagnosticsByFile(now).get(path) ?? []);
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
