import { type Edit, format, type Span } from "@agentpolicy/language";
import type { SnapshotFile } from "../../snapshot.ts";
import { editsBetween } from "./edits.ts";
import { type FormatUnit, formattedUnit, formatUnitsOf } from "./units.ts";

/** What is to change so that a file stands in the canonical format; nothing where it has syntax errors. */
export const formatDocument = ({ path, text }: SnapshotFile): readonly Edit[] =>
  editsBetween(path, text, format(text, path).text);

/**
 * The same for the items and members that a range touches, each as a whole; what stands between two of them is brought in
 * line as well. What has syntax errors stays as it is.
 */
export function formatRange(file: SnapshotFile, { start, end }: Span): readonly Edit[] {
  if (!(start <= end)) return [];
  if (start <= 0 && end >= file.text.length) {
    const whole = formatDocument(file);
    if (whole.length > 0) return whole;
  }
  return touched(file, formatUnitsOf(file.tree), { start, end }, "");
}

const touches = (unit: Span, { start, end }: Span): boolean => unit.start <= end && start <= unit.end;

function touched(
  file: SnapshotFile,
  units: readonly FormatUnit[],
  range: Span,
  indent: string,
): readonly Edit[] {
  const own = units.filter((unit) => touches(unit, range));
  return own.flatMap((unit, index) => {
    const before = own[index - 1];
    return [
      ...(before === undefined ? [] : gapEdits(file, before.end, unit.start, indent)),
      ...unitEdits(file, unit, range, indent, index === 0),
    ];
  });
}

/** A range among the members of an item touches only these. */
function unitEdits(
  file: SnapshotFile,
  unit: FormatUnit,
  range: Span,
  indent: string,
  isFirst: boolean,
): readonly Edit[] {
  const { inner } = unit;
  const [first, last] = [inner[0], inner.at(-1)];
  if (first && last && first.start <= range.start && range.end <= last.end)
    return touched(file, inner, range, "  ");
  const formatted = formattedUnit(file.text, unit);
  if (formatted === null) return touched(file, inner, range, "  ");
  return [
    ...(isFirst ? indentEdits(file, unit.start, indent) : []),
    ...editsBetween(file.path, file.text.slice(unit.start, unit.end), formatted, unit.start),
  ];
}

/** Sets the blanks before what begins a line. */
export function indentEdits({ path, text }: SnapshotFile, start: number, indent: string): readonly Edit[] {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const blanks = text.slice(line, start);
  if (blanks === indent || blanks.trim() !== "") return [];
  return [{ file: path, start: line, end: start, text: indent }];
}

/** Lines between two units: at most one empty one in a row, and comments indented as their unit is. */
function gapEdits(file: SnapshotFile, start: number, end: number, indent: string): readonly Edit[] {
  const gap = file.text.slice(start, end);
  if (gap.includes("/*") || !gap.includes("\n")) return [];
  const lines = gap.split("\n").map((line) => line.trim());
  const middle = lines.slice(1, -1).filter((line, index, all) => line !== "" || all[index - 1] !== "");
  const head = lines[0] === "" ? "" : ` ${lines[0]}`;
  const written = [head, ...middle.map((line) => (line === "" ? "" : indent + line)), indent];
  return editsBetween(file.path, gap, written.join("\n"), start);
}
