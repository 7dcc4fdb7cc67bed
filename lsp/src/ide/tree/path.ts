import type { SourceFile, Span } from "@agentpolicy/language";

/** Any node of a tree: what it is, and where. Names have no kind. */
export interface Node extends Span {
  readonly kind?: string;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "start" in value && "end" in value;

const known = new WeakMap<Node, readonly Node[]>();

/** The nodes directly inside one, in the order of the text. Comments are not part of any node. */
export function partsOf(node: Node): readonly Node[] {
  const found = known.get(node);
  if (found) return found;
  const parts = Object.entries(node)
    .filter(([name]) => name !== "comments")
    .flatMap(([, value]) => (Array.isArray(value) ? value.flat() : [value]))
    .filter(isNode)
    .sort((one, other) => one.start - other.start || one.end - other.end);
  known.set(node, parts);
  return parts;
}

/**
 * The nodes that hold a place, from the file inwards. Where two meet at the place, the one before it is taken: what
 * somebody who types has just written.
 */
export function pathAt(tree: SourceFile, offset: number): readonly Node[] {
  const path: Node[] = [tree];
  for (let node: Node | undefined = tree; node; ) {
    const inner: Node | undefined = partsOf(node).find(({ start, end }) => start <= offset && offset <= end);
    if (inner) path.push(inner);
    node = inner;
  }
  return path;
}

/** The inmost node of a kind on a path. */
export const inmost = <K extends string>(path: readonly Node[], ...kinds: readonly K[]): Node | undefined =>
  path.findLast(({ kind }) => kinds.includes(kind as K));

/** Every node of a tree, outer before inner. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const part of partsOf(node)) yield* nodesOf(part);
}
