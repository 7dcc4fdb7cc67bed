import type { CheckResult, LineIndex, Program, SourceFile } from "@agentpolicy/language";

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
  readonly result: CheckResult;
  /** The policy files by path: the entry, what it imports, and its tests. */
  readonly files: ReadonlyMap<string, SnapshotFile>;
}
