import { basename, dirname, join, relative, sep } from "node:path";
import { emitModule, makePlan } from "@agentpolicy/compiler";
import type { CheckedPolicy } from "@agentpolicy/language";
import type { Manifest } from "@agentpolicy/runtime/abi";
import { jsonText } from "../output/json-text.ts";
import { ENDING } from "./find.ts";

/** One file that compiling gives. */
export interface CompiledFile {
  readonly path: string;
  readonly text: string;
}

/** What a policy compiles to: the texts of four files, with their absolute paths. */
export interface Compiled {
  readonly module: CompiledFile;
  readonly types: CompiledFile;
  readonly map: CompiledFile;
  readonly manifestFile: CompiledFile;
  readonly manifest: Manifest;
}

export const filesOf = ({ module, types, map, manifestFile }: Compiled): readonly CompiledFile[] => [
  module,
  types,
  map,
  manifestFile,
];

/**
 * Compiles a checked policy for the folder `out`; nothing is written. `entry` is the absolute path of its file, whose
 * name the files take.
 */
export const compiled = (policy: CheckedPolicy, entry: string, out: string): Compiled => {
  const name = basename(entry, ENDING);
  const file = `${name}.policy.js`;
  const { code, types, map, manifest } = emitModule(makePlan(policy), { file });
  return {
    module: { path: join(out, file), text: code },
    types: { path: join(out, `${name}.policy.d.ts`), text: types },
    map: { path: join(out, `${file}.map`), text: rootedMap(map, relative(out, dirname(entry))) },
    manifestFile: { path: join(out, `${name}.policy.json`), text: jsonText(manifest) },
    manifest,
  };
};

/** A source map names its sources from where it lies; those of a policy are named from the policy's folder. */
const rootedMap = (map: string, way: string): string => {
  if (way === "") return map;
  return JSON.stringify({ ...JSON.parse(map), sourceRoot: way.split(sep).join("/") });
};
