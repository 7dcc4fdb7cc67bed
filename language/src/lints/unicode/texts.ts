import type { Name, SourceFile, StringNode } from "../../syntax/ast.ts";
import { childrenOf, type Node } from "../tree.ts";

/** What of a file is written for people (reasons, questions, names of tests), for machines, or names something. */
export interface Texts {
  readonly names: readonly Name[];
  readonly strings: readonly StringNode[];
  readonly prose: readonly StringNode[];
  /** Regular expressions, in which letters of several scripts stand side by side rightly. */
  readonly patterns: readonly StringNode[];
}

type Context = "code" | "prose" | "pattern";

const texts = new WeakMap<SourceFile, Texts>();

/** The texts of a file. Trees never change, so each is searched once. */
export const textsOf = (file: SourceFile): Texts => {
  const known = texts.get(file) ?? search(file);
  texts.set(file, known);
  return known;
};

const search = (file: SourceFile): Texts => {
  const names: Name[] = [];
  const found: Readonly<Record<Context, StringNode[]>> = { code: [], prose: [], pattern: [] };
  const visit = (node: Node, context: Context): void => {
    if (node.kind === "string") {
      found[context].push(node as StringNode);
      return;
    }
    if (node.kind === undefined && "text" in node && typeof node.text === "string") names.push(node as Name);
    const title = node.kind === "test" || node.kind === "prove" ? titleOf(node) : undefined;
    if (title !== undefined) found.prose.push(title);
    for (const child of childrenOf(node)) {
      if (child !== title) visit(child, contextOf(node, child, context));
    }
  };
  for (const item of file.items) visit(item, "code");
  return { names, strings: found.code, prose: found.prose, patterns: found.pattern };
};

/** What a test or a proof is called. */
const titleOf = (node: Node): StringNode | undefined =>
  childrenOf(node).find((child): child is StringNode => child.kind === "string");

const contextOf = (node: Node, child: Node, context: Context): Context => {
  // In `because "… {x == "a"} …"` the text is prose, what is shown is code.
  if (node.kind === "template") return child.kind === "string" ? "prose" : "code";
  if (node.kind !== "call" || !("callee" in node)) return context;
  const { callee } = node as { callee: Node & { name?: Name } };
  return callee.kind === "member" && callee.name?.text === "matches" && child !== callee
    ? "pattern"
    : context;
};
