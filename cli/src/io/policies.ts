import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isTestFile, policiesOfTestFile } from "@agentpolicy/language";
import { isMistake, type Mistake, mistake } from "../result.ts";
import { type Found, findPolicies } from "./find.ts";
import { type Loaded, loadPolicy } from "./load.ts";
import { readStdin, STDIN } from "./read.ts";

export interface PoliciesOptions {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer>;
  /** Also take the test files that lie beside a policy. */
  readonly withTests: boolean;
}

/**
 * The policies that the arguments mean, loaded and checked. A file in a folder or pattern that another one imports is
 * a part of that policy and none of its own; a test file goes with its policy; what the user names stands for itself.
 */
export const loadPolicies = async (
  args: readonly string[],
  { cwd, stdin, withTests }: PoliciesOptions,
): Promise<readonly Loaded[] | Mistake> => {
  if (args.includes("-")) {
    if (args.length > 1) return mistake("`-` (standard input) stands alone");
    const entry = resolve(cwd, "stdin.agentpolicy");
    const text = await readStdin(stdin);
    if (isMistake(text)) return text;
    const loaded = loadPolicy(entry, { cwd, overlay: new Map([[entry, { text, shown: STDIN }]]) });
    return isMistake(loaded) ? loaded : [loaded];
  }
  const found = findPolicies(args, cwd);
  if (isMistake(found)) return found;
  const tests = new Map<string, string[]>();
  const alone: Found[] = [];
  for (const file of found.filter(({ path }) => isTestFile(path))) {
    const policy = policyOf(file.path);
    if (policy === undefined) alone.push(file);
    else tests.set(policy, [...(tests.get(policy) ?? []), file.path]);
  }
  const named = found.filter(({ path }) => !isTestFile(path));
  // The policy of a test file is loaded with it, also where only the test file is asked for.
  const missing = [...tests.keys()].filter((path) => !named.some((file) => file.path === path));
  const files = [...named, ...alone, ...missing.map((path): Found => ({ path, named: true }))];
  const loaded: { readonly byName: boolean; readonly policy: Loaded }[] = [];
  for (const { path, named: byName } of files) {
    const own = withTests ? [...(tests.get(path) ?? []), ...testsBeside(path)] : (tests.get(path) ?? []);
    const policy = loadPolicy(path, { cwd, tests: [...new Set(own)].sort() });
    if (isMistake(policy)) return policy;
    loaded.push({ byName, policy });
  }
  return entriesOf(loaded).sort((a, b) => (a.entry < b.entry ? -1 : 1));
};

/** What stands for itself; where files import each other in a circle, the first of them does. */
const entriesOf = (loaded: readonly { readonly byName: boolean; readonly policy: Loaded }[]): Loaded[] => {
  const parts = new Set(loaded.flatMap(({ policy }) => policy.imports));
  const entries = loaded.filter(({ byName, policy }) => byName || !parts.has(policy.entry));
  const reached = new Set(entries.flatMap(({ policy }) => [policy.entry, ...policy.imports]));
  for (const file of loaded) {
    if (reached.has(file.policy.entry)) continue;
    entries.push(file);
    for (const path of [file.policy.entry, ...file.policy.imports]) reached.add(path);
  }
  return entries.map(({ policy }) => policy);
};

/** The policy that a test file tests, if it is there. */
const policyOf = (test: string): string | undefined =>
  policiesOfTestFile(test).find((path) => existsSync(path));

/** The test files of a policy that lie beside it. */
export const testsBeside = (policy: string): readonly string[] => {
  const folder = dirname(policy);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => isTestFile(path) && policyOf(path) === policy);
};
