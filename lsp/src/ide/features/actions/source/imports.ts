import type { Edit, ImportItem, Span } from "@agentpolicy/language";
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
    const key = sortKey(item);
    if (seen.has(key) || unused.has(item.name?.start ?? -1)) return false;
    seen.add(key);
    return true;
  });
  const texts = kept.toSorted(byPath).map((item) => textOf(file, withComments(file, item)));
  const edits = imports.map((item, index) => {
    const own = withComments(file, item);
    const text = texts[index];
    return text === undefined ? replaced(file, withBreak(file, own), "") : replaced(file, own, text);
  });
  return editsBetween(file.path, file.text, edited(file.text, edits));
}

/** An import with its documentation and the comment behind it. */
function withComments(file: SnapshotFile, item: ImportItem): Span {
  const { start } = wholeLines(file, item);
  const behind = /^[ \t]*\/\/[^\r\n]*/.exec(file.text.slice(item.end))?.[0].length ?? 0;
  return { start: start + (/^[ \t]*/.exec(file.text.slice(start))?.[0].length ?? 0), end: item.end + behind };
}

/** With the line break that only it needs. */
function withBreak({ text }: SnapshotFile, { start, end }: Span): Span {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end))?.[0].length;
  return rest !== undefined && text.slice(line, start).trim() === ""
    ? { start: line, end: end + rest }
    : { start, end };
}

/** By code units, so that the order is the same everywhere; what is nearer comes first. */
const byPath = (one: ImportItem, other: ImportItem): number => {
  const [a, b] = [sortKey(one), sortKey(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

const sortKey = ({ path, name }: ImportItem): string => `${path?.value ?? ""}\n${name?.text ?? ""}`;
