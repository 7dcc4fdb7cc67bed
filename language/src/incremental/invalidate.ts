import { forget, type Memory, SHAPES } from "../check/remember.ts";
import type { Program } from "../program/program.ts";
import type { Item } from "../syntax/ast.ts";
import type { ItemInfo } from "./items.ts";

/** What names of a program stand for, as far as it matters whether that has changed. */
export interface Declarations {
  /** What everything depends on: tools, the files and their names. */
  readonly frame: string;
  /** For each name the items that declare it, by id. */
  readonly names: ReadonlyMap<string, string>;
}

type InfoOf = (item: Item) => ItemInfo;

export const declarationsOf = (
  program: Program,
  info: InfoOf,
  numberOf: (thing: object) => number,
): Declarations => {
  const names = new Map<string, string>();
  const frame: unknown[] = [program.entry];
  for (const { path, role, prefix, imports, tree } of program.files) {
    frame.push([path, role, prefix, [...imports]]);
    for (const item of tree.items) {
      const { id, declares } = info(item);
      for (const name of declares) names.set(name, `${names.get(name) ?? ""} ${id}`);
      if (item.kind === "tools") frame.push([id, numberOf(program.catalogues.get(item)?.tools ?? item)]);
      if (item.kind === "policy") frame.push([item.name?.text]);
    }
  }
  for (const data of program.data.values()) frame.push(numberOf(data));
  return { frame: JSON.stringify(frame), names };
};

/** How long a chain of definitions may be for them to be checked apart; the checker itself has a limit some way above. */
const LONGEST_CHAIN = 80;

/**
 * Lets go of what may have changed: of items that mention a name that now stands for something else, and so on. False
 * where nothing can be kept.
 */
export const invalidate = (
  memory: Memory,
  program: Program,
  info: InfoOf,
  before: Declarations,
  now: Declarations,
): boolean => {
  if (before.frame !== now.frame) return false;
  const changed = changedNames(before, now);
  if (changed.size === 0) return true;
  const items = program.files.flatMap(({ tree }) => tree.items);
  spread(changed, items, memory, info);
  if (items.some((item) => item.kind === "tools" && mentions(info(item), changed))) return false;
  const redefined = items.some((item) => isDefinition(item) && isAffected(info(item), changed));
  if (redefined && chainOf(items, info) > LONGEST_CHAIN) return false;
  for (const item of items)
    if (hasFindings(memory, item) || mentions(info(item), changed)) forget(memory, item);
  if (ROOTS.some((root) => changed.has(root))) forget(memory, SHAPES);
  return true;
};

/** What shapes declare. */
const ROOTS = ["actor", "context", "resource"] as const;

const changedNames = (before: Declarations, now: Declarations): Set<string> => {
  const changed = new Set<string>();
  for (const [name, ids] of now.names) if (before.names.get(name) !== ids) changed.add(name);
  for (const name of before.names.keys()) if (!now.names.has(name)) changed.add(name);
  return changed;
};

const isDefinition = ({ kind }: Item): boolean => kind === "let" || kind === "fn" || kind === "type";

const mentions = ({ mentions }: ItemInfo, changed: ReadonlySet<string>): boolean => {
  if (changed.size > mentions.size) {
    for (const name of mentions) if (changed.has(name)) return true;
    return false;
  }
  for (const name of changed) if (mentions.has(name)) return true;
  return false;
};

const isAffected = (info: ItemInfo, changed: ReadonlySet<string>): boolean =>
  mentions(info, changed) || info.declares.some((name) => changed.has(name));

/** What a message offers instead of a name depends on all names. */
const hasFindings = (memory: Memory, item: Item): boolean =>
  (memory.units.get(item)?.diagnostics.length ?? 0) > 0;

/** Adds the names of what mentions a changed name, or is looked at again for another reason. */
const spread = (changed: Set<string>, items: readonly Item[], memory: Memory, info: InfoOf): void => {
  for (let size = -1; size !== changed.size; ) {
    size = changed.size;
    // Shapes are merged together, so they are made together.
    if (ROOTS.some((root) => changed.has(root))) for (const root of ROOTS) changed.add(root);
    for (const item of items) {
      const own = info(item);
      if (own.declares.length > 0 && (hasFindings(memory, item) || mentions(own, changed)))
        for (const name of own.declares) changed.add(name);
    }
  }
};

/** The most definitions that stand behind one another. */
const chainOf = (items: readonly Item[], info: InfoOf): number => {
  const definitions = new Map<string, ItemInfo[]>();
  for (const item of items) {
    if (!isDefinition(item)) continue;
    for (const name of info(item).declares)
      definitions.set(name, [...(definitions.get(name) ?? []), info(item)]);
  }
  const lengths = new Map<string, number>();
  const lengthOf = (name: string): number => {
    const known = lengths.get(name);
    if (known !== undefined) return known;
    lengths.set(name, 0);
    let longest = 0;
    for (const own of definitions.get(name) ?? [])
      for (const other of own.mentions)
        if (other !== name && definitions.has(other)) longest = Math.max(longest, lengthOf(other));
    lengths.set(name, longest + 1);
    return longest + 1;
  };
  return Math.max(0, ...[...definitions.keys()].map(lengthOf));
};
