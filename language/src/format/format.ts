import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../syntax/ast.ts";
import { parseFile } from "../syntax/parse.ts";
import { attach, commentsOf } from "./comments.ts";
import { NEWLINE, render } from "./doc.ts";
import { innerComments, leadingComments, onLines, type Printing } from "./lists.ts";
import { printItem } from "./print-items.ts";

/** How wide lines may be where they can be broken. */
const WIDTH = 100;

/**
 * Writes a policy in the one canonical format: clauses each on a line and in canonical order, two blanks a level, at
 * most one empty line in a row. It keeps every comment and never changes meaning; formatting twice changes nothing more.
 * A text with syntax errors comes back as it is, with the diagnostics that say why. See language/spec/syntax-format.md.
 */
export const format = (
  text: string,
  path = "policy.agentpolicy",
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } => {
  const { tree, diagnostics } = parseFile(text, path);
  return { text: diagnostics.length > 0 ? text : settled(tree, PASSES), diagnostics };
};

/** How often a comment in an odd place may move before it has found its own. */
const PASSES = 4;

/** The formatted text, formatted until nothing changes. Without comments that is at once. */
const settled = (tree: SourceFile, passes: number): string => {
  const text = formatTree(tree);
  if (tree.comments.length === 0 || text === tree.text || passes === 0) return text;
  return settled(parseFile(text, tree.path).tree, passes - 1);
};

const formatTree = (tree: SourceFile): string => {
  const to: Printing = { text: tree.text, attachments: attach(tree) };
  const { leading, inner } = commentsOf(to.attachments, tree);
  const body = [
    leadingComments(to, tree, leading, true),
    tree.items.length === 0
      ? innerComments(to, inner)
      : onLines(to, tree.items, (item) => printItem(to, item)),
    NEWLINE,
  ];
  return render(body, WIDTH).trimStart();
};
