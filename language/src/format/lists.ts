import type { Comment } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { type Attachments, commentsOf, opensLine } from "./comments.ts";
import { BREAK, type Doc, group, ifBroken, indent, join, LINE, NEWLINE, SOFT, suffix } from "./doc.ts";

/** What printing needs to know: the file's text and which comments go with which node. */
export interface Printing {
  readonly text: string;
  readonly attachments: Attachments;
}

/** The author's own characters. */
export const source = ({ text }: Printing, { start, end }: Span): string => text.slice(start, end);

/** A comment as it is written; one for documentation that documents nothing is an ordinary one. */
const written = (to: Printing, comment: Comment): string => {
  const text = source(to, comment).replace(/\r\n?/g, "\n").trimEnd();
  return comment.kind === "line" && /^\/\/\/(?!\/)/.test(text) ? `//${text.slice(3)}` : text;
};

/** Whether there is an empty line before the offset. */
const blankBefore = (text: string, offset: number): boolean => {
  let lines = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const unit = text.charAt(at);
    if (unit === "\n") lines++;
    else if (!/\s/.test(unit)) break;
  }
  return lines > 1;
};

/** A node with its comments before it and at the end of its line. `last`: nothing of its list follows it. */
export const withComments = (
  to: Printing,
  node: Span,
  doc: Doc,
  options: { readonly blanks?: boolean; readonly last?: boolean } = {},
): Doc => {
  const { leading, inline } = commentsOf(to.attachments, node);
  if (!to.attachments.has(node)) return doc;
  return [
    leadingComments(to, node, leading, options.blanks === true),
    inlineComments(to, inline),
    doc,
    endOfLine(to, node, options.last === true),
  ];
};

/** The lines before a node. */
export const leadingComments = (
  to: Printing,
  node: Span,
  comments: readonly Comment[],
  blanks: boolean,
): Doc =>
  comments.map((comment, index) => {
    const next =
      comments[index + 1]?.start ?? commentsOf(to.attachments, node).inline[0]?.start ?? node.start;
    const gap = blanks && blankBefore(to.text, next) ? [NEWLINE, NEWLINE] : NEWLINE;
    return [written(to, comment), gap];
  });

const inlineComments = (to: Printing, comments: readonly Comment[]): Doc =>
  comments.map((comment) => `${written(to, comment)} `);

/** The comments at the end of a node's line, and of the line that it opens where it has no braces of its own. */
const endOfLine = (to: Printing, node: Span, last: boolean): Doc => {
  const { head, trailing } = commentsOf(to.attachments, node);
  const beside = trailing.filter(isShort);
  const atEnd = [...(opensLine(node) ? [] : head), ...trailing.filter((comment) => !isShort(comment))];
  return [
    beside.map((comment) => ` ${written(to, comment)}`),
    atEnd.map((comment) => suffix(` ${written(to, comment)}`)),
    atEnd.length === 0 || last ? [] : BREAK,
  ];
};

/** Whether code may follow the comment on its line. */
const isShort = ({ kind, text }: Comment): boolean => kind === "block" && !/[\n\r]/.test(text);

/** The comments at the end of the line on which a node's braces open. */
export const headComments = (to: Printing, node: object): Doc => {
  const { head } = commentsOf(to.attachments, node);
  return head.length === 0 ? [] : [head.map((comment) => suffix(` ${written(to, comment)}`)), BREAK];
};

/** The comments after the last node of a list, each on its line. */
export const afterComments = (to: Printing, node: object | undefined, blanks: boolean): Doc =>
  (node === undefined ? [] : commentsOf(to.attachments, node).after).map((comment) => [
    blanks && blankBefore(to.text, comment.start) ? [NEWLINE, NEWLINE] : NEWLINE,
    written(to, comment),
  ]);

/** Where a node begins, its comments included. */
const fullStart = (to: Printing, node: Span): number => {
  const { leading, inline } = commentsOf(to.attachments, node);
  return leading[0]?.start ?? inline[0]?.start ?? node.start;
};

/** Nodes on lines of their own; an empty line between two is kept, more are not. */
export const onLines = <Node extends Span>(
  to: Printing,
  nodes: readonly Node[],
  print: (node: Node) => Doc,
  blanks = true,
): Doc =>
  nodes.map((node, index) => [
    index === 0 ? [] : NEWLINE,
    index > 0 && blanks && blankBefore(to.text, fullStart(to, node)) ? NEWLINE : [],
    withComments(to, node, print(node), { blanks, last: true }),
    afterComments(to, node, blanks),
  ]);

/** `{ … }` over several lines; `{}` where there is nothing at all. */
export const block = <Node extends Span>(
  to: Printing,
  owner: object,
  nodes: readonly Node[],
  print: (node: Node) => Doc,
): Doc => {
  const { head, inner } = commentsOf(to.attachments, owner);
  if (nodes.length === 0 && head.length === 0 && inner.length === 0) return "{}";
  const body = nodes.length === 0 ? innerComments(to, inner) : onLines(to, nodes, print);
  const empty = nodes.length === 0 && inner.length === 0;
  return ["{", headComments(to, owner), empty ? [] : indent([NEWLINE, body]), NEWLINE, "}"];
};

/** Comments that stand where there is nothing else. */
export const innerComments = (to: Printing, comments: readonly Comment[]): Doc =>
  comments.map((comment, index) => [
    index === 0 ? [] : NEWLINE,
    index > 0 && blankBefore(to.text, comment.start) ? NEWLINE : [],
    written(to, comment),
  ]);

/** `[a, b]`, `{ a: b }`, `(a, b)`: on one line where it fits, else one a line with a trailing comma. */
export const bracketed = <Node extends Span>(
  to: Printing,
  [open, close]: readonly [string, string],
  nodes: readonly Node[],
  print: (node: Node) => Doc,
  options: { readonly spaced?: boolean; readonly owner?: object } = {},
): Doc => {
  const head = options.owner === undefined ? [] : headComments(to, options.owner);
  const inner = options.owner === undefined ? [] : commentsOf(to.attachments, options.owner).inner;
  const space = options.spaced === true ? LINE : SOFT;
  if (nodes.length === 0) {
    if (inner.length > 0) return [open, head, indent([NEWLINE, innerComments(to, inner)]), NEWLINE, close];
    return [open, close, head];
  }
  const entries = nodes.map((node, index) => {
    const last = index === nodes.length - 1;
    return [withComments(to, node, print(node)), last ? ifBroken(",") : ",", afterComments(to, node, false)];
  });
  return group([open, head, indent([space, join(LINE, entries)]), space, close]);
};

/** `a, b, c` that may go on in the next line. */
export const listed = <Node extends Span>(
  to: Printing,
  nodes: readonly Node[],
  print: (node: Node) => Doc,
): Doc =>
  group(
    indent(
      nodes.map((node, index) => {
        const last = index === nodes.length - 1;
        return [
          index === 0 ? [] : LINE,
          withComments(to, node, print(node), { last }),
          last ? [] : ",",
          afterComments(to, node, false),
        ];
      }),
    ),
  );
