import type { Location } from "@agentpolicy/language";
import { byPlace, distinct, locationOf, type NamePlace, namesOf } from "../names/index.ts";
import type { Snapshot } from "../snapshot.ts";

/** The name at a place, in whichever of the policies has one there, with its declarations in all of them. */
export function nameAt(snapshots: readonly Snapshot[], path: string, offset: number): NamePlace | null {
  const found = snapshots.flatMap((snapshot) => namesOf(snapshot).at(path, offset) ?? []);
  const [first] = found;
  if (first === undefined) return null;
  const declared = found
    .filter(({ at }) => at.start === first.at.start)
    .flatMap((place) => place.declared)
    .flatMap((one) => snapshots.flatMap((snapshot) => namesOf(snapshot).together(one)));
  return { ...first, declared: distinct(declared) };
}

/**
 * Every use of the name at a place, in all policies that have the file, by file and place; with `declaration` where it is
 * declared as well.
 */
export function references(
  snapshots: readonly Snapshot[],
  path: string,
  offset: number,
  { declaration }: { readonly declaration: boolean },
): readonly Location[] {
  const place = nameAt(snapshots, path, offset);
  if (place === null) return [];
  const uses = snapshots.flatMap((snapshot) =>
    place.declared.flatMap((one) =>
      namesOf(snapshot)
        .usesOf(one)
        .map(({ at }) => locationOf(at)),
    ),
  );
  return [...distinct([...uses, ...(declaration ? place.declared : [])])].sort(byPlace);
}
