import type { Comment, SourceFile } from "../syntax/ast.ts";
import { type Unit, unitsOf } from "./units.ts";

/** The comments that belong to one unit, by the place in which they are written. */
export interface Attached {
  /** On lines of their own before it, or for short ones (`inline`) on its line. */
  readonly leading: Comment[];
  /** Before it on its own line: `[/* first *\/ 1]`. */
  readonly inline: Comment[];
  /** At the end of the line on which its braces open, or of its only line. */
  readonly head: Comment[];
  /** At the end of its last line. */
  readonly trailing: Comment[];
  /** On lines of their own after it, where nothing follows. */
  readonly after: Comment[];
  /** In its braces, where there is nothing else. */
  readonly inner: Comment[];
}

/** What each unit's node has; absent for nodes without comments. */
export type Attachments = ReadonlyMap<object, Attached>;

const NOTHING: Attached = { leading: [], inline: [], head: [], trailing: [], after: [], inner: [] };

/** The comments of a node. */
export const commentsOf = (attachments: Attachments, node: object): Attached =>
  attachments.get(node) ?? NOTHING;

/** Gives every comment of the file to exactly one unit. */
export const attach = (tree: SourceFile): Attachments => {
  const attachments = new Map<object, Attached>();
  if (tree.comments.length === 0) return attachments;
  const root = unitsOf(tree);
  const documented = documentedStarts(root);
  const give: Give = (node, place, comment, holder) => {
    const attached = attachments.get(node) ?? {
      leading: [],
      inline: [],
      head: [],
      trailing: [],
      after: [],
      inner: [],
    };
    const ofLine = opensLine(node) ? attached[place] : [...attached.head, ...attached.trailing];
    const full = (place === "head" || place === "trailing") && ofLine.some(endsItsLine);
    if (full && holder !== undefined) give(holder, "leading", comment);
    else {
      attached[place].push(comment);
      attachments.set(node, attached);
    }
  };
  const bare = withoutComments(tree);
  for (const comment of tree.comments) {
    const documents = comment.kind === "doc" ? documented.get(nextCode(bare, comment.end)) : undefined;
    if (documents !== undefined) give(documents, "leading", comment);
    else place(ordinary(comment), holdersOf(root, comment), tree.text, bare, give);
  }
  return attachments;
};

/** A comment for documentation that documents nothing is one as any other. */
const ordinary = (comment: Comment): Comment =>
  comment.kind === "doc" ? { ...comment, kind: "line" } : comment;

/** The text with blanks in place of comments. */
const withoutComments = ({ text, comments }: SourceFile): string => {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of comments) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\n\r]/g, " "));
    at = end;
  }
  return parts.join("") + text.slice(at);
};

const nextCode = (bare: string, from: number): number => {
  const blank = /\s*/y;
  blank.lastIndex = from;
  blank.test(bare);
  return Math.max(blank.lastIndex, from);
};

/** The nodes that carry documentation, by where they start. */
const documentedStarts = (root: Unit): ReadonlyMap<number, object> => {
  const starts = new Map<number, object>();
  const work = [root];
  for (let unit = work.pop(); unit !== undefined; unit = work.pop()) {
    if ("doc" in unit.node) starts.set(unit.start, unit.node);
    work.push(...unit.parts);
  }
  return starts;
};

/** The units around the comment, the innermost last. */
const holdersOf = (root: Unit, { start, end }: Comment): readonly Unit[] => {
  const holders = [root];
  for (let unit: Unit | undefined = root; unit !== undefined; ) {
    unit = unit.parts.find((part) => part.start <= start && end <= part.end);
    if (unit !== undefined) holders.push(unit);
  }
  return holders;
};

/**
 * Gives a comment to a node. A line has room for one comment that reaches to its end; a second one goes before `holder`.
 */
type Give = (node: object, place: keyof Attached, comment: Comment, holder?: object) => void;

const endsItsLine = ({ kind, text }: Comment): boolean => kind !== "block" || /[\n\r]/.test(text);

const place = (comment: Comment, holders: readonly Unit[], text: string, bare: string, give: Give): void => {
  const holder = holders.at(-1);
  if (holder === undefined) return;
  const last = holder.parts.findLast((part) => part.end <= comment.start);
  const before = last && /^[\s,]*$/.test(bare.slice(last.end, comment.start)) ? last : undefined;
  const next = holder.parts.find((part) => part.start >= comment.end);
  const gap = next && bare.slice(comment.end, next.start);
  const after = gap !== undefined && /^\s*(?:(?:and|or)\b\s*)?$/.test(gap) ? next : undefined;
  const lineStart =
    Math.max(text.lastIndexOf("\n", comment.start - 1), text.lastIndexOf("\r", comment.start - 1)) + 1;
  const ownLine = bare.slice(lineStart, comment.start).trim() === "";
  const lineEnd = bare.slice(comment.end).search(/[\n\r]|$/) + comment.end;
  const endsLine = bare.slice(comment.end, lineEnd).trim() === "";
  const beside = before !== undefined && !/[\n\r]/.test(bare.slice(before.end, comment.start));
  const inHeader = beside && isPattern(before.node) && !(next !== undefined && isPattern(next.node));
  if ((ownLine && endsLine) || inHeader) placeOwnLine(comment, holders, before, after, give);
  else if (!endsLine && after !== undefined && after.start < lineEnd) give(after.node, "inline", comment);
  else if (before !== undefined && beside && !(before.place === "inline" && after === undefined))
    give(lastLineOf(before).node, "trailing", comment, ownLineHolder(holders)?.node);
  else if (!endsLine && before === undefined) give(holder.node, "inline", comment);
  else give(lineEndHolder(holders).node, "head", comment, ownLineHolder(holders)?.node);
};

/** The unit that the last line of a unit is: of a rule its last clause. */
const lastLineOf = (unit: Unit): Unit => {
  const last = unit.parts.at(-1);
  return last?.place === "block" && last.end === unit.end ? last : unit;
};

/** The innermost of the units that ends its line: after the last of several inline units more of its holder may follow. */
const lineEndHolder = (holders: readonly Unit[]): Unit => {
  const [root, ...rest] = holders;
  let at = rest.length - 1;
  for (; at > 0 && rest[at]?.place === "inline"; at--) {
    const siblings = rest[at - 1]?.parts ?? [];
    const next = siblings[siblings.indexOf(rest[at] as Unit) + 1];
    if (next?.place === "inline" && !next.first) break;
  }
  return rest[at] ?? (root as Unit);
};

/** The innermost of the units before which a line of its own can stand. */
const ownLineHolder = (holders: readonly Unit[]): Unit | undefined =>
  holders.findLast((unit) => unit.place !== "inline") ?? holders[0];

const placeOwnLine = (
  comment: Comment,
  holders: readonly Unit[],
  before: Unit | undefined,
  after: Unit | undefined,
  give: Give,
): void => {
  const holder = ownLineHolder(holders);
  if (holder === undefined) return;
  if (after !== undefined && !continuesLine(after)) give(after.node, "leading", comment);
  else if (before !== undefined && before.place !== "inline") give(before.node, "after", comment);
  else if (
    after === undefined &&
    holder.parts.every((part) => part.place === "inline") &&
    isBraced(holder.node)
  )
    give(holder.node, "inner", comment);
  else give(holder.node, "leading", comment);
};

/** More of its line may follow the last tool pattern: conditions, a key. */
const isPattern = (node: object): boolean =>
  "kind" in node && (node.kind === "named" || node.kind === "all" || node.kind === "unknown");

/** What stands before such a unit on a line of its own stands before all that its holder is. */
const continuesLine = (unit: Unit): boolean => unit.place === "inline" && unit.first;

/** Whether the comments behind the node's opening have a line of their own, apart from those at its end. */
export const opensLine = (node: object): boolean =>
  "kind" in node && (BRACED.has(node.kind) || node.kind === "rule");

const BRACED: ReadonlySet<unknown> = new Set(["tools", "shape", "block", "test", "prove"]);

/** Whether the unit is a file or ends in braces that may hold nothing but comments. */
const isBraced = (node: object): boolean => "comments" in node || ("kind" in node && BRACED.has(node.kind));
