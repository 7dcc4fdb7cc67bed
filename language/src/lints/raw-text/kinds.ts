import type { Field } from "../../types/type.ts";

/** What a text stands for, where the language has a parser for it. */
export type TextKind = "email" | "url" | "domain" | "path" | "ip" | "command";

const BY_FORMAT: Readonly<Record<string, TextKind>> = {
  email: "email",
  "idn-email": "email",
  uri: "url",
  url: "url",
  iri: "url",
  hostname: "domain",
  "idn-hostname": "domain",
  ipv4: "ip",
  ipv6: "ip",
};

/** Last words of an argument's name. */
const BY_NAME: ReadonlyMap<string, TextKind> = new Map(
  (
    [
      ["email", "email mail recipient cc bcc sender"],
      ["url", "url uri link href endpoint webhook website"],
      ["domain", "domain host hostname"],
      ["path", "path file filename filepath dir directory dirname folder cwd"],
      ["ip", "ip ipv4 ipv6"],
      ["command", "command cmd commandline shell bash"],
    ] as const
  ).flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind] as const)),
);

const BY_DOC: readonly (readonly [RegExp, TextKind])[] = [
  [/\b(?:shell command|command line|command to (?:run|execute))\b/iu, "command"],
  [/\be-?mail address(?:es)?\b/iu, "email"],
  [/\b(?:URL|URI)s?\b/u, "url"],
  [/\b(?:host ?name|domain name)s?\b/iu, "domain"],
  [/\bIP address(?:es)?\b/u, "ip"],
  [/\b(?:paths?|director(?:y|ies)|folders?|file ?names?)\b/iu, "path"],
];

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== "");

/** What an argument's text is, by its schema's format, its name or its description; null where none of them says. */
export const kindOfField = (name: string, field: Field | undefined): TextKind | null => {
  const byFormat = field?.format === undefined ? undefined : BY_FORMAT[field.format];
  if (byFormat !== undefined) return byFormat;
  const last = wordsOf(name).at(-1) ?? "";
  const byName = BY_NAME.get(last) ?? BY_NAME.get(last.replace(/s$/u, ""));
  if (byName !== undefined) return byName;
  const doc = field?.doc;
  return doc === undefined ? null : (BY_DOC.find(([words]) => words.test(doc))?.[1] ?? null);
};
