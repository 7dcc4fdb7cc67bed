import {
  type Field,
  type Location,
  printName,
  printType,
  type Type,
  type TypeFact,
} from "@agentpolicy/language";
import { code, listed } from "../../words/phrase.ts";
import { fenced, paragraphs, placeLink, prose, type Writing } from "./markdown.ts";
import { extrasOf, toolList } from "./tools.ts";

/** How many types or places are told apart. */
const MOST = 5;

/** A field: its type where it stands, what its schemas say, and where they are. */
export function fieldCard(
  writing: Writing,
  name: string,
  fields: readonly Field[],
  type: Type | null,
  facts: readonly TypeFact[] = [],
): string {
  const [first] = fields;
  const shown = type ?? first?.type ?? null;
  const isOptional =
    facts.length > 0 ? facts.some(({ mayBeAbsent }) => mayBeAbsent) : (first?.optional ?? false);
  const line = `${printName(name)}${isOptional ? "?" : ""}${shown === null ? "" : `: ${printType(shown, { bounds: true })}`}`;
  const docs = [...new Set(fields.map(({ doc }) => prose(doc)).filter((doc) => doc !== ""))];
  const extras = [...new Set(fields.flatMap(extrasOf))];
  return paragraphs(
    fenced(line),
    docs.length > 1
      ? docs
          .slice(0, MOST)
          .map((doc) => `- ${doc.replace(/\s+/g, " ")}`)
          .join("\n")
      : docs[0],
    extras.length > MOST ? "" : extras.join(" "),
    byTools(facts),
    declaredIn(writing, fields),
  );
}

/** Where tools differ: each type with its tools. */
function byTools(facts: readonly TypeFact[]): string {
  if (facts.length < 2) return "";
  const lines = facts.slice(0, MOST).map(({ type, mayBeAbsent, tools, unknown }) => {
    const names = [...(tools.length > 0 ? [toolList(tools)] : []), ...(unknown ? ["undeclared tools"] : [])];
    return `- ${code(printType(type))}${mayBeAbsent ? " or absent" : ""}: ${listed(names, "and")}`;
  });
  return [...lines, ...(facts.length > MOST ? [`- … ${facts.length - MOST} more`] : [])].join("\n");
}

const byPlace = (one: Location, other: Location): number =>
  one.file < other.file ? -1 : one.file > other.file ? 1 : one.start - other.start;

function declaredIn(writing: Writing, fields: readonly Field[]): string {
  const places = fields.flatMap(({ at }) => (at ? [at] : []));
  if (places.length === 0) return "";
  const links = [...new Set(places.toSorted(byPlace).map((at) => placeLink(writing, at)))];
  const more = links.length > MOST ? ` and ${links.length - MOST} more` : "";
  return `Declared in ${listed(links.slice(0, MOST), "and")}${more}.`;
}
