import { type ExprNode, kindOf } from "@agentpolicy/language";
import { unfoldedValue } from "./functions.ts";
import { isList } from "./names.ts";
import { code, type Phrase, plural, singular } from "./phrase.ts";
import { resolved, type Speaker, typeOf } from "./speaker.ts";
import { fieldPhrase, pathOf, phraseOf } from "./values.ts";

type Of<Kind extends ExprNode["kind"]> = Extract<ExprNode, { readonly kind: Kind }>;

/** What a parser reads, as a noun; the value read stands behind it. */
const PARSERS: Readonly<Record<string, string>> = {
  email: "e-mail address",
  url: "URL",
  domain: "domain",
  path: "path",
  ip: "IP address",
  datetime: "time",
  command: "command",
};

/** What properties are called; those that say yes or no are conditions. */
const PROPERTIES: Readonly<Record<string, string>> = {
  "email.local": "the part before the @ of",
  "email.domain": "the domain of",
  "url.scheme": "the scheme of",
  "url.host": "the host of",
  "url.port": "the port of",
  "url.path": "the path of",
  "url.query": "the query of",
  "path.name": "the file name of",
  "path.extension": "the extension of",
  "ip.version": "the IP version of",
  "command.program": "the program of",
  "command.name": "the program (without its folder) of",
  "command.args": "the arguments of",
};

const INSTANTS: Readonly<Record<string, string>> = {
  hour: "the hour",
  weekday: "the day of the week",
  date: "the date",
};

/** A property that the language has: undefined where the name is a field. */
export function builtinPhrase({ of, name }: Of<"member">, to: Speaker): Phrase | null | undefined {
  const type = typeOf(to, of);
  const kind = type === null ? null : kindOf(type);
  if (kind === null || kind === "record" || kind === "any" || kind === "mixed") return undefined;
  const place = resolved(of, to);
  if (kind === "instant") {
    const zone = zoneOf(place.node);
    const noun = INSTANTS[name.text];
    return noun === undefined
      ? null
      : zone === null
        ? instantPart(noun, of, to)
        : singular(`${noun} (${zone})`);
  }
  const holder = phraseOf(of, to);
  if (holder === null) return null;
  if (name.text === "length") return lengthPhrase(holder, kind);
  const noun = PROPERTIES[`${kind}.${name.text}`];
  if (noun === undefined) return undefined;
  return { text: `${noun} ${holder.text}`, plural: name.text === "args" };
}

const instantPart = (noun: string, of: ExprNode, to: Speaker): Phrase | null => {
  const holder = phraseOf(of, to);
  return holder && singular(`${noun} (UTC) of ${holder.text}`);
};

/** Where `now` is read: `UTC`, or the zone that is written. */
function zoneOf(node: ExprNode): string | null {
  if (node.kind === "name") return node.name.text === "now" ? "UTC" : null;
  if (node.kind !== "call" || node.callee.kind !== "name" || node.callee.name.text !== "now") return null;
  const [zone] = node.args;
  return zone === undefined ? "UTC" : zone.kind === "string" ? zone.value : null;
}

function lengthPhrase(holder: Phrase, kind: string): Phrase {
  if (kind === "string") return singular(`the length of ${holder.text}`);
  const noun = /^the ([a-z ]+s)$/.exec(holder.text)?.[1];
  return singular(noun === undefined ? `the number of items in ${holder.text}` : `the number of ${noun}`);
}

/** A call that gives a value: a parser, `lower()`, `now("Europe/Berlin")`, a function that is short. */
export function callPhrase(node: Of<"call">, to: Speaker): Phrase | null {
  const { callee, args } = node;
  if (callee.kind === "member") {
    const type = typeOf(to, callee.of);
    if (callee.name.text === "lower" && type !== null && kindOf(type) === "string") {
      const holder = phraseOf(callee.of, to);
      return holder && singular(`${holder.text} in lower case`);
    }
    return unfoldedValue(node, to);
  }
  if (callee.kind !== "name") return null;
  const parser = Object.hasOwn(PARSERS, callee.name.text) ? PARSERS[callee.name.text] : undefined;
  const [argument] = args;
  if (parser !== undefined && argument !== undefined) return parsedPhrase(parser, argument, to);
  const zone = zoneOf(node);
  return zone === null ? unfoldedValue(node, to) : singular(`the time of the call in ${zone}`);
}

/** "the e-mail address `to`"; "the path" where the argument is called so; one of a list is not told twice what it is. */
function parsedPhrase(parser: string, argument: ExprNode, to: Speaker): Phrase | null {
  const fields = pathOf(argument, to);
  const type = typeOf(to, argument);
  const said = fields ? fieldPhrase(fields, type) : phraseOf(argument, to);
  if (said === null) return null;
  const noun = parser.toLowerCase();
  if (said.text.toLowerCase() === `the ${noun}` || isParsed(said.text)) return said;
  if (fields?.length === 2 && fields[0] === "input") {
    const [, name = ""] = fields;
    return singular(name.toLowerCase() === noun ? `the ${parser}` : `the ${parser} ${code(name)}`);
  }
  if (said.text.toLowerCase().endsWith(` ${noun}`)) return said;
  return isList(type) ? plural(said.text) : said;
}

/** "one of the paths", "its path", "the time of the call": what it is need not be told. */
const isParsed = (text: string): boolean => /^(?:it|its|one of|each of|none of)\b/.test(text);
