import type { Diagnostic, Host } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { findingsOf } from "./findings.ts";
import { groupsOf } from "./groups.ts";
import type { PolicyFiles } from "./policies.ts";
import { textsOf } from "./texts.ts";

/**
 * The policies of an editor: documents that are open, over files. Analyses what is asked for, when it is asked for, and
 * again only what a change touches. Paths are those of the host; one path for one file.
 */
export interface Workspace {
  /** A document is opened or edited: its text goes before the file's. `policy` says what its name does not tell. */
  readonly open: (path: string, text: string, policy?: boolean) => void;
  /** The document is closed: the file counts again. */
  readonly close: (path: string) => void;
  /** The policy files in the folders of the workspace: all of them. */
  readonly found: (paths: Iterable<string>) => void;
  /** Files that were made, changed or removed. */
  readonly changed: (paths: Iterable<string>) => void;
  /** The text of a file as it is now; undefined where there is none. */
  readonly text: (path: string) => string | undefined;
  readonly isOpen: (path: string) => boolean;
  readonly policies: () => readonly PolicyFiles[];
  /** A policy by its entry. */
  readonly policy: (entry: string) => Snapshot | null;
  /** Every policy that a file is part of: as entry, import, test, catalogue or data. Its own comes first. */
  readonly snapshotsOf: (path: string) => readonly Snapshot[];
  /** The first of these. */
  readonly snapshotOf: (path: string) => Snapshot | null;
  /** What there is to say of a file now. */
  readonly diagnostics: (path: string) => readonly Diagnostic[];
  /** Every file that belongs to a policy, in order. */
  readonly files: () => readonly string[];
}

const isPolicyPath = (path: string): boolean => path.endsWith(".agentpolicy");

export function createWorkspace(files: Host): Workspace {
  const opened = new Map<string, boolean>();
  const found = new Set<string>();
  const texts = textsOf(files);
  const { text } = texts;
  const known = () => [...found, ...[...opened].filter(([, policy]) => policy).map(([path]) => path)];
  const groups = groupsOf({ ...files, read: text }, known);
  const owners = (path: string) => groups.owning(path);
  const snapshotsOf = (path: string) => owners(path).map((policy) => policy.snapshot());
  return {
    open: (path, content, policy = opened.get(path) ?? isPolicyPath(path)) => {
      if (opened.get(path) !== policy) groups.regroup();
      opened.set(path, policy);
      groups.change(path, () => texts.open(path, content));
    },
    close: (path) => {
      if (opened.get(path) === true && !found.has(path)) groups.regroup();
      opened.delete(path);
      groups.change(path, () => texts.close(path));
    },
    found: (paths) => {
      found.clear();
      for (const path of paths) found.add(path);
      groups.regroup();
    },
    changed: (paths) => {
      for (const path of paths) if (!opened.has(path)) groups.change(path, () => texts.forget(path));
    },
    text,
    isOpen: (path) => opened.has(path),
    policies: () => groups.all().map((policy) => policy.files()),
    policy: (entry) =>
      groups
        .all()
        .find((policy) => policy.files().entry === entry)
        ?.snapshot() ?? null,
    snapshotsOf,
    snapshotOf: (path) => owners(path)[0]?.snapshot() ?? null,
    diagnostics: (path) =>
      findingsOf(
        path,
        owners(path).map((policy) => ({ snapshot: policy.snapshot(), aside: policy.files().aside })),
      ),
    files: () =>
      [...new Set(groups.all().flatMap((policy) => [...policy.snapshot().program.sources.keys()]))].sort(),
  };
}
