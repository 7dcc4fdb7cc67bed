import { isTestFile, policiesOfTestFile } from "@agentpolicy/language";

/** The files that make a policy: its entry and the tests beside it. What they import is found by loading them. */
export interface PolicyFiles {
  readonly entry: string;
  readonly tests: readonly string[];
  /** Other policies import the entry; by itself it is looked at only because tests stand beside it. */
  readonly aside: boolean;
  /** These and all policy files that they import, directly or not. */
  readonly parts: ReadonlySet<string>;
}

/**
 * Which policies there are. A file that another one imports is a part of that policy and none of its own, unless tests
 * stand beside it; a test file goes with its policy; where files import each other in a circle, the first of them
 * stands for it.
 *
 * @param files every policy file with the policy files that it imports
 */
export function policiesAmong(files: ReadonlyMap<string, readonly string[]>): readonly PolicyFiles[] {
  const tests = testsByPolicy(files);
  const tested = new Set([...tests.values()].flat());
  const parts = new Set([...files].flatMap(([path, imports]) => imports.filter((one) => one !== path)));
  const alone = [...files.keys()].filter((path) => !tested.has(path)).sort();
  const entries = alone.filter((path) => !parts.has(path));
  const reached = new Set<string>();
  const reach = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const next of [...(files.get(path) ?? []), ...(tests.get(path) ?? [])]) reach(next);
  };
  for (const path of entries) reach(path);
  for (const path of alone) {
    if (reached.has(path)) continue;
    entries.push(path);
    reach(path);
  }
  const beside = [...tests.keys()].filter((path) => !entries.includes(path));
  return [...entries, ...beside].sort().map((entry) => {
    const own = tests.get(entry) ?? [];
    return { entry, tests: own, aside: beside.includes(entry), parts: partsOf(files, [entry, ...own]) };
  });
}

function partsOf(
  files: ReadonlyMap<string, readonly string[]>,
  roots: readonly string[],
): ReadonlySet<string> {
  const parts = new Set(roots);
  for (const path of parts) for (const next of files.get(path) ?? []) parts.add(next);
  return parts;
}

/** The test files of each policy that is there, in order. */
function testsByPolicy(files: ReadonlyMap<string, unknown>): ReadonlyMap<string, readonly string[]> {
  const tests = new Map<string, string[]>();
  for (const path of [...files.keys()].filter(isTestFile).sort()) {
    const policy = policiesOfTestFile(path).find((candidate) => files.has(candidate) && candidate !== path);
    if (policy !== undefined) tests.set(policy, [...(tests.get(policy) ?? []), path]);
  }
  return tests;
}
