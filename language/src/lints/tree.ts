import type { ExprNode, Item, LetItem, SourceFile } from "../syntax/ast.ts";
import type { Location, Span } from "../text/span.ts";

/** Any node of a tree. */
export type Node = Span & { readonly kind?: string };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "start" in value && "end" in value;

/** The nodes right below a node, in the order of its fields. */
export const childrenOf = (node: Node): readonly Node[] => {
  const children: Node[] = [];
  for (const name in node) addNodes(node[name as keyof Node], children);
  return children;
};

const addNodes = (value: unknown, into: Node[]): void => {
  if (Array.isArray(value)) for (const item of value) addNodes(item, into);
  else if (isNode(value)) into.push(value);
};

/** A node and every node below it, a node before its parts. */
export function* nodesOf(root: Node): Generator<Node> {
  const open: Node[] = [root];
  while (open.length > 0) {
    const node = open.pop()!;
    yield node;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i -= 1) open.push(children[i]!);
  }
}

const EXPRESSIONS: ReadonlySet<string | undefined> = new Set<ExprNode["kind"]>([
  "string",
  "number",
  "duration",
  "boolean",
  "null",
  "list",
  "record",
  "name",
  "member",
  "call",
  "lambda",
  "not",
  "negate",
  "binary",
  "has",
  "is",
  "if",
  "paren",
  "error",
]);

const expressions = new WeakMap<SourceFile | Item, readonly ExprNode[]>();

/** Every expression of a file. Trees never change, so each is searched once. */
export const expressionsOf = (file: SourceFile): readonly ExprNode[] => {
  const known = expressions.get(file);
  if (known !== undefined) return known;
  const found = file.items.flatMap(expressionsIn);
  expressions.set(file, found);
  return found;
};

const expressionsIn = (item: Item): readonly ExprNode[] => {
  const known = expressions.get(item);
  if (known !== undefined) return known;
  const found: ExprNode[] = [];
  for (const node of nodesOf(item))
    if (EXPRESSIONS.has(node.kind) && !isToolCall(node)) found.push(node as ExprNode);
  expressions.set(item, found);
  return found;
};

/** Expressions that lints look for in whole files, by kind: few of the many. */
export interface Marked {
  readonly lists: readonly (ExprNode & { readonly kind: "list" })[];
  readonly calls: readonly (ExprNode & { readonly kind: "call" })[];
  readonly ors: readonly (ExprNode & { readonly kind: "binary" })[];
  readonly globs: readonly (ExprNode & { readonly kind: "binary" })[];
}

const marked = new WeakMap<SourceFile | Item, Marked>();

/** The lists, calls, `or`s and `like`s of a file, each kind in the order of the text, a node before its parts. */
export const markedIn = (file: SourceFile): Marked => {
  const known = marked.get(file);
  if (known !== undefined) return known;
  const parts = file.items.map(markedInItem);
  const found: Marked = {
    lists: parts.flatMap(({ lists }) => lists),
    calls: parts.flatMap(({ calls }) => calls),
    ors: parts.flatMap(({ ors }) => ors),
    globs: parts.flatMap(({ globs }) => globs),
  };
  marked.set(file, found);
  return found;
};

const markedInItem = (item: Item): Marked => {
  const known = marked.get(item);
  if (known !== undefined) return known;
  const all = expressionsIn(item);
  const binaries = all.filter((node) => node.kind === "binary");
  const found: Marked = {
    lists: all.filter((node) => node.kind === "list"),
    calls: all.filter((node) => node.kind === "call"),
    ors: binaries.filter(({ operator }) => operator === "or"),
    globs: binaries.filter(({ operator }) => operator === "like" || operator === "not like"),
  };
  marked.set(item, found);
  return found;
};

/** `call TOOL { … }` in a test is called like a call in an expression. */
const isToolCall = (node: Node): boolean => node.kind === "call" && "tool" in node;

/** The expression without the brackets around it. */
export const bare = (expr: ExprNode): ExprNode => (expr.kind === "paren" ? bare(expr.of) : expr);

export const placeOf = (file: SourceFile, span: Span): Location => ({
  file: file.path,
  start: span.start,
  end: span.end,
});

/** The text that an expression stands for: a literal, or a constant that is one. */
export const textOf = (
  expr: ExprNode,
  file: SourceFile,
  files: readonly SourceFile[],
): { readonly value: string; readonly literal: boolean } | null => {
  const plain = bare(expr);
  if (plain.kind === "string") return { value: plain.value, literal: true };
  const found =
    plain.kind === "name"
      ? letsNamed(plain.name.text, [file])
      : plain.kind === "member"
        ? letsNamed(
            plain.name.text,
            files.filter((other) => other !== file),
          )
        : [];
  const [only, ...others] = found;
  const value = only?.value === undefined ? undefined : bare(only.value);
  return value?.kind === "string" && others.length === 0 ? { value: value.value, literal: false } : null;
};

const letsNamed = (name: string, files: readonly SourceFile[]): readonly LetItem[] =>
  files.flatMap((file) =>
    file.items.filter((item): item is LetItem => item.kind === "let" && item.name?.text === name),
  );
