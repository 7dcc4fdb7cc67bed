import type { Location, Span, ToolPattern, ToolsPattern } from "@agentpolicy/language";
import type { Target } from "../model.ts";
import { byPlace, distinct, locationOf, namesOf } from "../names/index.ts";
import type { Snapshot } from "../snapshot.ts";
import { inmost, type Node, pathAt } from "../tree/path.ts";

/**
 * Where the name at a place is declared, in policies and in catalogues; the tools that a pattern covers or `input` is
 * about; the shapes behind `actor`, `context` and `resource`; the file that a path names.
 */
export function definition(snapshot: Snapshot, path: string, offset: number): readonly Target[] {
  const place = namesOf(snapshot).at(path, offset);
  if (place !== null) return targets(snapshot, place.declared);
  const file = snapshot.files.get(path);
  return file === undefined ? [] : behind(snapshot, path, pathAt(file.tree, offset));
}

function targets(snapshot: Snapshot, places: readonly Location[]): readonly Target[] {
  return [...distinct(places)].sort(byPlace).map((at) => {
    const all = namesOf(snapshot).declaration(at)?.all;
    return { ...locationOf(at), ...(all !== undefined && { all }) };
  });
}

interface Parts extends Node {
  readonly path?: Text;
  readonly from?: Text;
  readonly root?: { readonly text: string } & Span;
  readonly name?: { readonly text: string } & Span;
  readonly tools?: ToolsPattern;
  readonly members?: readonly Node[];
}
type Text = { readonly value: string } & Span;

/** What stands for something without being declared by its name. */
function behind(snapshot: Snapshot, path: string, nodes: readonly Node[]): readonly Target[] {
  const last = nodes.at(-1) as Parts;
  const around = nodes.at(-2) as Parts | undefined;
  if (last.kind === "string") {
    const named = around?.path === last || around?.from === last ? (last as unknown as Text).value : "";
    return named === "" ? [] : fileAt(snapshot, snapshot.program.host.resolve(path, named));
  }
  const pattern = inmost(nodes, "named") as (ToolPattern & { kind: "named" }) | undefined;
  if (pattern !== undefined) return toolsOf(snapshot, snapshot.result.facts.covered(pattern)?.tools ?? []);
  if (around?.kind === "given" && around.root === last) return shapes(snapshot, around.root.text);
  if (around?.kind !== "name" || around.name !== last) return [];
  const name = around.name.text;
  if (name !== "input") return shapes(snapshot, name);
  const covering = (inmost(nodes, "block", "track", "claim") as Parts | undefined)?.tools;
  const covered = covering === undefined ? null : snapshot.result.facts.covered(covering);
  return toolsOf(snapshot, covered?.tools ?? []);
}

function fileAt({ program }: Snapshot, file: string): readonly Target[] {
  return program.sources.has(file) ? [{ file, start: 0, end: 0 }] : [];
}

function toolsOf(snapshot: Snapshot, names: readonly string[]): readonly Target[] {
  return targets(
    snapshot,
    names.flatMap((name) => snapshot.result.facts.tools.get(name)?.at ?? []),
  );
}

function shapes({ files }: Snapshot, root: string): readonly Target[] {
  return [...files.values()].flatMap(({ path, tree }) =>
    tree.items.flatMap((item) =>
      item.kind === "shape" && item.root === root
        ? [
            {
              file: path,
              start: item.start,
              end: item.start + root.length,
              all: { start: item.start, end: item.end },
            },
          ]
        : [],
    ),
  );
}
