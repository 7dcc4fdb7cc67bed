import type { Location, Span, UseKind } from "@agentpolicy/language";
import type { SnapshotFile } from "../snapshot.ts";
import { type Node, partsOf } from "../tree/path.ts";

/** A name where it is declared, `all` with what it names. */
export interface Declaration extends Location {
  readonly kind: UseKind;
  readonly name: string;
  readonly all: Span;
  /** Declarations of one group declare one thing: fields of `context` in two files, a server with two `tools`. */
  readonly group?: string;
  /** The stretch of text in which siblings are told apart by their names: a record, the parameters of a function. */
  readonly among?: Span;
}

interface Named extends Node {
  readonly name?: { readonly text: string } & Span;
  readonly parameter?: { readonly text: string } & Span;
  readonly root?: string;
  readonly from?: Span;
}

/** What is around a node: the node itself, and how fields in it are grouped. */
interface Around {
  readonly parent: Named | null;
  readonly group: string | null;
}

const KINDS: Readonly<Record<string, UseKind>> = {
  import: "import",
  type: "type",
  let: "let",
  fn: "fn",
  track: "track",
  rule: "rule",
};

/** Every declaration of a policy file, in the order of the text. What has no name yet is none. */
export function declarationsIn({ path, tree }: SnapshotFile): readonly Declaration[] {
  const found: Declaration[] = [];
  const visit = (node: Named, around: Around): void => {
    const declared = declaredBy(path, node, around);
    if (declared !== null) found.push(declared);
    const group =
      node.kind === "shape"
        ? `shape ${node.root}`
        : node.kind === "field" && around.group !== null && node.name
          ? `${around.group}.${node.name.text}`
          : around.group;
    const isPlain = node.kind === undefined || node.kind.startsWith("type-");
    const parent = isPlain && around.parent !== null && node.kind !== "type-record" ? around.parent : node;
    for (const part of partsOf(node)) visit(part, { parent, group });
  };
  visit(tree, { parent: null, group: null });
  return found.sort((one, other) => one.start - other.start);
}

function declaredBy(file: string, node: Named, { parent, group }: Around): Declaration | null {
  const name = node.kind === "lambda" ? node.parameter : node.name;
  if (name === undefined || node.kind === undefined || !("text" in name) || name.end <= name.start)
    return null;
  const at = { file, start: name.start, end: name.end, name: name.text };
  const all = { start: node.start, end: node.end };
  const kind = Object.hasOwn(KINDS, node.kind) ? KINDS[node.kind] : undefined;
  if (kind !== undefined) return { kind, ...at, all };
  switch (node.kind) {
    case "tools":
      return { kind: "server", ...at, all, group: `server ${name.text}` };
    case "tool":
      return parent?.from === undefined ? { kind: "tool", ...at, all } : null;
    case "lambda":
      return { kind: "parameter", ...at, all };
    case "field": {
      const among = parent === null ? all : { start: parent.start, end: parent.end };
      if (parent?.kind === "fn") return { kind: "parameter", ...at, all, among };
      return { kind: "field", ...at, all, among, ...(group !== null && { group: `${group}.${name.text}` }) };
    }
    default:
      return null;
  }
}
