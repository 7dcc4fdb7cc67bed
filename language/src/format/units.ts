import type { SourceFile } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";

/**
 * A part of the tree that may stand on a line of its own, with the parts in it that may. Comments belong to units:
 * before one, after one, or behind the opening of one.
 */
export interface Unit extends Span {
  readonly node: object;
  readonly parts: Unit[];
  /** `block`: a line of its own at any time; `listed`: in brackets; `inline`: continues the line of what holds it. */
  readonly place: "block" | "listed" | "inline";
  /** The first of several inline units: what stands before it stands before all of them. */
  readonly first: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const BLOCK_KEYS: ReadonlySet<string> = new Set(["items", "tools", "members", "clauses", "claims"]);
const LISTED_KEYS: ReadonlySet<string> = new Set(["items", "fields", "parameters", "args"]);
const INLINE_KEYS: ReadonlySet<string> = new Set(["patterns", "values", "paths"]);

const placeOf = (kind: unknown, key: string): Unit["place"] | undefined => {
  if (kind === "type-union") return undefined;
  if (kind === "list" || kind === "record") return LISTED_KEYS.has(key) ? "listed" : undefined;
  if (BLOCK_KEYS.has(key)) return "block";
  if (LISTED_KEYS.has(key)) return "listed";
  return INLINE_KEYS.has(key) ? "inline" : undefined;
};

/** Whether the node joins two conditions, and so is written as a chain. */
export const isChain = (node: object): boolean =>
  "kind" in node &&
  node.kind === "binary" &&
  "operator" in node &&
  (node.operator === "and" || node.operator === "or");

/** The operands of a chain of one operator, in order. */
export const operandsOf = <Node extends object>(chain: Node): readonly Node[] => {
  const { operator } = chain as Fields;
  const operands: Node[] = [];
  const work: Node[] = [chain];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    const fields = node as Fields;
    if (isChain(node) && fields.operator === operator) work.push(fields.right as Node, fields.left as Node);
    else operands.push(node);
  }
  return operands;
};

const isSpan = (value: object): value is Span => "start" in value && "end" in value;

/** The units of a file, each within the one that holds it, in the order of the text. */
export const unitsOf = (tree: SourceFile): Unit => {
  const root: Unit = { node: tree, parts: [], place: "block", first: true, start: tree.start, end: tree.end };
  collect(root, { items: tree.items });
  return root;
};

const add = (into: Unit, node: object, place: Unit["place"], first: boolean): void => {
  if (!isSpan(node)) return;
  const unit: Unit = { node, parts: [], place, first, start: node.start, end: node.end };
  into.parts.push(unit);
  collect(unit, node as unknown as Fields);
};

const collect = (into: Unit, node: Fields): void => {
  if (node.kind === "string" || node.kind === "template") return;
  if (isChain(node)) {
    operandsOf(node).forEach((operand, index) => {
      add(into, operand, "inline", index === 0);
    });
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null) continue;
    const place = Array.isArray(value) ? placeOf(node.kind, key) : undefined;
    if (!Array.isArray(value)) collect(into, value as Fields);
    else
      value.forEach((part: unknown, index) => {
        if (typeof part !== "object" || part === null) return;
        if (place === undefined) collect(into, part as Fields);
        else add(into, part, place, index === 0);
      });
  }
};
