import { type Analysis, createAnalysis, type Host, updateAnalysis } from "@agentpolicy/language";
import { type Snapshot, snapshotOf } from "../snapshot.ts";
import type { PolicyFiles } from "./policies.ts";

/** A policy that is analysed when it is asked for, and stays so until one of its files changes. */
export interface Analysed {
  readonly files: () => PolicyFiles;
  /** It is made of other files now; entry and tests are the same. */
  readonly regroup: (files: PolicyFiles) => void;
  readonly snapshot: () => Snapshot;
  /** Whether it would be another one if this file were: it was read, or looked for in vain. */
  readonly reads: (path: string) => boolean;
  /** Whether the file, which is no policy file, is a part of it: a catalogue or data. */
  readonly attaches: (path: string) => boolean;
  /** A file that it reads has changed. */
  readonly drop: () => void;
}

export function analysed(first: PolicyFiles, host: Host): Analysed {
  let files = first;
  let snapshot: Snapshot | null = null;
  const asked = new Set<string>();
  const read = (path: string): string | undefined => {
    asked.add(path);
    return host.read(path);
  };
  const begin = (): Analysis => createAnalysis(first.entry, { ...host, read }, { tests: first.tests });
  let analysis = begin();
  const make = (): Snapshot => {
    asked.clear();
    try {
      const { program, ...result } = updateAnalysis(analysis);
      return snapshotOf(program, result);
    } catch (error) {
      // What was kept from one time to the next is not to be trusted any more.
      analysis = begin();
      throw error;
    }
  };
  const current = (): Snapshot => {
    snapshot ??= make();
    return snapshot;
  };
  return {
    files: () => files,
    regroup: (now) => {
      files = now;
    },
    snapshot: current,
    reads: (path) => asked.has(path),
    attaches: (path) => {
      const kind = current().program.sources.get(path)?.kind;
      return kind !== undefined && kind !== "policy";
    },
    drop: () => {
      snapshot = null;
    },
  };
}
