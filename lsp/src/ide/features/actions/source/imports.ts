import type { Edit, ImportItem } from "@agentpolicy/language";
import type { Action } from "../../../model.ts";
import type { SnapshotFile } from "../../../snapshot.ts";
import { diagnosticsByFile } from "../../../workspace/findings.ts";
import { editsBetween } from "../../format/edits.ts";
import { edited } from "../../rename/places.ts";
import { action, replaced, type Site, textOf, wholeLines } from "../action.ts";

/** Sorts imports by path and name, and removes those that nothing uses and those that stand twice. */
export function importActions({ snapshot, file }: Site): readonly Action[] {
  const imports = file.tree.items.filter((item) => item.kind === "import");
  const unused = new Set(
    (diagnosticsByFile(snapshot).get(file.path) ?? [])
      .filter(({ code }) => code === "unused-name")
      .map(({ span }) => span.start),
  );
  const isWhole = imports.every(({ path, name }) => path !== undefined && name !== undefined);
  const edits = imports.length === 0 || !isWhole ? [] : organized(file, imports, unused);
  if (edits.length === 0) return [];
  return [action("source.organizeImports", "Sort imports and remove unused ones", () => ({ edits }))];
}

function organized(
  file: SnapshotFile,
  imports: readonly ImportItem[],
  unused: ReadonlySet<number>,
): readonly Edit[] {
  const seen = new Set<string>();
  const kept = imports.filter((item) => {
    const key = `${item.path?.value} ${item.name?.text}`;
    if (seen.has(key) || unused.has(item.name?.start ?? -1)) return false;
    seen.add(key);
    return true;
  });
  const lines = imports.map((item) => wholeLines(file, item));
  const texts = kept
    .toSorted(byPath)
    .map((item) => withLine(textOf(file, bare(file, item, lines[imports.indexOf(item)]))));
  const edits = imports.map((item, index) => {
    const own = bare(file, item, lines[index]);
    return index < texts.length
      ? replaced(file, own, isLine(textOf(file, own)) ? (texts[index] ?? "") : (texts[index] ?? "").trimEnd())
      : replaced(file, lines[index] ?? own, "");
  });
  return editsBetween(file.path, file.text, edited(file.text, edits));
}

/** The whole lines, without an empty one behind them. */
const bare = ({ text }: SnapshotFile, item: ImportItem, lines = { start: item.start, end: item.end }) => {
  const next = text.indexOf("\n", item.end);
  return lines.end <= item.end ? lines : { start: lines.start, end: next < 0 ? text.length : next + 1 };
};

const isLine = (text: string): boolean => text.endsWith("\n");
const withLine = (text: string): string => (isLine(text) ? text : `${text}\n`);

/** By code units, so that the order is the same everywhere; what is nearer comes first. */
const byPath = (one: ImportItem, other: ImportItem): number => {
  const [a, b] = [sortKey(one), sortKey(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

const sortKey = ({ path, name }: ImportItem): string => `${path?.value ?? ""}\n${name?.text ?? ""}`;
