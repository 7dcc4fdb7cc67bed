import type { Item, SourceFile } from "../../src/syntax/ast.ts";

/** The names of every rule in the file, in order. */
export const ruleNames = (tree: SourceFile): readonly string[] =>
  tree.items.flatMap((item) =>
    item.kind === "block"
      ? item.members.flatMap((member) => (member.kind === "rule" ? [member.name?.text ?? "?"] : []))
      : [],
  );

/** How many items of each kind there are, error items apart. */
export const itemKinds = (tree: SourceFile): Readonly<Partial<Record<Item["kind"], number>>> => {
  const counts: Partial<Record<Item["kind"], number>> = {};
  for (const { kind } of tree.items) if (kind !== "error-item") counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

interface Spanned {
  readonly start: number;
  readonly end: number;
}

const isSpanned = (value: object): value is Spanned =>
  "start" in value && "end" in value && typeof value.start === "number" && typeof value.end === "number";

/** Everything in the tree whose span lies outside its parent's, described; empty for a sound tree. */
export const misplaced = (tree: SourceFile): readonly string[] => {
  const wrong: string[] = [];
  const work: { value: unknown; parent: Spanned; path: string }[] = [
    { value: { items: tree.items, comments: tree.comments }, parent: tree, path: "" },
  ];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { value, parent, path } = next;
    if (typeof value !== "object" || value === null) continue;
    let within = parent;
    if (isSpanned(value)) {
      if (!(parent.start <= value.start && value.start <= value.end && value.end <= parent.end))
        wrong.push(`${path} ${value.start}-${value.end} is not in ${parent.start}-${parent.end}`);
      within = value;
    }
    for (const [key, child] of Object.entries(value))
      work.push({ value: child, parent: within, path: `${path}.${key}` });
  }
  return wrong;
};

/** The tree's meaning: without spans, comments, path and text, and with doubled parentheses as single ones. */
export const meaning = (tree: SourceFile): unknown => stripped(tree.items);

const LEFT_OUT: ReadonlySet<string> = new Set(["start", "end", "operatorSpan"]);

const stripped = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== "object" || value === null) return value;
  const node = value as Readonly<Record<string, unknown>>;
  const inner = node.of as Readonly<Record<string, unknown>> | undefined;
  if (node.kind === "paren" && inner?.kind === "paren") return stripped(inner);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, child]) => [key, key === "clauses" ? sortedClauses(child) : stripped(child)]),
  );
};

/** Clauses stand in any order and mean the same. */
const sortedClauses = (clauses: unknown): unknown =>
  (stripped(clauses) as { kind: string }[]).sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
