import type { Edit } from "@agentpolicy/language";
import type { Change, Refused, Renaming } from "../../model.ts";
import type { Snapshot } from "../../snapshot.ts";
import { whyNot } from "./allowed.ts";
import { spelled } from "./spelled.ts";
import { type RenameTarget, renameTarget } from "./target.ts";
import { whyDifferent } from "./verify.ts";

/** The name at a place that can be renamed, or why it cannot; null where no name stands. */
export function prepareRename(
  snapshots: readonly Snapshot[],
  path: string,
  offset: number,
): Renaming | Refused | null {
  const target = renameTarget(snapshots, path, offset);
  return target === null || "refused" in target ? target : { span: target.span, name: target.name };
}

/**
 * Gives the name at a place another one, in every file of all of the policies. Refuses where something would not mean then
 * what it means now; texts that happen to hold the name are left alone.
 */
export function rename(
  snapshots: readonly Snapshot[],
  path: string,
  offset: number,
  newName: string,
): Change | Refused {
  const target = renameTarget(snapshots, path, offset);
  if (target === null) return { refused: "nothing here has a name" };
  if ("refused" in target) return target;
  if (newName === target.name) return { edits: [] };
  const refused = whyNot(snapshots, target, newName);
  if (refused !== null) return { refused };
  const edits = editsOf(snapshots, target, newName);
  if ("refused" in edits) return edits;
  const touched = new Set(edits.map(({ file }) => file));
  for (const snapshot of snapshots) {
    if (![...snapshot.files.keys()].some((file) => touched.has(file))) continue;
    const different = whyDifferent(snapshot, edits, target, newName);
    if (different !== null) return { refused: different };
  }
  return { edits };
}

function editsOf(
  snapshots: readonly Snapshot[],
  { places, kind }: RenameTarget,
  newName: string,
): readonly Edit[] | Refused {
  const edits: Edit[] = [];
  for (const { file, start, end } of places) {
    const text = snapshots.flatMap(({ files }) => files.get(file) ?? [])[0]?.text ?? "";
    const written = spelled(
      newName,
      text.slice(start, end),
      text.slice(Math.max(0, start - 80), start),
      kind === "tool",
    );
    if (written === null) return { refused: `\`${newName}\` cannot stand after a dot` };
    edits.push({ file, start, end, text: written });
  }
  return edits;
}
