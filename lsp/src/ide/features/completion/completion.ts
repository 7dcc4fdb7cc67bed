import { type Span, type Token, tokensOf } from "@agentpolicy/language";
import type { Completion } from "../../model.ts";
import type { Snapshot } from "../../snapshot.ts";
import { inmost, pathAt } from "../../tree/path.ts";
import { type Cursor, cursorAt, startOfLine } from "./cursor.ts";
import { FITTING, type Offer, SELDOM } from "./offers/offer.ts";
import { offersAt } from "./offers/offers.ts";
import { hintOffers } from "./offers/tool-properties.ts";
import type { Place } from "./places.ts";
import { bracesAt } from "./sentence.ts";
import { expression } from "./walk/expression.ts";
import { placesAt } from "./walk/items.ts";
import { readerOf } from "./walk/reader.ts";

/** What whoever asks knows beside the policy. */
export interface CompletionContext {
  /** Paths of files near the policy, for `import` and `from`. */
  readonly files?: readonly string[];
}

/**
 * What can be written at a place, likeliest first (`rank` counts from 0). `replace` holds the place. Works in text that is
 * written by half; in comments, and where only the author knows what is to come, nothing is offered.
 */
export function completions(
  snapshot: Snapshot,
  path: string,
  offset: number,
  { files = [...snapshot.program.sources.keys()] }: CompletionContext = {},
): readonly Completion[] {
  const file = snapshot.files.get(path);
  if (file === undefined || offset < 0 || offset > file.text.length) return [];
  const cursor = cursorAt(snapshot, path, file, offset, files);
  if (cursor === null) return [];
  if (file.text.charAt(cursor.replace.start - 1) === "@") return hints(cursor);
  const places = placesAt(readerOf(file.text, cursor.tokens, cursor.replace.start));
  const all = startsItem(cursor, places) ? [...places, ITEM] : places;
  const isSentence = places.some(({ kind }) => kind === "sentence");
  if (cursor.quoted !== null && isSentence) return inSentence(cursor, cursor.quoted);
  const offers = all.flatMap((place) =>
    offersAt(cursor, place).map((one) => placed(cursor, place, shifted(cursor, places, place, one))),
  );
  return ranked(cursor.quoted === null ? offers : offers.filter(isQuoted));
}

const ITEM: Place = { kind: "item" };

/** A line that begins at the first column is likely the next item, whatever was left unfinished before it. */
const startsItem = ({ fresh, replace, file, quoted }: Cursor, places: readonly Place[]): boolean =>
  fresh &&
  quoted === null &&
  startOfLine(file.text, replace.start) === replace.start &&
  places.every(({ kind }) => kind !== "item");

/** A line that is indented deeper than its rule, or has more of the rule behind it, goes on with the rule. */
const shifted = (cursor: Cursor, places: readonly Place[], { kind }: Place, one: Offer): Offer => {
  if (!cursor.fresh || !places.some((place) => place.kind === "clause")) return one;
  const goesOn = isInRule(cursor);
  if (kind === "member") return goesOn ? { ...one, band: one.band + SELDOM } : one;
  return goesOn ? one : { ...one, band: one.band + FITTING };
};

const isInRule = ({ file, tokens, replace }: Cursor): boolean => {
  const last = tokens.at(-1)?.end ?? 0;
  const rule = inmost(pathAt(file.tree, last), "rule");
  if (rule === undefined) return false;
  const column = (offset: number) => offset - startOfLine(file.text, offset);
  return rule.end > replace.end || column(replace.start) > column(rule.start);
};

type Placed = Offer & { readonly replace: Span };

/** A pattern is replaced as a whole, from its first piece on. */
const placed = (cursor: Cursor, place: Place, one: Offer): Placed => {
  const { replace, file } = cursor;
  if (place.kind !== "pattern") return { ...one, replace };
  const tail = /^[\p{L}\p{N}_*.-]*/u.exec(file.text.slice(replace.end, replace.end + 200))?.[0] ?? "";
  return { ...one, replace: { start: place.start ?? replace.start, end: replace.end + tail.length } };
};

/** Within quotes only what has quotes fits, or a pattern with a quoted piece. */
const isQuoted = ({ insert, kind }: Offer): boolean =>
  insert.startsWith('"') ||
  insert.startsWith('r"') ||
  ((kind === "tool" || kind === "pattern") && insert.includes('"'));

const ranked = (offers: readonly Placed[]): readonly Completion[] => {
  const known = new Set<string>();
  return offers
    .filter(({ label, kind }) => {
      const key = `${kind} ${label}`;
      if (known.has(key)) return false;
      known.add(key);
      return true;
    })
    .sort((one, other) => one.band - other.band)
    .map(({ band: _, ...completion }, rank) => ({ ...completion, rank }));
};

/** After `@` in a list of tools. */
const hints = (cursor: Cursor): readonly Completion[] => {
  if (cursor.item?.kind !== "tools") return [];
  const { start, end } = cursor.replace;
  const line = cursor.tokens.filter(({ kind }) => kind === "hint");
  const last = cursor.tokens.findLast(({ kind }) => kind !== "hint")?.end ?? 0;
  const written = line.filter((hint) => hint.start > last).map(({ text }) => text);
  return ranked(hintOffers(written).map((one) => ({ ...one, replace: { start: start - 1, end } })));
};

/** Within the braces of a reason or question any value of the rule may stand; beside them the author's own words do. */
const inSentence = (cursor: Cursor, text: Token): readonly Completion[] => {
  const braces = bracesAt(cursor.file.text, text, cursor.offset);
  if (braces === null) return [];
  const all = tokensOf(braces.text, 0).map((token) => ({
    ...token,
    start: token.start + braces.start,
    end: token.end + braces.start,
  }));
  const word = braces.word;
  const tokens = all.filter(({ end }) => end <= word.start);
  const inner: Cursor = {
    ...cursor,
    quoted: null,
    replace: word,
    tokens: [...cursor.tokens, ...tokens],
    fresh: false,
    following: braces.following,
  };
  const reader = readerOf(cursor.file.text, tokens, word.start);
  const { places } = expression(reader, { within: "rule", expects: { kind: "anything" } });
  return ranked(
    (places ?? []).flatMap((place) =>
      offersAt(inner, place).map((one) => placed(inner, place, withinQuotes(one))),
    ),
  );
};

/** A quote would end the sentence. */
const withinQuotes = (one: Offer): Offer => ({
  ...one,
  insert: one.insert.replaceAll('"', one.snippet === true ? '\\\\"' : '\\"'),
});
