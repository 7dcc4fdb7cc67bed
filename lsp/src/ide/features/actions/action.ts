import type { Diagnostic, Edit, Item, Span } from "@agentpolicy/language";
import type { Action, ActionKind, Change, Refused } from "../../model.ts";
import type { Snapshot, SnapshotFile } from "../../snapshot.ts";
import { type Node, partsOf } from "../../tree/path.ts";

/** Where actions are asked for. */
export interface Site {
  readonly snapshot: Snapshot;
  readonly file: SnapshotFile;
  readonly span: Span;
}

/** The answer to a finding, with edits of its own file. */
export interface Answer {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly created?: Readonly<Record<string, string>>;
  readonly preferred?: boolean;
}

/** An action whose change is worked out once, when it is first asked for. */
export function action(kind: ActionKind, title: string, work: () => Change | Refused): Action {
  let known: Change | Refused | undefined;
  return {
    title,
    kind,
    change: () => {
      known ??= work();
      return known;
    },
  };
}

export const answerAction = (
  { title, edits, created, preferred }: Answer,
  answers: readonly Diagnostic[],
): Action => ({
  title: capital(title),
  kind: "quickfix",
  change: () => ({ edits, ...(created && { created }) }),
  ...(preferred === true && { preferred }),
  answers,
});

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const textOf = ({ text }: Pick<SnapshotFile, "text">, { start, end }: Span): string =>
  text.slice(start, end);

export const replaced = ({ path }: Pick<SnapshotFile, "path">, { start, end }: Span, text: string): Edit => ({
  file: path,
  start,
  end,
  text,
});

export const inserted = (file: Pick<SnapshotFile, "path">, at: number, text: string): Edit =>
  replaced(file, { start: at, end: at }, text);

/** From the inmost node that holds a whole span outwards to the file. */
export function pathTo({ tree }: SnapshotFile, { start, end }: Span): readonly Node[] {
  const path: Node[] = [tree];
  for (let node: Node | undefined = tree; node; ) {
    const parts: readonly Node[] = partsOf(node);
    const inner: Node | undefined = parts.find(
      (part) =>
        part.start <= start && end <= part.end && (start < part.end || (start === end && start <= part.end)),
    );
    if (inner) path.unshift(inner);
    node = inner;
  }
  return path;
}

/** The item, rule, mask, tool or field with the comments right before it and the line breaks that only it needs. */
export function wholeLines({ text, tree }: SnapshotFile, { start, end }: Span): Span {
  let from = start;
  for (const comment of tree.comments.toReversed())
    if (comment.end <= from && comment.kind === "doc" && text.slice(comment.end, from).trim() === "")
      from = comment.start;
  const line = text.lastIndexOf("\n", from - 1) + 1;
  const next = text.indexOf("\n", end);
  const stop = next < 0 ? text.length : next + 1;
  if (text.slice(line, from).trim() !== "" || text.slice(end, stop).trim() !== "")
    return { start: from, end };
  const isApart = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, line)) || line === 0;
  const blank = /^[ \t]*\r?\n/.exec(text.slice(stop))?.[0].length ?? 0;
  return { start: line, end: stop + (isApart ? blank : 0) };
}

/** A name that is not taken: the wanted one, or with a number behind it. */
export function freshName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** What any text makes as a name; the other one where it makes none. */
export const nameFrom = (text: string, otherwise: string): string => {
  const name = text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^[-0-9_]+|-+$/g, "");
  return name === "" ? otherwise : name;
};

/** The names of all rules of a file. */
export const ruleNames = (items: readonly Item[]): ReadonlySet<string> =>
  new Set(
    items.flatMap((item) =>
      item.kind === "block"
        ? item.members.flatMap((member) => (member.kind === "rule" && member.name ? [member.name.text] : []))
        : [],
    ),
  );
