import type { TrackItem } from "@agentpolicy/language";
import { clauseOf } from "./conditions.ts";
import { code, lastWords, listed, type Phrase, singular } from "./phrase.ts";
import { inline } from "./said.ts";
import { quoted, type Speaker, speakerOf, textOf } from "./speaker.ts";
import { patternsPhrase } from "./tools.ts";
import { phraseOf } from "./values.ts";

/** Whose calls count, and since when: "by this actor in the last 24 hours". */
function reach({ per, within }: TrackItem): string {
  const last = within ? lastWords(within.milliseconds) : null;
  if (per?.key === "session") return last === null ? " in this session" : ` in ${last} of this session`;
  const who = per?.key === "actor" ? " by this actor" : " by anybody";
  return last === null ? who : `${who} in ${last}`;
}

/** " (where the amount is over 500)": empty where every call counts, null where that cannot be said. */
function only({ when }: TrackItem, to: Speaker): string | null {
  if (!when) return "";
  const said = clauseOf(when, false, to);
  const text = said ? inline(said, true) : quoted(to, when);
  return text === null ? null : ` (where ${text})`;
}

/** The speaker of a track's own file; a track names no parameters. */
const own = (to: Speaker): Speaker => ({
  ...speakerOf(to.snapshot, to.path),
  notes: to.notes,
  effort: to.effort,
});

/** "`bank.pay`", "`bank.pay` or `bank.close`", "any tool of `bank`". */
function anyOf({ tools }: TrackItem, to: Speaker): string {
  const { text, parts } = patternsPhrase(tools, undefined, to);
  if (parts) return listed(parts, "or");
  return tools.patterns.length === 1 ? text.replace(/^every /, "any ") : `any of ${code(textOf(to, tools))}`;
}

/** "calls to `github.create_issue` by this actor in the last hour". */
export function callsWords(item: TrackItem, to: Speaker, count = 2): string | null {
  const conditions = only(item, own(to));
  if (conditions === null) return null;
  return `${count === 1 ? "call" : "calls"} to ${anyOf(item, own(to))}${conditions}${reach(item)}`;
}

/** A track's figure as a noun; null for one that says yes or no. */
export function trackNoun(item: TrackItem, to: Speaker): Phrase | null {
  const calls = callsWords(item, to);
  if (calls === null || item.figure === "seen") return null;
  if (item.figure === "count") return singular(`the number of ${calls}`);
  const summed = item.sum && phraseOf(item.sum, own(to));
  if (!summed) return null;
  const isNoun = /^the (?:(?!plus|minus|times|divided by)[A-Za-z]+ ?)+$/.test(summed.text);
  // "The total amount of calls" would be how many there were.
  return singular(`the sum of ${isNoun ? summed.text : `(${summed.text})`} over all ${calls}`);
}

/** Whether one of the tools ran: "`mail.read_inbox` or `web.fetch` ran before in this session". */
export function seenWords(item: TrackItem, negated: boolean, to: Speaker): string | null {
  const conditions = only(item, own(to));
  if (conditions === null || item.figure !== "seen") return null;
  const last = item.within ? lastWords(item.within.milliseconds) : null;
  const one = `${some(anyOf(item, own(to)))}${conditions}`;
  const any = `${anyOf(item, own(to))}${conditions}`;
  if (item.per?.key === "session") {
    const since = last === null ? "before in this session" : `in ${last} of this session`;
    return negated ? `no call to ${any} ran ${since}` : `${one} ran ${since}`;
  }
  const since = last === null ? "before" : `in ${last}`;
  if (item.per?.key === "actor")
    return `this actor ${negated ? `did not run ${any}` : `ran ${one}`} ${since}`;
  return `${negated ? `nobody ran ${any}` : `somebody ran ${one}`} ${since}`;
}

const some = (tools: string): string => tools.replace(/^any (?=of )/, "one ").replace(/^any /, "some ");
