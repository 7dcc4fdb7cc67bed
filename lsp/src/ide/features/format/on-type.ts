import { type Edit, roleOf, type Token, tokensOf } from "@agentpolicy/language";
import type { SnapshotFile } from "../../snapshot.ts";
import { editsBetween } from "./edits.ts";
import { indentEdits } from "./format.ts";
import { formattedUnit, formatUnitsOf } from "./units.ts";

/**
 * What is to change after a character is typed, with the cursor behind it: after a newline the indent of the new line,
 * after `}` that of its line, and the whole item where it closes one. Other characters change nothing.
 */
export function formatOnType(file: SnapshotFile, offset: number, character: string): readonly Edit[] {
  if (!(offset >= 0 && offset <= file.text.length)) return [];
  if (character === "\n") return lineEdits(file, offset);
  if (character !== "}" || file.text[offset - 1] !== "}") return [];
  const closed = formatUnitsOf(file.tree).find(({ end }) => end === offset);
  const formatted = closed && formattedUnit(file.text, closed);
  if (!closed || typeof formatted !== "string") return lineEdits(file, offset);
  return [
    ...indentEdits(file, closed.start, ""),
    ...editsBetween(file.path, file.text.slice(closed.start, closed.end), formatted, closed.start),
  ];
}

const OPENING: ReadonlySet<string> = new Set(["{", "(", "["]);
const CLOSING: ReadonlySet<string> = new Set(["}", ")", "]"]);

/** Indents the line of a place, unless it is inside of a comment or text. */
function lineEdits(file: SnapshotFile, offset: number): readonly Edit[] {
  const { text } = file;
  const line = text.lastIndexOf("\n", offset - 1) + 1;
  const own = text.slice(line).match(/^[ \t]*/)?.[0].length ?? 0;
  if (file.tree.comments.some(({ start, end }) => start < line && line < end)) return [];
  const indent = "  ".repeat(Math.max(0, depthOf(file, line, line + own)));
  if (text.slice(line, line + own) === indent) return [];
  return [{ file: file.path, start: line, end: line + own, text: indent }];
}

/** How deep a line is: in open brackets, in a clause of a rule, behind something that is not at its end. */
function depthOf(file: SnapshotFile, line: number, first: number): number {
  const { text } = file;
  const from = file.tree.items.findLast(({ start }) => start < line)?.start ?? 0;
  const before = tokensOf(text, from, line);
  const end = text.indexOf("\n", first);
  const [next] = tokensOf(text, first, end < 0 ? text.length : end);
  const open = openedBy(before);
  const closes = next !== undefined && CLOSING.has(next.text);
  const base = open.length - (closes ? 1 : 0);
  if (closes) return base + (inRule(open, before) && open.length > 1 ? 1 : 0);
  const role = next?.kind === "word" ? roleOf(next.text) : undefined;
  if (role === "member" && open.at(-1)?.text === "{") return base;
  if (open.length === 0 && (role === "item" || role === "shape")) return 0;
  const isEmptyAbove = /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(from, line));
  const [head] = memberTokens(open, before);
  const isRest = next?.kind === "word" && RESTS.has(next.text);
  if (!inRule(open, before) && isRest) return base + (beginsOnNextLine(text, before) ? 2 : 1);
  if (!inRule(open, before)) return base + (continues(before, head, from) ? 1 : 0);
  if (open.length > 1) return base + 1;
  if (head?.text === "mask" && !isUnfinished(before.at(-1))) return base;
  if (next === undefined && isEmptyAbove) return base;
  return base + (isRest || (role !== "clause" && isUnfinished(before.at(-1))) ? 2 : 1);
}

/** The brackets that are still open. */
function openedBy(tokens: readonly Token[]): readonly Token[] {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "sign") continue;
    if (OPENING.has(token.text)) open.push(token);
    else if (CLOSING.has(token.text)) open.pop();
  }
  return open;
}

/** What stands after the outermost open bracket, from the last word that begins a rule or mask. */
function memberTokens(open: readonly Token[], tokens: readonly Token[]): readonly Token[] {
  const [outer] = open;
  if (outer === undefined) return tokens;
  const at = tokens.findLastIndex(
    ({ kind, text, start }) => kind === "word" && roleOf(text) === "member" && start > outer.start,
  );
  return at < 0 ? [] : tokens.slice(at);
}

/** Whether the tokens end in a rule of a block. */
const inRule = (open: readonly Token[], tokens: readonly Token[]): boolean =>
  tokens[0]?.text === "on" && open[0]?.text === "{" && memberTokens(open, tokens).length > 0;

const OPERATORS: ReadonlySet<string> = new Set(["and", "or", "not", "in", "like", "if", "then", "else"]);

/** What a condition goes on with. */
const RESTS: ReadonlySet<string> = new Set(["and", "or", "then", "else"]);

/** Whether what an item says stands below its `=`. */
const beginsOnNextLine = (text: string, tokens: readonly Token[]): boolean => {
  const at = tokens.findIndex((token) => token.text === "=");
  const [equals, first] = [tokens[at], tokens[at + 1]];
  return equals !== undefined && first !== undefined && text.slice(equals.end, first.start).includes("\n");
};

/** Whether more must follow the last token. */
const isUnfinished = (last: Token | undefined): boolean =>
  last !== undefined &&
  (last.kind === "word"
    ? OPERATORS.has(last.text)
    : last.kind === "sign" && /^[=<>+\-*/,?!]+$/.test(last.text));

/** Whether an item or member goes on, on its next line. */
const continues = (tokens: readonly Token[], head: Token | undefined, from: number): boolean => {
  const last = tokens.at(-1);
  if (last === undefined) return false;
  if (!isUnfinished(last)) return false;
  return last.text !== "," || (tokens[0]?.start === from && head === tokens[0]);
};
