import type { Location, UseKind } from "@agentpolicy/language";
import type { Refused, Renaming } from "../../model.ts";
import type { Declaration } from "../../names/declared.ts";
import { byPlace, distinct, locationOf, namesOf } from "../../names/index.ts";
import { isRoot } from "../../names/own.ts";
import type { Snapshot } from "../../snapshot.ts";
import { pathAt } from "../../tree/path.ts";
import { nameAt } from "../references.ts";

/** A name with all that changes with it. */
export interface RenameTarget {
  readonly kind: UseKind;
  /** What it is called, and where it was asked for. */
  readonly name: string;
  readonly span: Renaming["span"];
  readonly declarations: readonly Declaration[];
  /** Every place where it is written, declarations as well, by file and place. */
  readonly places: readonly Location[];
}

/** The name at a place that can be renamed there, why it cannot be, or null where there is none. */
export function renameTarget(
  snapshots: readonly Snapshot[],
  path: string,
  offset: number,
): RenameTarget | Refused | null {
  const place = nameAt(snapshots, path, offset);
  if (place === null) return unnamed(snapshots, path, offset);
  if (place.kind === "value")
    return { refused: `${cut(snapshots, place.at)} is a value that requests send, not a name` };
  const { declared, used } = connected(snapshots, place.declared);
  const declarations: Declaration[] = [];
  for (const at of declared) {
    const found = snapshots.flatMap((snapshot) => namesOf(snapshot).declaration(at) ?? [])[0];
    if (found === undefined) return { refused: outside(snapshots, place.kind, at) };
    if (found.group === "shape actor.id" || found.group === "shape actor.type")
      return { refused: `\`actor.${found.name}\` is a name of the language` };
    declarations.push(found);
  }
  const [first] = declarations;
  if (first === undefined) return null;
  return {
    kind: place.kind,
    name: first.name,
    span: { start: place.at.start, end: place.at.end },
    declarations,
    places: [...distinct([...declared, ...used])].sort(byPlace),
  };
}

/** All that is declared, and all uses, that hang together: a use of `input.path` may stand for arguments of several tools. */
function connected(snapshots: readonly Snapshot[], from: readonly Location[]) {
  const declared = new Map<string, Location>();
  const used: Location[] = [];
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const key = `${at.start} ${at.file}`;
    if (declared.has(key)) continue;
    declared.set(key, locationOf(at));
    for (const snapshot of snapshots) {
      const names = namesOf(snapshot);
      open.push(...names.together(at));
      for (const use of names.usesOf(at)) {
        used.push(locationOf(use.at));
        open.push(...(names.at(use.at.file, use.at.start)?.declared ?? []));
      }
    }
  }
  return { declared: [...declared.values()], used };
}

const cut = (snapshots: readonly Snapshot[], { file, start, end }: Location): string => {
  const text = snapshots.find(({ program }) => program.sources.has(file))?.program.sources.get(file)?.text;
  return (text ?? "").slice(start, end);
};

function outside(snapshots: readonly Snapshot[], kind: UseKind, at: Location): string {
  const what = kind === "tool" ? "tool" : "argument";
  const file = at.file.slice(at.file.lastIndexOf("/") + 1);
  return `the ${what} \`${cut(snapshots, at).replace(/^"(.*)"$/s, "$1")}\` gets its name from the catalogue \`${file}\``;
}

/** Roots look like names and are the language's own. */
function unnamed(snapshots: readonly Snapshot[], path: string, offset: number): Refused | null {
  const file = snapshots.flatMap(({ files }) => files.get(path) ?? [])[0];
  if (file === undefined) return null;
  const nodes = pathAt(file.tree, offset);
  const last = nodes.at(-1) as { readonly text?: string; readonly kind?: string; readonly root?: string };
  const name = last.kind === "shape" ? last.root : nodes.at(-2)?.kind === "member" ? undefined : last.text;
  if (name === undefined || !isRoot(name)) return null;
  return { refused: `\`${name}\` is a name of the language` };
}
