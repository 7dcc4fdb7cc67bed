import { type Host, isTestFile, policiesOfTestFile } from "@agentpolicy/language";
import { type Analysed, analysed } from "./analysed.ts";
import { rememberedImports } from "./imports.ts";
import { type PolicyFiles, policiesAmong } from "./policies.ts";

/** Policy files grouped into policies, and kept so until files or imports come or go. */
export interface Groups {
  readonly all: () => readonly Analysed[];
  /** Every policy that a file is part of, its own first. */
  readonly owning: (path: string) => readonly Analysed[];
  /** Does something to a file's text, and drops what is no longer true. */
  readonly change: (path: string, act: () => void) => void;
  /** Other files are known than before. */
  readonly regroup: () => void;
}

/** `known` are the policy files from which others are reached. */
export function groupsOf(host: Host, known: () => readonly string[]): Groups {
  const { read } = host;
  const imports = rememberedImports(host.resolve);
  const importsOf = (path: string): readonly string[] => imports.of(path, read(path) ?? "");
  let policies: readonly Analysed[] = [];
  let graph: ReadonlyMap<string, readonly string[]> = new Map();
  let isGrouped = false;
  const all = (): readonly Analysed[] => {
    if (isGrouped) return policies;
    graph = reachable(known(), read, importsOf);
    policies = policiesAmong(graph).map((files) => {
      const before = policies.find((policy) => isSame(policy.files(), files));
      before?.regroup(files);
      return before ?? analysed(files, host);
    });
    isGrouped = true;
    return policies;
  };
  return {
    all,
    owning: (path) => {
      const candidates = all();
      const own = graph.has(path)
        ? candidates.filter((policy) => policy.files().parts.has(path))
        : candidates.filter((policy) => policy.attaches(path));
      return own.sort((one, other) => nearness(one, path) - nearness(other, path));
    },
    change: (path, act) => {
      const [before, wasThere] = [importsOf(path), read(path) !== undefined];
      act();
      for (const policy of policies) if (policy.reads(path)) policy.drop();
      const isThere = read(path) !== undefined;
      if (isThere !== wasThere || importsOf(path).join("\n") !== before.join("\n")) isGrouped = false;
    },
    regroup: () => {
      isGrouped = false;
    },
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
