import {
  type Builtin,
  kindOf,
  type NameFact,
  PARSER_FACTS,
  type Parameter,
  printName,
  printType,
  type Signature,
  type Type,
} from "@agentpolicy/language";
import { code, counted } from "../../words/phrase.ts";
import { speakerOf } from "../../words/speaker.ts";
import { seenWords, trackNoun } from "../../words/tracks.ts";
import { widened } from "../inlay/widened.ts";
import { fenced, fileLink, paragraphs, placeLink, prose, type Writing } from "./markdown.ts";
import { shortJson } from "./tools.ts";

/** A declared name: a constant with its value, a function, a type, a track in words, an import. */
export function nameCard(writing: Writing, fact: NameFact): string {
  const there = fact.at.file === writing.path ? "" : `Declared in ${placeLink(writing, fact.at)}.`;
  const doc = prose(fact.doc);
  switch (fact.kind) {
    case "let":
      return paragraphs(fenced(constantLine(fact)), doc, there);
    case "fn":
      return paragraphs(fenced(signatureLine(fact.signature, "fn ")), doc, there);
    case "type": {
      const type = fact.type === null ? "…" : printType(fact.type, { bounds: true });
      return paragraphs(fenced(`type ${fact.name} = ${type}`), doc, there);
    }
    case "track":
      return paragraphs(fenced(trackLine(writing, fact)), trackSentence(writing, fact), doc, there);
    case "import": {
      const count = writing.snapshot.result.facts.rules.filter(({ at }) => at.file === fact.path).length;
      const from =
        fact.path === null
          ? ""
          : `${fileLink(writing, fact.path)}: ${counted(count, "rule joins", "rules join")} this policy.`;
      return paragraphs(
        fenced(`import ${JSON.stringify(fact.item.path?.value ?? "")} as ${fact.name}`),
        from,
        doc,
      );
    }
  }
}

type Of<K extends NameFact["kind"]> = Extract<NameFact, { readonly kind: K }>;

function constantLine({ name, type, value }: Of<"let">): string {
  const words = type === null ? "" : `: ${printType(widened(type))}`;
  return value === undefined ? `let ${name}${words}` : `let ${name}${words} = ${shortJson(value, 200)}`;
}

/** `fn external(address: string): boolean`. */
export const signatureLine = (
  { name, parameters, result }: Pick<Signature, "name" | "parameters" | "result">,
  lead = "",
): string =>
  `${lead}${name}(${parameters.map(parameterText).join(", ")})${result === null ? "" : `: ${printType(result)}`}`;

export const parameterText = ({ name, type, form }: Parameter): string => {
  const text = type === null ? null : printType(type);
  if (form === "each") return "x => …";
  return `${printName(name)}${text === null ? "" : `: ${text}`}`;
};

function trackLine({ snapshot }: Writing, { item, at }: Of<"track">): string {
  return (
    snapshot.files.get(at.file)?.text.slice(item.start, item.end).trim().replace(/\s+/g, " ") ??
    item.name?.text ??
    ""
  );
}

function trackSentence({ snapshot }: Writing, { item, at }: Of<"track">): string {
  const to = speakerOf(snapshot, at.file);
  const noun = trackNoun(item, to)?.text;
  const seen = noun === undefined ? seenWords(item, false, to) : null;
  if (noun === undefined && seen === null) return "";
  return noun === undefined ? `Whether ${seen}.` : `${noun.replace(/^t/, "T")}. Only calls that ran count.`;
}

/** A property or method that the language has. */
export function builtinCard(type: Type, { name, kind, parameters, result, doc }: Builtin): string {
  const printed = printType(widened(type));
  const of = printed.length <= LONGEST_RECEIVER ? printed : kindOf(type);
  const tail =
    kind === "property" ? `${name}: ${printType(result)}` : signatureLine({ name, parameters, result });
  const [each] = parameters.filter(({ form }) => form === "each");
  const about = each?.type ? `${code("x")} is ${code(printType(each.type))}.` : "";
  return paragraphs(fenced(`(${of}).${tail}`), doc, about);
}

const LONGEST_RECEIVER = 40;

export function parserCard(name: string): string | null {
  const parser = PARSER_FACTS.find((one) => one.name === name);
  if (!parser) return null;
  const line = `${name}(text: string): ${printType(parser.result)}`;
  return paragraphs(
    fenced(line),
    `${parser.doc} Text that is none makes the decision \`deny\`, code \`invalid_value\`.`,
  );
}
