import type { Location, NameUse, UseKind } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { type Declaration, declarationsIn } from "./declared.ts";

/** A name at a place: where it is declared, or used. */
export interface NamePlace {
  readonly at: Location;
  readonly kind: UseKind;
  /** Every place that declares it. A name may stand for arguments of several tools. */
  readonly declared: readonly Location[];
  readonly isDeclaration: boolean;
}

/** The names of a snapshot and their uses, by place. */
export interface NameIndex {
  /** The name that holds or touches a place. */
  readonly at: (path: string, offset: number) => NamePlace | null;
  /** A declaration in a policy by the place of its name; null for what stands in a catalogue. */
  readonly declaration: (at: Location) => Declaration | null;
  /** The declarations of a policy file, in the order of the text. */
  readonly declarations: (path: string) => readonly Declaration[];
  /** This place, and those that declare the same thing. */
  readonly together: (at: Location) => readonly Location[];
  readonly usesOf: (declared: Location) => readonly NameUse[];
  /** The uses in a file, in the order of the text. */
  readonly usesIn: (path: string) => readonly NameUse[];
}

export const keyOf = ({ file, start }: Pick<Location, "file" | "start">): string => `${start} ${file}`;

const known = new WeakMap<Snapshot, NameIndex>();

/** Made when it is first asked for. */
export function namesOf(snapshot: Snapshot): NameIndex {
  const found = known.get(snapshot) ?? indexOf(snapshot);
  known.set(snapshot, found);
  return found;
}

function indexOf(snapshot: Snapshot): NameIndex {
  const uses = snapshot.result.facts.uses.map((use) => narrowed(snapshot, use));
  const byFile = groupedBy(uses, ({ at }) => at.file);
  const byDeclared = groupedBy(uses, ({ declared }) => keyOf(declared));
  const declarations = new Map(
    [...snapshot.files].map(([path, file]): [string, readonly Declaration[]] => [path, declarationsIn(file)]),
  );
  const all = [...declarations.values()].flat();
  const byPlace = new Map(all.map((declaration) => [keyOf(declaration), declaration]));
  const groups = groupedBy(all, ({ group }) => group ?? "");
  const together = (at: Location): readonly Location[] => {
    const group = byPlace.get(keyOf(at))?.group;
    return group === undefined ? [at] : (groups.get(group) ?? [at]);
  };
  const others = otherPlaces(snapshot, uses, (at) => byPlace.has(keyOf(at)));
  const declaredAt = (path: string, offset: number): NamePlace | null => {
    const at = lastAt(declarations.get(path) ?? [], offset) ?? lastAt(others.get(path) ?? [], offset);
    if (at === null) return null;
    return { at: locationOf(at), kind: at.kind, declared: together(at).map(locationOf), isDeclaration: true };
  };
  const usedAt = (path: string, offset: number): NamePlace | null => {
    const own = byFile.get(path) ?? [];
    const index = lastIndex(own, ({ at }) => at.start <= offset);
    const use = own[index];
    if (use === undefined || offset > use.at.end) return null;
    let first = index;
    while (own[first - 1]?.at.start === use.at.start) first--;
    const same = own.slice(first, index + 1);
    const declared = distinct(same.flatMap((one) => together(one.declared))).map(locationOf);
    return { at: locationOf(use.at), kind: use.kind, declared, isDeclaration: false };
  };
  return {
    at: (path, offset) => {
      const places = [usedAt(path, offset), declaredAt(path, offset)].filter((place) => place !== null);
      return places.find(({ at }) => offset < at.end) ?? places[0] ?? null;
    },
    declaration: (at) => byPlace.get(keyOf(at)) ?? null,
    declarations: (path) => declarations.get(path) ?? [],
    together: (at) => together(at).map(locationOf),
    usesOf: (declared) => byDeclared.get(keyOf(declared)) ?? [],
    usesIn: (path) => byFile.get(path) ?? [],
  };
}

/** `org.Role` stands for two names; each has its own part of the text. */
function narrowed({ files }: Snapshot, use: NameUse): NameUse {
  if (use.kind !== "type") return use;
  const { file, start, end } = use.at;
  const dot = files.get(file)?.text.slice(start, end).lastIndexOf(".") ?? -1;
  return dot < 0 ? use : { ...use, at: { file, start: start + dot + 1, end } };
}

interface Other extends Location {
  readonly kind: UseKind;
}

/** Values that types list, what is declared in catalogues as far as the policy says its name, and all their tools. */
function otherPlaces(
  { result }: Snapshot,
  uses: readonly NameUse[],
  isNamed: (at: Location) => boolean,
): ReadonlyMap<string, readonly Other[]> {
  const places = new Map<string, Other>();
  const add = (kind: UseKind, at: Location) => {
    if (!isNamed(at)) places.set(keyOf(at), { ...locationOf(at), kind });
  };
  for (const { kind, declared } of uses) add(kind, declared);
  for (const { at } of result.facts.tools.values()) add("tool", at);
  const sorted = [...places.values()].sort((one, other) => one.start - other.start);
  return groupedBy(sorted, ({ file }) => file);
}

export const locationOf = ({ file, start, end }: Location): Location => ({ file, start, end });

export function distinct<T extends Location>(places: readonly T[]): readonly T[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}

export const byPlace = (one: Location, other: Location): number =>
  one.file === other.file ? one.start - other.start : one.file < other.file ? -1 : 1;

function groupedBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const name = key(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}

const lastAt = <T extends Location>(sorted: readonly T[], offset: number): T | null => {
  const found = sorted[lastIndex(sorted, ({ start }) => start <= offset)];
  return found !== undefined && offset <= found.end ? found : null;
};

/** The last one of a sorted list for which something holds that holds for all before it. */
function lastIndex<T>(sorted: readonly T[], holds: (one: T) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sorted[middle] as T)) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
