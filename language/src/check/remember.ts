import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type LintMemory, newLintMemory } from "../lints/memory.ts";
import { addNotes, newRecorder, type Recorder, removeNotes } from "./facts/recorder.ts";
import type { NameUse } from "./facts.ts";
import type { Declared, World } from "./world.ts";

/** What checking one item has brought. It holds as long as nothing changes that the item depends on. */
export interface Unit {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Files and names. */
  readonly used: readonly (readonly [path: string, name: string])[];
  readonly usedServers: ReadonlySet<string>;
  readonly uses: readonly NameUse[];
  readonly recorder: Recorder | null;
}

/** What is kept from one check to the next, by what it is about: an item, or a key of its own. */
export interface Memory {
  readonly units: Map<object, Unit>;
  /** The notes of all units. */
  readonly recorder: Recorder | null;
  readonly coverages: World["coverages"];
  /** What is found out of rules by themselves, by the lints. */
  readonly lints: LintMemory;
  /** The units that the check at hand has met, and those that it has made. */
  readonly live: Set<Unit>;
  readonly fresh: { readonly key: object; readonly path: string; readonly unit: Unit }[];
}

export const newMemory = (facts: boolean): Memory => ({
  units: new Map(),
  recorder: facts ? newRecorder() : null,
  coverages: new Map(),
  lints: newLintMemory(),
  live: new Set(),
  fresh: [],
});

/** The keys of what is not about one item. */
export const TOOLS = {};
export const SHAPES = {};

/**
 * Does what has to be done for one item, or gives what came of it before. What it reports and uses is taken down by
 * itself, and put together with the rest by `gather`. Without a memory it is simply done.
 */
export const remembered = <T>(world: World, key: object, path: string, run: (world: World) => T): T => {
  const { memory } = world;
  if (memory === null) return run(world);
  const before = memory.units.get(key);
  if (before !== undefined) {
    memory.live.add(before);
    return before.value as T;
  }
  const diagnostics: Diagnostic[] = [];
  const used = new Set<Declared>();
  const usedServers = new Set<string>();
  const uses: NameUse[] = [];
  const recorder = world.recorder === null ? null : newRecorder();
  const value = run({ ...world, diagnostics, used, usedServers, uses, recorder });
  const names = [...used].map(({ file, name }) => [file.path, name] as const);
  const unit: Unit = { value, diagnostics, used: names, usedServers, uses, recorder };
  memory.units.set(key, unit);
  memory.live.add(unit);
  memory.fresh.push({ key, path, unit });
  return value;
};

/** Lets go of what is known of an item. */
export const forget = (memory: Memory, key: object): void => {
  const unit = memory.units.get(key);
  memory.units.delete(key);
  if (unit?.recorder != null && memory.recorder !== null) removeNotes(memory.recorder, unit.recorder);
};

/** Puts together what all units that were met have brought, and lets go of the others. */
export const gather = (world: World): void => {
  const { memory } = world;
  if (memory === null) return;
  for (const [key, unit] of memory.units) if (!memory.live.has(unit)) forget(memory, key);
  for (const { unit } of memory.fresh)
    if (unit.recorder !== null && memory.recorder !== null) addNotes(memory.recorder, unit.recorder);
  for (const { diagnostics, used, usedServers, uses } of world.memory?.live ?? []) {
    for (const diagnostic of diagnostics) world.diagnostics.push(diagnostic);
    for (const [path, name] of used) {
      const declared = world.files.get(path)?.names.get(name);
      if (declared !== undefined) world.used.add(declared);
    }
    for (const server of usedServers) world.usedServers.add(server);
    for (const use of uses) world.uses.push(use);
  }
};
