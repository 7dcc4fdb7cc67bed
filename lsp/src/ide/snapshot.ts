import {
  type CheckResult,
  check,
  type Facts,
  type LineIndex,
  lineIndex,
  type Program,
  type SourceFile,
} from "@agentpolicy/language";

/** One file of a policy as it is now. */
export interface SnapshotFile {
  readonly path: string;
  readonly text: string;
  readonly tree: SourceFile;
  readonly lines: LineIndex;
}

/**
 * A policy with all its files as they are at one moment, loaded and checked. It never changes: whoever edits gets another
 * one. All places are offsets in UTF-16 units.
 */
export interface Snapshot {
  /** The path of the policy's entry file. */
  readonly entry: string;
  readonly program: Program;
  readonly result: CheckResult & { readonly facts: Facts };
  /** The policy files by path: the entry, what it imports, and its tests. */
  readonly files: ReadonlyMap<string, SnapshotFile>;
}

/** A snapshot of a program; `result` where it has been checked already. */
export function snapshotOf(
  program: Program,
  result: Snapshot["result"] = check(program, { facts: true }),
): Snapshot {
  const files = program.files.map(({ path, tree }): [string, SnapshotFile] => [
    path,
    { path, text: tree.text, tree, lines: lineIndex(tree.text) },
  ]);
  return { entry: program.entry, program, result, files: new Map(files) };
}
