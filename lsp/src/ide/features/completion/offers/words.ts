import type { Word } from "../places.ts";
import { NEEDED, type Offer, offer, POSSIBLE, USUAL } from "./offer.ts";
import { hole } from "./snippet.ts";

interface About {
  readonly detail: string;
  readonly insert?: string;
}

const ABOUT: Readonly<Record<Word, About>> = {
  version: { detail: "the policy's version", insert: `version "${hole(1, "1.0.0")}"` },
  as: { detail: "the name that the file's names are called by", insert: `as ${hole(1, "name")}` },
  from: { detail: "read from a JSON file", insert: 'from "$1"' },
  where: { detail: "only tools of which this holds", insert: "where $1" },
  when: { detail: "only calls for which this holds", insert: "when $1" },
  per: { detail: "whose calls are taken together", insert: "per $1" },
  within: { detail: "only the last stretch of time", insert: "within $1" },
  on: { detail: "the tools", insert: "on $1" },
  approval: { detail: "a person decides" },
  clarification: { detail: "the agent or its user answers a question" },
  low: { detail: "what `allow` has where nothing is said" },
  medium: { detail: "what the others have where nothing is said" },
  high: { detail: "risk" },
  critical: { detail: "the highest risk" },
  actor: { detail: "for each actor" },
  session: { detail: "for each session" },
  policy: { detail: "for all calls together" },
  count: { detail: "how many calls ran", insert: "count on $1" },
  seen: { detail: "whether a call ran", insert: "seen on $1" },
  sum: { detail: "a number of each call, added up", insert: "sum $1 on $2" },
  in: { detail: "is none of a list" },
  like: { detail: "does not fit a glob" },
  by: { detail: "exactly the rules that decide", insert: "by $1" },
  code: { detail: "why it is decided", insert: "code $1" },
  raw: { detail: "an input that the tool does not take", insert: "raw { $1 }" },
  rule: { detail: "rules decided" },
  default: { detail: "no rule matched" },
  unknown_tool: { detail: "no catalogue declares the tool" },
  invalid_request: { detail: "what the policy reads does not fit the schema" },
  invalid_value: { detail: "a condition could not be evaluated" },
  state_unavailable: { detail: "the state store did not answer" },
  policy_unavailable: { detail: "the policy could not be loaded" },
};

/** A few words of the language, likeliest first. `fresh`: on a line of its own, where a new item is likelier. */
export const wordOffers = (words: readonly Word[], fresh: boolean): readonly Offer[] =>
  words.map((word) => {
    const { detail, insert } = ABOUT[word];
    const band = fresh ? POSSIBLE : word === "raw" || word === "code" ? USUAL : NEEDED;
    return offer("keyword", word, { detail, band, ...(insert !== undefined && { insert, snippet: true }) });
  });
