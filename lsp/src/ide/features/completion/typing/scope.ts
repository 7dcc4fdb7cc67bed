import {
  isTestFile,
  type LocalFact,
  type NameFact,
  parseFile,
  type RecordType,
  type Tool,
  type ToolsPattern,
} from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";
import type { Cursor } from "../cursor.ts";

/** What the file of the place declares, and for a file of tests what its policy declares. */
export const namesAt = ({ snapshot, path }: Cursor): readonly NameFact[] => namesOf(snapshot, path);

const names = new WeakMap<Snapshot, Map<string, readonly NameFact[]>>();

export const namesOf = (snapshot: Snapshot, path: string): readonly NameFact[] => {
  const byPath = names.get(snapshot) ?? new Map<string, readonly NameFact[]>();
  names.set(snapshot, byPath);
  const known = byPath.get(path);
  if (known !== undefined) return known;
  const { facts } = snapshot.result;
  const own = facts.names(path);
  const outer = isTestFile(path) && path !== snapshot.entry ? facts.names(snapshot.entry) : [];
  const all = [...own, ...outer.filter(({ name }) => own.every((other) => other.name !== name))];
  byPath.set(path, all);
  return all;
};

export const nameAt = (cursor: Cursor, name: string): NameFact | undefined =>
  namesAt(cursor).find((fact) => fact.name === name);

/** What the file behind an import offers. */
export const importedNames = (cursor: Cursor, name: string): readonly NameFact[] => {
  const found = nameAt(cursor, name);
  if (found?.kind !== "import" || found.path === null) return [];
  return namesOf(cursor.snapshot, found.path).filter(({ kind }) => kind !== "import");
};

export const localsAt = ({ snapshot, path, offset }: Cursor): readonly LocalFact[] =>
  snapshot.result.facts.locals(path, offset);

/** The tools that the block, track or claim of the place covers. */
export const toolsAt = (cursor: Cursor): readonly Tool[] => {
  const { facts } = cursor.snapshot.result;
  const pattern = patternAt(cursor);
  if (pattern === undefined) return [];
  const known = facts.covered(pattern)?.tools;
  const covered = known ?? pattern.patterns.flatMap((part) => facts.covered(part)?.tools ?? []);
  return covered.flatMap((name) => facts.tools.get(name) ?? []);
};

const patternAt = ({ item, file, replace, offset }: Cursor): ToolsPattern | undefined => {
  if (item?.kind === "block") return item.tools;
  if (item?.kind === "prove") return item.claims.findLast(({ start }) => start <= offset)?.tools;
  if (item?.kind !== "track") return undefined;
  if (item.tools.patterns.length > 0) return item.tools;
  // In `sum input.▮ on bank.pay` the word after the dot was read as a name: with a name in its place the rest can be read.
  const text = `${file.text.slice(item.start, replace.start)}x ${file.text.slice(replace.end)}`;
  const [again] = parseFile(text, file.path).tree.items;
  return again?.kind === "track" ? again.tools : undefined;
};

/** The different inputs that the tools of the place take. */
export const inputsAt = (cursor: Cursor): readonly RecordType[] => [
  ...new Set(toolsAt(cursor).map(({ input }) => input)),
];
