import { emitModule, makePlan } from "@agentpolicy/compiler";
import { check, loadProgram, resolvePath } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";

/** A file that compiling gives; `name` is that in the policy's folder. */
export interface CompiledFile {
  readonly name: string;
  readonly text: string;
}

const ENDING = /\.agentpolicy$/;

/**
 * What `agentpolicy compile` writes beside a policy, the module first; null where it has errors. The policy is read anew
 * without its tests and as seen from its folder, as the command does, so that the bytes are the same.
 */
export function compiledFiles({ entry, program: { host } }: Snapshot): readonly CompiledFile[] | null {
  const name = entry.slice(entry.lastIndexOf("/") + 1);
  const inFolder = {
    read: (path: string) => host.read(host.resolve(entry, path)),
    resolve: resolvePath,
  };
  const { policy } = check(loadProgram(name, inFolder));
  if (policy === null) return null;
  const stem = name.replace(ENDING, "");
  const file = `${stem}.policy.js`;
  const { code, types, map, manifest } = emitModule(makePlan(policy), { file });
  return [
    { name: file, text: code },
    { name: `${stem}.policy.d.ts`, text: types },
    { name: `${file}.map`, text: map },
    { name: `${stem}.policy.json`, text: `${JSON.stringify(manifest, null, 2)}\n` },
  ];
}
