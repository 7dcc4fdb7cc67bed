import type { Parser } from "../../core/expr.ts";
import { BOOLEAN, INSTANT, INTEGER, listOf, opaque, STRING } from "../../types/build.ts";
import type { Type } from "../../types/type.ts";
import type { Parameter } from "../facts.ts";
import { elementOf, kindOf } from "./kinds.ts";
import {
  METHOD_RESULT,
  type MethodName,
  methodOf,
  methodsOf,
  PROPERTY_TYPES,
  type Property,
  propertiesOf,
  propertyOf,
} from "./methods.ts";

/** What can be read of a value after a dot without its being declared: `text.length`, `list.any(…)`, `url(x).host`. */
export interface Builtin {
  readonly name: string;
  /** A property is written without parentheses, a method with them. */
  readonly kind: "property" | "method";
  /** What a method takes. */
  readonly parameters: readonly Parameter[];
  readonly result: Type;
  /** One sentence, in Markdown. */
  readonly doc: string;
}

/** The properties and methods of values of a type; none where it must be narrowed first. */
export const builtinsOf = (type: Type): readonly Builtin[] => {
  const kind = kindOf(type);
  const properties = propertiesOf(kind).flatMap((name): readonly Builtin[] => {
    const property = propertyOf(kind, name);
    if (property === null) return [];
    const result = PROPERTY_TYPES[property](type);
    return [{ name, kind: "property", parameters: [], result, doc: PROPERTY_DOCS[property] }];
  });
  const methods = methodsOf(kind).map((name): Builtin => {
    const method = methodOf(kind, name);
    const result = method === null ? (name === "count" ? INTEGER : BOOLEAN) : METHOD_RESULT[method];
    const doc = method === null ? (SPECIAL_DOCS[name] ?? "") : METHOD_DOCS[method];
    return { name, kind: "method", parameters: parametersOf(method, name, type), result, doc };
  });
  return [...properties, ...methods];
};

const parametersOf = (method: MethodName | null, name: string, of: Type): Builtin["parameters"] => {
  if (name === "matches") return [{ name: "pattern", type: STRING, form: "constant" }];
  if (method === null) return [{ name: "each", type: elementOf(of), form: "each" }];
  switch (method) {
    case "string.lower":
      return [];
    case "list.contains":
      return [{ name: "value", type: elementOf(of), form: "value" }];
    case "list.containsAll":
    case "list.containsAny":
      return [{ name: "values", type: listOf(elementOf(of)), form: "value" }];
    default:
      return [{ name: PARAMETERS[method] ?? "text", type: STRING, form: "value" }];
  }
};

const PARAMETERS: Partial<Record<MethodName, string>> = {
  "url.within": "base",
  "domain.within": "base",
  "path.within": "folder",
  "ip.in": "network",
};

const PROPERTY_DOCS: Readonly<Record<Property, string>> = {
  "string.length": "The number of code points.",
  "list.length": "The number of items.",
  "instant.hour": "The hour, 0 to 23, in UTC or in the zone of `now(…)`.",
  "instant.weekday": 'The day of the week: `"mon"` to `"sun"`.',
  "instant.date": 'The day: `"2026-01-31"`.',
  "email.local": "The part before the `@`.",
  "email.domain": "The domain in lower case; other letters than ASCII's in punycode.",
  "url.scheme": "The scheme without its colon: `https`.",
  "url.host": "The host in lower case and punycode, without user and port.",
  "url.port": "The port; that of the scheme where none is written.",
  "url.path": "The path with `.` and `..` resolved.",
  "url.query": "What follows the `?`.",
  "path.absolute": "Whether the path begins at a root.",
  "path.name": "The last segment.",
  "path.extension": "The extension without its dot; empty where there is none.",
  "ip.private": "Whether it is an address that the internet does not route.",
  "ip.version": "4 or 6; an IPv4 address within IPv6 is of version 4.",
  "command.program": "The first word as it is written: for allowing.",
  "command.name": "The first word without its folders: for denying.",
  "command.args": "The words of the line without their quotes.",
  "command.compound":
    "Whether more than one plain program runs: pipes, chains, redirections, substitutions, wrappers.",
};

const METHOD_DOCS: Readonly<Record<MethodName, string>> = {
  "string.startsWith": "Whether the text begins with another; case counts.",
  "string.endsWith": "Whether the text ends in another; case counts.",
  "string.contains": "Whether another text stands somewhere in it; case counts.",
  "string.lower": "The text in lower case, the same in every locale.",
  "list.contains": "Whether an item equals the value.",
  "list.containsAll": "Whether each of the values is in the list.",
  "list.containsAny": "Whether one of the values is in the list.",
  "url.within": "Whether the URL is of the same origin and at or below the path of the base.",
  "domain.within": "Whether it is that domain or one below it.",
  "path.within": "Whether it is that folder or something in it.",
  "ip.in": "Whether the address is in the network: `10.0.0.0/8`.",
};

const SPECIAL_DOCS: Readonly<Record<string, string>> = {
  any: "Whether the condition holds for some item.",
  all: "Whether the condition holds for every item; so it does for none at all.",
  count: "For how many items the condition holds.",
  matches: "Whether a regular expression matches anywhere in the text.",
};

/** A function that reads text as a value with parts. */
export interface ParserFact {
  readonly name: Parser;
  readonly result: Type;
  readonly doc: string;
}

/** The parsers. Text that one refuses makes the decision `deny`, code `invalid_value`. */
export const PARSER_FACTS: readonly ParserFact[] = [
  { name: "email", result: opaque("email"), doc: "One bare address, `local@domain`." },
  { name: "url", result: opaque("url"), doc: "An absolute URL with a host." },
  { name: "domain", result: opaque("domain"), doc: "A host name." },
  { name: "path", result: opaque("path"), doc: "A POSIX or Windows path, with `.` and `..` resolved." },
  { name: "ip", result: opaque("ip"), doc: "An IPv4 or IPv6 address." },
  { name: "datetime", result: INSTANT, doc: "An instant as RFC 3339 writes it, with an offset." },
  { name: "command", result: opaque("command"), doc: "One POSIX shell line." },
];
