import type { Location, Span } from "@agentpolicy/language";
import type { CallEdge, CallItem, Change, Highlight, Refused, Renaming } from "../../../src/ide/model.ts";

/** The texts of a scenario, by path. */
type Texts = Readonly<Record<string, string>>;

/** `policy.agentpolicy:3:5 "text"`, lines and columns from 1. */
const shownPlace = (texts: Texts, { file, start, end }: Location): string => {
  const text = texts[file] ?? "";
  const before = text.slice(0, start);
  const column = start - before.lastIndexOf("\n");
  return `${file}:${before.split("\n").length}:${column} ${JSON.stringify(text.slice(start, end))}`;
};

/** Places in one line each; of a definition and of references. */
export const shownPlaces = (texts: Texts, places: readonly Location[]): readonly string[] =>
  places.length === 0 ? ["nothing"] : places.map((place) => shownPlace(texts, place));

/** `write place`. */
export const shownHighlights = (
  texts: Texts,
  file: string,
  found: readonly Highlight[],
): readonly string[] =>
  found.length === 0
    ? ["nothing"]
    : found.map(({ kind, start, end }) => `${kind} ${shownPlace(texts, { file, start, end })}`);

export const shownSpans = (texts: Texts, file: string, spans: readonly Span[]): readonly string[] =>
  shownPlaces(
    texts,
    spans.map(({ start, end }) => ({ file, start, end })),
  );

/** What can be renamed, or why not. */
export const shownPrepared = (
  texts: Texts,
  file: string,
  found: Renaming | Refused | null,
): readonly string[] => {
  if (found === null) return ["nothing"];
  if ("refused" in found) return [`refused: ${found.refused}`];
  return [`${found.name} at ${shownPlace(texts, { file, ...found.span })}`];
};

/** Each edit, by file and place, or why there is none. */
export const shownRename = (texts: Texts, found: Change | Refused): readonly string[] => {
  if ("refused" in found) return [`refused: ${found.refused}`];
  if (found.edits.length === 0) return ["nothing"];
  return [...found.edits]
    .sort((one, other) =>
      one.file === other.file ? one.start - other.start : one.file < other.file ? -1 : 1,
    )
    .map((edit) => `${shownPlace(texts, edit)} -> ${edit.text}`);
};

/** What somebody uses and who uses it, with the places where. */
export interface Calls {
  readonly item: CallItem;
  readonly incoming: readonly CallEdge[];
  readonly outgoing: readonly CallEdge[];
}

export const shownCalls = (texts: Texts, found: readonly Calls[]): readonly string[] => {
  const named = ({ kind, name, ...at }: CallItem) => `${kind} ${name} ${shownPlace(texts, at)}`;
  const edge = (word: string, file: string | null, { item, at }: CallEdge): readonly string[] => [
    `  ${word} ${named(item)}`,
    ...at.map((span) => `    at ${shownPlace(texts, { ...span, file: file ?? item.file })}`),
  ];
  if (found.length === 0) return ["nothing"];
  return found.flatMap(({ item, incoming, outgoing }) => [
    named(item),
    ...incoming.flatMap((one) => edge("used by", null, one)),
    ...outgoing.flatMap((one) => edge("uses", item.file, one)),
  ]);
};
