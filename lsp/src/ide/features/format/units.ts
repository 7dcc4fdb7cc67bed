import { format, type SourceFile, type Span } from "@agentpolicy/language";

/** What is formatted as a whole: an item, or a member of one (a rule, a mask, a tool, a step of a test, a claim). */
export interface FormatUnit extends Span {
  /** What stands around it, so that it can be formatted alone; null for an item. */
  readonly around: string | null;
  readonly inner: readonly FormatUnit[];
}

/** The items of a file with their members, in the order of the text. */
export const formatUnitsOf = ({ items }: SourceFile): readonly FormatUnit[] =>
  items.map((item) => {
    const [around, inner]: readonly [string, readonly Span[]] =
      item.kind === "block"
        ? ["on *", item.members]
        : item.kind === "tools"
          ? [item.from === undefined ? "tools" : 'tools x from "x"', item.tools]
          : item.kind === "test"
            ? ['test "x"', item.members]
            : item.kind === "prove"
              ? ['prove "x"', item.claims]
              : ["", []];
    const { start, end } = item;
    return {
      start,
      end,
      around: null,
      inner: inner.map((member) => ({ start: member.start, end: member.end, around, inner: [] })),
    };
  });

/** The canonical text of a unit, beginning with itself; null where it has syntax errors. */
export function formattedUnit(text: string, { start, end, around }: FormatUnit): string | null {
  const own = text.slice(start, end);
  const { text: all, diagnostics } = format(around === null ? own : `${around} {\n${own}\n}\n`);
  if (diagnostics.length > 0) return null;
  if (around === null) return all.trimEnd();
  const [first, last] = [all.indexOf("\n"), all.trimEnd().lastIndexOf("\n")];
  return first < 0 || last <= first ? null : all.slice(first + 1, last).trimStart();
}
