import { printName, printType, type Tool } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import type { Place } from "../places.ts";
import { type PatternFact, type ToolIndex, toolIndex } from "../typing/catalogue.ts";
import { brief, docOf, FITTING, NEEDED, type Offer, offer, POSSIBLE, paragraphs, USUAL } from "./offer.ts";
import { recordSnippet } from "./records.ts";
import { plain } from "./snippet.ts";

type PatternPlace = Extract<Place, { kind: "pattern" }>;

/** Tools, patterns with how many tools they match, and `unknown`. Tools that no rule covers come first in a block. */
export const patternOffers = (cursor: Cursor, place: PatternPlace): readonly Offer[] => {
  const index = toolIndex(cursor.snapshot);
  const written = new Set(place.written);
  const tools = index.tools
    .map((tool) => toolOffer(tool, index, cursor, place))
    .filter(({ label }) => !written.has(label));
  if (place.of === "call") return tools;
  const patterns = index.patterns
    .filter(({ pattern }) => !written.has(pattern))
    .map((pattern) => patternOffer(pattern, index));
  return [...tools, ...patterns, ...wholes(index, place)].filter(({ label }) => !written.has(label));
};

/** The name of a tool as patterns write it. */
export const patternOf = ({ server, tool }: Pick<Tool, "server" | "tool">): string =>
  server === null ? printName(tool) : `${printName(server)}.${printName(tool)}`;

const toolOffer = (tool: Tool, index: ToolIndex, cursor: Cursor, place: PatternPlace): Offer => {
  const label = patternOf(tool);
  const isCovered = index.rules.has(tool.name);
  const isCall = place.of === "call";
  const { needed, doc } = toolTexts(tool);
  const withInput = isCall && cursor.following === "";
  const state = place.of === "block" && !isCovered ? "no rule yet" : "";
  const about = brief(tool.title ?? tool.doc ?? "");
  return offer("tool", label, {
    insert: withInput ? `${plain(label)} {${needed === "" ? "" : ` ${needed} `}}` : label,
    snippet: withInput,
    detail: [state, about].filter((text) => text !== "").join(": "),
    band: (place.of === "block" && !isCovered) || (isCall && isCovered) ? NEEDED : FITTING,
    ...docOf(doc),
  });
};

interface ToolTexts {
  /** What a call must be given, as a snippet. */
  readonly needed: string;
  readonly doc: string | undefined;
}

const texts = new WeakMap<Tool, ToolTexts>();

/** Tools outlive the edits of a policy, and every list of them has the same words for each. */
const toolTexts = (tool: Tool): ToolTexts => {
  const known = texts.get(tool) ?? { needed: recordSnippet(tool.input), doc: toolDoc(tool) };
  texts.set(tool, known);
  return known;
};

const HINT_WORDS = {
  readOnly: "read-only",
  destructive: "destructive",
  idempotent: "idempotent",
  openWorld: "open-world",
};

/** What a tool is for, what it takes, and its hints. */
const toolDoc = ({ doc, input, hints }: Tool): string | undefined => {
  const fields = [...input.fields].map(
    ([name, field]) =>
      `- \`${printName(name)}${field.optional ? "?" : ""}: ${printType(field.type)}\`${field.doc === undefined ? "" : ` ${brief(field.doc)}`}`,
  );
  const known = Object.entries(HINT_WORDS).filter(([hint]) => hints[hint as keyof typeof hints]);
  return paragraphs(doc, fields.join("\n"), known.map(([, word]) => word).join(", "));
};

const counted = (count: number): string => (count === 1 ? "1 tool" : `${count} tools`);

const patternOffer = ({ pattern, tools }: PatternFact, { rules }: ToolIndex): Offer => {
  const uncovered = tools.filter((name) => !rules.has(name)).length;
  return offer("pattern", pattern, {
    detail: counted(tools.length),
    band: uncovered > 0 ? FITTING : USUAL,
    doc: listed(tools),
  });
};

const MOST = 20;

const listed = (tools: readonly string[]): string =>
  [
    ...tools.slice(0, MOST).map((name) => `- \`${name}\``),
    ...(tools.length > MOST ? [`- … ${tools.length - MOST} more`] : []),
  ].join("\n");

const wholes = ({ tools }: ToolIndex, { of, start }: PatternPlace): readonly Offer[] => {
  if (start !== null) return [offer("pattern", "*", { detail: counted(tools.length), band: POSSIBLE })];
  return [
    offer("pattern", "*", { detail: `every declared tool: ${counted(tools.length)}`, band: USUAL }),
    ...(of === "claim" || of === "block" || of === "track"
      ? [offer("pattern", "unknown", { detail: "tools that no catalogue declares", band: POSSIBLE })]
      : []),
  ];
};

/** Tools of a catalogue whose hints may be replaced. */
export const overrideOffers = (cursor: Cursor, written: readonly string[]): readonly Offer[] => {
  const { item, snapshot } = cursor;
  if (item?.kind !== "tools") return [];
  const there = new Set([...written, ...item.tools.map(({ name }) => name.text)]);
  const server = item.name?.text ?? null;
  return toolIndex(snapshot)
    .tools.filter((tool) => tool.server === server && !there.has(tool.tool))
    .map((tool) =>
      offer("tool", printName(tool.tool), {
        insert: `${plain(printName(tool.tool))} @$1`,
        snippet: true,
        detail: brief(tool.title ?? tool.doc ?? ""),
        ...docOf(toolTexts(tool).doc),
      }),
    );
};
