import { type Diagnostic, type Host, isTestFile, policiesOfTestFile } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { findingsOf } from "./findings.ts";
import { type Analysed, analysed } from "./grouped.ts";
import { rememberedImports } from "./imports.ts";
import { type PolicyFiles, policiesAmong } from "./policies.ts";
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
  /** Whether any policy reads the file, or looked for it in vain. */
  readonly isRead: (path: string) => boolean;
}

const isPolicyPath = (path: string): boolean => path.endsWith(".agentpolicy");

export function createWorkspace(files: Host): Workspace {
  const opened = new Map<string, boolean>();
  const texts = textsOf(files);
  const { text } = texts;
  const found = new Set<string>();
  const imports = rememberedImports(files.resolve);
  const importsOf = (path: string): readonly string[] => imports.of(path, text(path) ?? "");
  const host: Host = { ...files, read: text };
  let policies: readonly Analysed[] = [];
  let graph: ReadonlyMap<string, readonly string[]> = new Map();
  let isGrouped = false;

  const known = () => [...found, ...[...opened].filter(([, policy]) => policy).map(([path]) => path)];
  const grouped = (): readonly Analysed[] => {
    if (isGrouped) return policies;
    graph = reachable(known(), text, importsOf);
    policies = policiesAmong(graph).map((files) => {
      const before = policies.find((policy) => isSame(policy.files(), files));
      before?.regroup(files);
      return before ?? analysed(files, host);
    });
    isGrouped = true;
    return policies;
  };
  /** Does something to a file's text, and drops what is no longer true. */
  const change = (path: string, act: () => void): void => {
    const [before, wasThere] = [importsOf(path), text(path) !== undefined];
    act();
    for (const policy of policies) if (policy.reads(path)) policy.drop();
    const isThere = text(path) !== undefined;
    if (isThere !== wasThere || importsOf(path).join("\n") !== before.join("\n")) isGrouped = false;
  };
  const owners = (path: string) => {
    const all = grouped();
    const own = graph.has(path)
      ? all.filter((policy) => policy.files().parts.has(path))
      : all.filter((policy) => policy.attaches(path));
    return own.sort((one, other) => nearness(one, path) - nearness(other, path));
  };
  const snapshotsOf = (path: string) => owners(path).map((policy) => policy.snapshot());
  return {
    open: (path, content, policy = opened.get(path) ?? isPolicyPath(path)) => {
      if (opened.get(path) !== policy) isGrouped = false;
      opened.set(path, policy);
      change(path, () => texts.open(path, content));
    },
    close: (path) => {
      if (opened.get(path) === true && !found.has(path)) isGrouped = false;
      opened.delete(path);
      change(path, () => texts.close(path));
    },
    found: (paths) => {
      found.clear();
      for (const path of paths) found.add(path);
      isGrouped = false;
    },
    changed: (paths) => {
      for (const path of paths) if (!opened.has(path)) change(path, () => texts.forget(path));
    },
    text,
    isOpen: (path) => opened.has(path),
    policies: () => grouped().map((policy) => policy.files()),
    policy: (entry) =>
      grouped()
        .find((policy) => policy.files().entry === entry)
        ?.snapshot() ?? null,
    snapshotsOf,
    snapshotOf: (path) => snapshotsOf(path)[0] ?? null,
    diagnostics: (path) =>
      findingsOf(
        path,
        owners(path).map((policy) => ({ snapshot: policy.snapshot(), aside: policy.files().aside })),
      ),
    files: () =>
      [...new Set(grouped().flatMap((policy) => [...policy.snapshot().program.sources.keys()]))].sort(),
    isRead: (path) => policies.some((policy) => policy.reads(path)),
  };
}

const isSame = (one: PolicyFiles, other: PolicyFiles): boolean =>
  one.entry === other.entry && one.aside === other.aside && one.tests.join("\n") === other.tests.join("\n");

/** Policies whose entry or test the file is come before those that import or read it, and those before ones kept for tests. */
const nearness = (policy: Analysed, path: string): number => {
  const { entry, tests, aside } = policy.files();
  return (entry === path || tests.includes(path) ? 0 : 1) + (aside && !tests.includes(path) ? 2 : 0);
};

/** These policy files, all that they import, directly or not, and the policies of tests, as far as there are such files. */
function reachable(
  paths: readonly string[],
  text: (path: string) => string | undefined,
  importsOf: (path: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, readonly string[]>();
  const visit = (path: string): void => {
    if (files.has(path) || text(path) === undefined) return;
    const imports = importsOf(path);
    files.set(path, imports);
    for (const next of imports) visit(next);
    const tested = isTestFile(path) ? policiesOfTestFile(path) : [];
    const policy = tested.find((candidate) => text(candidate) !== undefined);
    if (policy !== undefined) visit(policy);
  };
  for (const path of paths) visit(path);
  return files;
}
