import { type Diagnostic, type Edit, type Host, loadProgram, type NameUse } from "@agentpolicy/language";
import { type Snapshot, snapshotOf } from "../../snapshot.ts";
import { coverageChange } from "./coverage.ts";
import { edited, type Moved, movedBy } from "./places.ts";
import type { RenameTarget } from "./target.ts";

/**
 * Why the policy would not be the same after the edits, but for a name: checks it as it would be. Null where it would: no
 * new error, each name stands for what it stood for, each pattern covers the tools that it covered.
 */
export function whyDifferent(
  snapshot: Snapshot,
  edits: readonly Edit[],
  target: RenameTarget,
  newName: string,
): string | null {
  const after = editedSnapshot(snapshot, edits);
  const moved = movedBy(edits);
  return (
    coverageChange(snapshot, after, target, newName) ??
    newError(snapshot, after, moved) ??
    newMeaning(snapshot, after, moved)
  );
}

/** The policy as it is after edits of its files. */
export function editedSnapshot({ entry, program }: Snapshot, edits: readonly Edit[]): Snapshot {
  const { host, sources } = program;
  const read: Host["read"] = (path) => {
    const text = sources.get(path)?.text ?? host.read(path);
    const own = edits.filter(({ file }) => file === path);
    return text === undefined || own.length === 0 ? text : edited(text, own);
  };
  const tests = program.files.filter(({ role }) => role === "tests").map(({ path }) => path);
  return snapshotOf(loadProgram(entry, { ...host, read }, { tests }));
}

function newError(before: Snapshot, after: Snapshot, moved: Moved): string | null {
  const errors = (snapshot: Snapshot) =>
    snapshot.result.diagnostics.filter(({ severity }) => severity === "error");
  const placeOf = ({ code, file }: Diagnostic, start: number) => `${code} ${start} ${file}`;
  const known = new Set(errors(before).map((one) => placeOf(one, moved(one.file, one.span.start))));
  const found = errors(after).find((one) => !known.has(placeOf(one, one.span.start)));
  return found === undefined ? null : `${found.message} (${lineOf(after, found.file, found.span.start)})`;
}

function newMeaning(before: Snapshot, after: Snapshot, moved: Moved): string | null {
  const key = ({ kind, at, declared }: NameUse, place: Moved) =>
    `${kind} ${place(at.file, at.start)} ${at.file} ${place(declared.file, declared.start)} ${declared.file}`;
  const same: Moved = (_, offset) => offset;
  const old = new Map(before.result.facts.uses.map((use) => [key(use, moved), use]));
  const now = new Map(after.result.facts.uses.map((use) => [key(use, same), use]));
  const lost = [...old].find(([key]) => !now.has(key))?.[1].at;
  if (lost !== undefined) return differs(before, lost.file, lost.start, lost.end);
  const gained = [...now].find(([key]) => !old.has(key))?.[1].at;
  return gained === undefined ? null : differs(after, gained.file, gained.start, gained.end);
}

const differs = (snapshot: Snapshot, file: string, start: number, end: number): string => {
  const text = snapshot.files.get(file)?.text.slice(start, end) ?? "";
  return `\`${text}\` would stand for something else (${lineOf(snapshot, file, start)})`;
};

const lineOf = ({ program }: Snapshot, file: string, offset: number): string => {
  const before = program.sources.get(file)?.text.slice(0, offset) ?? "";
  const line = before.split("\n").length;
  return `${file.slice(file.lastIndexOf("/") + 1)}, line ${line}`;
};
