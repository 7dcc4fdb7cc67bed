import { kindOf, type NameFact, type Type } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { code, type Phrase, singular } from "./phrase.ts";

const known = new WeakMap<Snapshot, Map<string, ReadonlyMap<string, NameFact>>>();

/** What the names of a file stand for; a file of tests sees the names of its policy, too. */
export function namesIn(snapshot: Snapshot, path: string): ReadonlyMap<string, NameFact> {
  const files = known.get(snapshot) ?? new Map<string, ReadonlyMap<string, NameFact>>();
  known.set(snapshot, files);
  const found = files.get(path);
  if (found) return found;
  const isTests = snapshot.program.files.find((file) => file.path === path)?.role === "tests";
  const outer = isTests && path !== snapshot.entry ? namesIn(snapshot, snapshot.entry) : [];
  const own = snapshot.result.facts.names(path).map((fact) => [fact.name, fact] as const);
  const names = new Map([...outer, ...own]);
  files.set(path, names);
  return names;
}

/** A declared name and the file that it is declared in: `external`, `org.external`. */
export interface Declared {
  readonly fact: NameFact;
  readonly path: string;
}

export function declared(snapshot: Snapshot, path: string, name: string): Declared | null {
  const fact = namesIn(snapshot, path).get(name);
  return fact === undefined ? null : { fact, path: fact.at.file };
}

/** Names that are no nouns, so that "the to" would be said. */
const NO_NOUNS = new Set(
  "a all and any as at b bcc by cc do else extra for from has id_ if in include is more n no not of off on only or out over per q raw recursive so than then this to up use verbose via when where with x y z".split(
    " ",
  ),
);

const SPELLED: Readonly<Record<string, string>> = {
  api: "API",
  html: "HTML",
  http: "HTTP",
  iban: "IBAN",
  id: "ID",
  ids: "IDs",
  ip: "IP",
  json: "JSON",
  sha: "SHA",
  sql: "SQL",
  uri: "URI",
  uris: "URIs",
  url: "URL",
  urls: "URLs",
};

/** A field's name as English words; null where it is better shown as it is written. */
export function nounOf(name: string, type: Type | null): string | null {
  if (!/^[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*$/.test(name)) return null;
  if (type !== null && kindOf(type) === "boolean") return null;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[ _-]/);
  if (words.some((word) => word.length < 2)) return null;
  if (NO_NOUNS.has(words[0] ?? "") || NO_NOUNS.has(words.at(-1) ?? "")) return null;
  return words.map((word) => SPELLED[word] ?? word).join(" ");
}

/** An argument: "the amount", "`to`". */
export function argumentPhrase(name: string, type: Type | null): Phrase {
  const noun = nounOf(name, type);
  return noun === null ? singular(code(name)) : { text: `the ${noun}`, plural: isPlural(noun, type) };
}

/** A field of something that has a name: "the actor's role". */
export function possessedPhrase(owner: string, name: string, type: Type | null): Phrase {
  const noun = nounOf(name, type);
  return noun === null
    ? singular(`${owner} ${code(name)}`)
    : { text: `${owner} ${noun}`, plural: isPlural(noun, type) };
}

/** Lists are many, and so are numbers of things: "the copies are over 5". */
const isPlural = (noun: string, type: Type | null): boolean =>
  isList(type) || (type !== null && kindOf(type) === "number" && /[^sui]s$/.test(noun));

export const isList = (type: Type | null): boolean => type !== null && kindOf(type) === "list";
