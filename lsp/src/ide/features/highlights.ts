import type { Highlight } from "../model.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Node, pathAt } from "../tree/path.ts";
import { references } from "./references.ts";

/** Where the name at a place stands in its file: written where it is declared or given a value, else read. */
export function highlights(snapshot: Snapshot, path: string, offset: number): readonly Highlight[] {
  const file = snapshot.files.get(path);
  if (file === undefined) return [];
  return references([snapshot], path, offset, { declaration: true })
    .filter((place) => place.file === path)
    .map(({ start, end }) => ({
      start,
      end,
      kind: isWritten(pathAt(file.tree, Math.min(start + 1, end)), start),
    }));
}

interface Named extends Node {
  readonly name?: { readonly start: number };
  readonly parameter?: { readonly start: number };
}

const DECLARING: ReadonlySet<string> = new Set([
  ...["import", "tools", "tool", "field", "type", "let", "fn", "track", "rule"],
]);

/** Items, fields and parameters have their names; so have the fields of records, which have no kind, and literal types. */
function isWritten(nodes: readonly Node[], start: number): Highlight["kind"] {
  const declares = nodes.some((node) => {
    const { kind, name, parameter } = node as Named;
    if (kind === "type-literal") return node.start === start;
    if (kind === "lambda") return parameter?.start === start;
    return (kind === undefined || DECLARING.has(kind)) && name?.start === start;
  });
  return declares ? "write" : "read";
}
