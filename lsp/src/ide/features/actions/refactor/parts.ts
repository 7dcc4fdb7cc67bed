import type { ExprNode, FnItem, LetItem, Span } from "@agentpolicy/language";
import type { SnapshotFile } from "../../../snapshot.ts";
import { type Node, nodesOf, partsOf } from "../../../tree/path.ts";
import { textOf } from "../action.ts";

const EXPRESSIONS: ReadonlySet<string | undefined> = new Set([
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
  "not",
  "negate",
  "binary",
  "has",
  "is",
  "if",
  "paren",
]);

export const isExpression = (node: Node): node is ExprNode => EXPRESSIONS.has(node.kind);

/** Whether an expression can stand anywhere without parentheses. */
export const isAtom = ({ kind }: Node): boolean =>
  kind !== "not" &&
  kind !== "negate" &&
  kind !== "binary" &&
  kind !== "has" &&
  kind !== "is" &&
  kind !== "if";

/** Whether a part of a node needs no parentheses there, whatever it is. */
const isOpenPlace = (parent: Node, part: Node): boolean => {
  switch (parent.kind) {
    case "when":
    case "unless":
    case "paren":
    case "list":
    case "let":
    case "fn":
    case "lambda":
    case "template":
    case undefined:
      return true;
    case "call":
      return !("callee" in parent && parent.callee === part);
    default:
      return false;
  }
};

/** The node right around another one. */
export function parentOf(root: Node, inner: Node): Node | null {
  let node: Node | undefined = root;
  while (node) {
    const parts: readonly Node[] = partsOf(node);
    if (parts.includes(inner)) return node;
    node = parts.find((part) => part.start <= inner.start && inner.end <= part.end);
  }
  return null;
}

/** The text of an expression in parentheses, where it needs them in its place. */
export const fitted = (text: string, node: Node, parent: Node | null, part: Node): string =>
  isAtom(node) || (parent !== null && isOpenPlace(parent, part)) ? text : `(${text})`;

/** A text with some of its parts replaced; `from` is where it begins in the file. */
export function withReplaced(
  text: string,
  from: number,
  parts: readonly (Span & { readonly text: string })[],
): string {
  return [...parts]
    .sort((one, other) => other.start - one.start)
    .reduce(
      (now, { start, end, text: added }) => now.slice(0, start - from) + added + now.slice(end - from),
      text,
    );
}

/** A path of the request from its root: `input.a.b`; null for what is none. */
export function pathOf(node: ExprNode): readonly string[] | null {
  if (node.kind === "name") return [node.name.text];
  if (node.kind !== "member") return null;
  const before = pathOf(node.of);
  return before && [...before, node.name.text];
}

/** The names that functions written as `x => …` bind in an expression. */
export const boundIn = (node: Node): ReadonlySet<string> =>
  new Set(
    [...nodesOf(node)].flatMap((one) =>
      one.kind === "lambda" && "parameter" in one ? [(one.parameter as { text: string }).text] : [],
    ),
  );

/** Names in an expression that stand for something by themselves: no fields and no keys. */
export function* namesIn(node: Node): Generator<ExprNode & { readonly kind: "name" }> {
  for (const one of nodesOf(node)) if (one.kind === "name") yield one as ExprNode & { readonly kind: "name" };
}

/** What a file's own names are, with those that the language has. */
export const takenNames = ({ tree }: SnapshotFile): ReadonlySet<string> =>
  new Set([
    ...LANGUAGE_NAMES,
    ...tree.items.flatMap((item) =>
      "name" in item && item.name && "text" in item.name ? [item.name.text] : [],
    ),
  ]);

const LANGUAGE_NAMES: readonly string[] = (
  "input tool actor context resource session model evidence now email url domain path ip datetime command " +
  "string number integer boolean null any true false and or not in like has is if then else"
).split(" ");

/** The words and signs of an expression, as they are compared. */
export const wordsOf = (file: SnapshotFile, node: Span): string =>
  textOf(file, node)
    .match(/"(?:\\.|[^"\\])*"|[\w-]+|\S/g)
    ?.join(" ") ?? "";

export type Definition = LetItem | FnItem;
