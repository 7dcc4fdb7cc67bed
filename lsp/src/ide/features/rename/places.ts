import type { Edit } from "@agentpolicy/language";

/** Where a place is after edits of its file, which do not overlap. */
export type Moved = (file: string, offset: number) => number;

export function movedBy(edits: readonly Edit[]): Moved {
  const byFile = new Map<string, readonly { readonly end: number; readonly by: number }[]>();
  for (const { file } of edits) {
    if (byFile.has(file)) continue;
    let by = 0;
    const own = edits.filter((edit) => edit.file === file).sort((one, other) => one.start - other.start);
    byFile.set(
      file,
      own.map(({ start, end, text }) => {
        by += text.length - (end - start);
        return { end, by };
      }),
    );
  }
  return (file, offset) => offset + (byFile.get(file)?.findLast(({ end }) => end <= offset)?.by ?? 0);
}

/** A text after edits, which do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, text: added } of [...edits].sort((one, other) => one.start - other.start)) {
    result += text.slice(from, start) + added;
    from = end;
  }
  return result + text.slice(from);
}
