import { dirname, resolve } from "node:path";
import { closures, makePlan } from "@agentpolicy/compiler";
import { type CheckedPolicy, type Diagnostic, renderDiagnostic } from "@agentpolicy/language";
import type { Manifest, Policy } from "@agentpolicy/runtime/abi";
import { compiled, filesOf } from "./io/compiled.ts";
import { loadPolicy } from "./io/load.ts";
import { testsBeside } from "./io/policies.ts";
import { readText } from "./io/read.ts";
import { writeText } from "./io/write.ts";
import { isMistake } from "./result.ts";

/** A policy file, checked. `policy` is null where there is an error among the diagnostics. */
export interface CheckedFile {
  readonly policy: CheckedPolicy | null;
  /** Findings by file and place; paths are relative to the working folder. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that the diagnostics speak of, by path, for `renderDiagnostic`. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Where the parts of a compiled policy were written: absolute paths, and the manifest itself. */
export interface CompiledPolicy {
  readonly module: string;
  readonly types: string;
  readonly map: string;
  readonly manifest: Manifest;
}

/**
 * Checks a policy file with what it imports, as `agentpolicy check` does.
 *
 * @param path the policy's file, relative to the working folder or absolute
 * @param options `tests`: also take the `*.test.agentpolicy` files beside it, for `runTests`
 * @returns the checked policy, or null, and everything that was found
 * @throws where there is no such file, or it or a file that it names cannot be read as text
 */
export const checkPolicyFile = async (
  path: string,
  options: { readonly tests?: boolean } = {},
): Promise<CheckedFile> => {
  const entry = resolve(path);
  const text = readText(entry, path);
  if (isMistake(text)) throw new Error(text.message);
  const loaded = loadPolicy(entry, {
    cwd: process.cwd(),
    tests: options.tests === true ? testsBeside(entry) : [],
  });
  if (isMistake(loaded)) throw new Error(loaded.message);
  const { policy, diagnostics, sources } = loaded;
  return { policy, diagnostics, sources };
};

/**
 * Checks a policy file and makes it ready to decide, without writing anything: for watch modes, tests and small hosts.
 * In production load the module that `agentpolicy compile` writes.
 *
 * @param path the policy's file, relative to the working folder or absolute
 * @throws where the policy has errors; the message shows them as the command would. A host without a policy must not go on
 */
export const loadPolicyFile = async (path: string): Promise<Policy> =>
  closures(makePlan(soundPolicy(path, await checkPolicyFile(path))));

/**
 * Checks a policy file and writes what `agentpolicy compile` writes: the module, its types, a source map and the manifest.
 *
 * @param path the policy's file, relative to the working folder or absolute
 * @param options `out`: the folder to write to; beside the policy where absent
 * @throws where the policy has errors, which the message shows, or a file cannot be written
 */
export const compilePolicyFile = async (
  path: string,
  options: { readonly out?: string } = {},
): Promise<CompiledPolicy> => {
  const policy = soundPolicy(path, await checkPolicyFile(path));
  const entry = resolve(path);
  const made = compiled(policy, entry, options.out === undefined ? dirname(entry) : resolve(options.out));
  for (const file of filesOf(made)) {
    const failed = writeText(file.path, file.text, file.path);
    if (failed !== null) throw new Error(failed.message);
  }
  return { module: made.module.path, types: made.types.path, map: made.map.path, manifest: made.manifest };
};

const soundPolicy = (path: string, { policy, diagnostics, sources }: CheckedFile): CheckedPolicy => {
  if (policy !== null) return policy;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const frames = errors.map((error) => renderDiagnostic(error, sources, { style: "pretty", colour: false }));
  throw new Error(`the policy \`${path}\` has errors\n\n${frames.join("\n\n")}`, { cause: errors });
};
