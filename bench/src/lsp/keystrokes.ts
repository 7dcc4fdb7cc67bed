import { chanceFrom } from "./large.ts";

/** What somebody types into the text of a policy: at an offset, letter by letter, and is then taken back. */
export interface Typing {
  readonly offset: number;
  readonly text: string;
}

/** Conditions, a clause, a rule and a wrong word: what is typed in the middle of policies. */
const PHRASES = [
  "actor.level > 3 and ",
  'actor.role == "admin" or ',
  "input has ticket and ",
  "not busy-hour() and ",
  "contxt.env and ",
] as const;

/** So many typings in as many rules, all over the text; the same for the same text. */
export function typings(text: string, count: number): readonly Typing[] {
  const places = [...text.matchAll(/^ {4}when (?=\S)/gm)].map(({ index, 0: found }) => index + found.length);
  const chance = chanceFrom(7);
  return Array.from({ length: count }, (_, at) => ({
    offset: places[Math.floor(chance() * places.length)] ?? 0,
    text: PHRASES[at % PHRASES.length] ?? "",
  }));
}

/** Places of so many names, all over the text: what is pointed at. */
export function pointings(text: string, count: number): readonly number[] {
  const names = [...text.matchAll(/(?<=\s(?:when|unless|on|and) )[a-z][\w.-]+/g)].map(
    ({ index }) => index + 1,
  );
  const chance = chanceFrom(11);
  return Array.from({ length: count }, () => names[Math.floor(chance() * names.length)] ?? 0);
}
