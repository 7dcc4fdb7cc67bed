import { type Edit, lineIndex, parseFile } from "@agentpolicy/language";
import type { Change, Refused } from "../../../model.ts";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";
import { editsBetween } from "../../format/edits.ts";
import { formatRange } from "../../format/format.ts";
import { edited, movedBy } from "../../rename/places.ts";
import { editedSnapshot } from "../../rename/verify.ts";
import { compatible } from "../fixes/overlap.ts";
import { type Leeway, meaningHash } from "./meaning.ts";

/**
 * A change that leaves the meaning of the policy as it is; or why these edits do not: they make an error, or the policy
 * would decide otherwise. What they touch is formatted where it was before.
 */
export function kept(snapshot: Snapshot, rough: readonly Edit[], leeway: Leeway = {}): Change | Refused {
  const edits = formatted(snapshot, rough);
  const after = editedSnapshot(snapshot, edits);
  const found = newError(snapshot, after);
  if (found !== null) return { refused: found };
  const [old, now] = [snapshot.result.policy, after.result.policy];
  const isSame = old === null || (now !== null && meaningHash(old, leeway) === meaningHash(now, leeway));
  return isSame ? { edits } : { refused: "the policy would mean something else" };
}

/** The message of an error that was not there before. */
export function newError(before: Snapshot, after: Snapshot): string | null {
  const left = new Map<string, number>();
  const errors = ({ result }: Snapshot) => result.diagnostics.filter(({ severity }) => severity === "error");
  for (const { code, message } of errors(before)) {
    const key = `${code} ${message}`;
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  for (const { code, message } of errors(after)) {
    const key = `${code} ${message}`;
    const count = left.get(key) ?? 0;
    if (count === 0) return message;
    left.set(key, count - 1);
  }
  return null;
}

/** The same edits, with the items and members they touch in the canonical format where these were before. */
export function formatted(snapshot: Snapshot, edits: readonly Edit[]): readonly Edit[] {
  const paths = [...new Set(edits.map(({ file }) => file))];
  return paths.flatMap((path) => {
    const file = snapshot.files.get(path);
    const own = edits.filter((edit) => edit.file === path);
    return file === undefined ? own : formattedIn(file, own);
  });
}

function formattedIn(file: SnapshotFile, edits: readonly Edit[]): readonly Edit[] {
  const rough = edited(file.text, edits);
  const { tree, diagnostics } = parseFile(rough, file.path);
  if (diagnostics.length > 0) return edits;
  const moved = movedBy(edits);
  const next = { path: file.path, text: rough, tree, lines: lineIndex(rough) };
  const changes: Edit[] = [];
  for (const edit of edits) {
    if (formatRange(file, edit).length > 0) continue;
    const end = moved(file.path, edit.end);
    const own = formatRange(next, { start: end - edit.text.length, end });
    const fresh = own.filter(
      ({ start, end }) => !changes.some((one) => one.start === start && one.end === end),
    );
    if (compatible(changes, fresh)) changes.push(...fresh);
  }
  return editsBetween(file.path, file.text, edited(rough, changes));
}
