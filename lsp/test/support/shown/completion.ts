import type { Completion } from "../../../src/ide/model.ts";

/** Whether the letters typed stand in a text in that order, from the start of a word on: what editors show. */
const fits = (text: string, typed: string): boolean => {
  const words = text.matchAll(/(?<![a-z0-9])./gis);
  return typed === "" || [...words].some(({ index }) => follows(text.slice(index).toLowerCase(), typed));
};

const follows = (text: string, typed: string): boolean => {
  if (text[0] !== typed[0]) return false;
  let at = 0;
  for (const letter of text) if (letter === typed[at]) at++;
  return at === typed.length;
};

/** How many are shown where a scenario does not say. */
const MOST = 12;

/**
 * What an editor shows at a place, likeliest first: `kind label (detail)`, what is put in where it is not the label, and
 * the first line of what it says. `words`: how many are shown; `all`; or names, of which each is shown with its place.
 */
export function shownCompletion(
  items: readonly Completion[],
  text: string,
  offset: number,
  words = "",
): readonly string[] {
  const shown = [...items]
    .sort((one, other) => one.rank - other.rank)
    .filter(({ label, filter, replace }) =>
      fits(filter ?? label, text.slice(replace.start, offset).toLowerCase()),
    );
  const replaced = [...new Set(shown.map(({ replace }) => text.slice(replace.start, replace.end)))];
  const most = words === "all" ? shown.length : words === "" ? MOST : Number(words);
  return [
    ...replaced.map((word) => (word === "" ? "here" : `instead of ${word}`)),
    ...shown.slice(0, most).map(line),
    ...(shown.length > most ? [`… ${shown.length - most} more`] : []),
    ...(shown.length === 0 ? ["nothing"] : []),
  ];
}

function line({ kind, label, detail, insert, doc }: Completion): string {
  return [
    `${kind} ${label}`,
    ...(detail === undefined || detail === "" ? [] : [` (${detail})`]),
    ...(insert === label ? [] : [` -> ${insert.replaceAll("\n", "⏎")}`]),
    ...(doc === undefined ? [] : [` | ${doc.replace(/\n+/g, " / ")}`]),
  ].join("");
}
