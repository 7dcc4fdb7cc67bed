import {
  effectWords,
  type Field,
  type Hints,
  type Json,
  printName,
  printType,
  type Rule,
  type Tool,
  type ToolsItem,
} from "@agentpolicy/language";
import type { Snapshot } from "../../snapshot.ts";
import { code, counted, escaped, listed } from "../../words/phrase.ts";
import { placedRule } from "../../words/placed.ts";
import { ruleInWords } from "../../words/rule.ts";
import { alwaysFor, defaultWords, masksFor, neverFor, rulesFor } from "./governing.ts";
import { cell, fileLink, linked, paragraphs, prose, type Writing } from "./markdown.ts";

const MOST_ARGUMENTS = 16;
const MOST_RULES = 12;
const MOST_TOOLS = 16;

/** Everything there is to know of a tool: what it says of itself, what it takes, and what the policy does with it. */
export function toolCard(writing: Writing, tool: Tool): string {
  const title = tool.title === null || tool.title === tool.tool ? "" : ` · ${escaped(tool.title)}`;
  return paragraphs(
    `**${linked(writing, code(tool.name), tool.at)}**${title}`,
    prose(tool.doc),
    hintsLine(writing.snapshot, tool),
    argumentsTable(tool),
    governingList(writing, tool.name),
  );
}

const HINTS: readonly (readonly [keyof Hints, string, string])[] = [
  ["readOnly", "read-only", "not read-only"],
  ["destructive", "destructive", "not destructive"],
  ["idempotent", "idempotent", "not idempotent"],
  ["openWorld", "open-world", "not open-world"],
];

/** The hints of a tool, each with who says so. */
function hintsLine(snapshot: Snapshot, tool: Tool): string {
  const origin = originOf(snapshot, tool);
  const words = HINTS.map(([key, yes, no]) => {
    const source = origin === null ? "" : ` (${origin(key)})`;
    return `${tool.hints[key] ? yes : no}${source}`;
  });
  const sources = new Set(words.map((text) => / \(([^)]*)\)$/.exec(text)?.[1] ?? ""));
  const [only = ""] = sources;
  if (sources.size > 1 || only === "") return `Hints: ${words.join(" · ")}`;
  return `Hints, ${only}: ${words.map((text) => text.replace(/ \([^)]*\)$/, "")).join(" · ")}`;
}

type Origin = (hint: keyof Hints) => string;

/** Who says what a hint is: the policy, the server, or nobody, so that MCP's default holds. */
function originOf(snapshot: Snapshot, tool: Tool): Origin | null {
  const item = declaringItem(snapshot, tool);
  if (item === null) return null;
  if (item.from === undefined) return () => "as declared here";
  if (item.tools.some(({ name }) => name.text === tool.tool)) return () => "as this policy says";
  const given =
    snapshot.program.catalogues.get(item)?.tools.find(({ name }) => name === tool.tool)?.hints ?? {};
  return (hint) => {
    if (given[hint] !== undefined && !(hint === "destructive" && given.readOnly === true))
      return "says the server";
    return hint === "destructive" && given.readOnly === true ? "being read-only" : "by default";
  };
}

function declaringItem({ files }: Snapshot, tool: Tool): ToolsItem | null {
  for (const { tree } of files.values())
    for (const item of tree.items) {
      if (item.kind !== "tools" || (item.name?.text ?? null) !== tool.server) continue;
      if (item.from !== undefined || item.tools.some(({ name }) => name.text === tool.tool)) return item;
    }
  return null;
}

/** Arguments, those that must be there first. */
function argumentsTable({ input }: Tool): string {
  const fields = [...input.fields].sort(
    ([, one], [, other]) => Number(one.optional) - Number(other.optional),
  );
  if (fields.length === 0) return "No arguments.";
  const rows = fields.slice(0, MOST_ARGUMENTS).map(([name, field]) => argumentRow(name, field));
  const more = fields.length - rows.length;
  return [
    "| argument | type | |",
    "| --- | --- | --- |",
    ...rows,
    ...(more > 0 ? [`| … | | ${counted(more, "more argument")} |`] : []),
  ].join("\n");
}

function argumentRow(name: string, field: Field): string {
  const type = cell(code(printType(field.type, { bounds: true })));
  const doc = prose(field.doc);
  const extras = extrasOf(field);
  const stop = doc !== "" && extras.length > 0 && !/[.!?:…]$/.test(doc) ? "." : "";
  const words = [`${doc}${stop}`, ...extras].filter((text) => text !== "").join(" ");
  return `| ${cell(code(`${printName(name)}${field.optional ? "?" : ""}`))} | ${type} | ${cell(words)} |`;
}

/** What a schema says beside the type: default and format. */
export const extrasOf = ({ default: fallback, format }: Field): readonly string[] => [
  ...(fallback === undefined ? [] : [`Default ${code(shortJson(fallback))}.`]),
  ...(format === undefined ? [] : [`Format ${code(format)}.`]),
];

export function shortJson(value: Json, most = 80): string {
  const text = JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, " ")
    .replace(/([[]) | (])/g, "$1$2");
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The rules that govern a tool, each in words, and what becomes of a call that none of them matches. */
function governingList(writing: Writing, tool: string): string {
  const { snapshot } = writing;
  const rules = rulesFor(snapshot, tool);
  if (rules.length === 0) return `No rule covers it: a call ${defaultWords(snapshot)}.`;
  const shown = rules.slice(0, MOST_RULES);
  const lines = shown.map((rule) => `- ${ruleLine(writing, rule, neverFor(snapshot, rule, tool))}`);
  const more = rules.length - shown.length;
  const masks = masksFor(snapshot, tool);
  return paragraphs(
    `**${counted(rules.length, "rule")}${rules.length > 1 ? ", strictest first" : ""}**`,
    [...lines, ...(more > 0 ? [`- … ${more} more`] : [])].join("\n"),
    rules.some((rule) => alwaysFor(snapshot, rule, tool))
      ? ""
      : `A call that ${rules.length === 1 ? "it does not match" : "none of them matches"} ${defaultWords(snapshot)}.`,
    masks.length === 0 ? "" : `Never shown: ${listed(masks.map(code), "and")}.`,
  );
}

/** "**deny** [`daily-limit`](…): Denies it when …." */
function ruleLine(writing: Writing, rule: Rule, never: boolean): string {
  const placed = placedRule(writing.snapshot, rule);
  const name = rule.id.slice(rule.id.indexOf(".") + 1);
  const lead = `**${effectWords(rule.effect)}** ${linked(writing, code(name), rule.nameAt)}`;
  if (never) return `${lead}: never matches a call of this tool.`;
  if (!placed) return lead;
  const words = ruleInWords(placed, writing.snapshot, { tools: "it", inline: true });
  return `${lead}: ${[`${words.sentence}.`, ...words.more].join(" ")}`;
}

/** Tools by name: the first of many. */
export function toolList(names: readonly string[]): string {
  const shown = names.slice(0, MOST_TOOLS).map((name) => code(name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** Where a server's tools come from, and which they are. */
export function serverCard(writing: Writing, name: string): string | null {
  const servers = writing.snapshot.result.facts.servers.filter((server) => server.name === name);
  if (servers.length === 0) return null;
  return paragraphs(
    ...servers.map(({ catalogue, tools }) => {
      const from = catalogue === null ? "declared in the policy" : `from ${fileLink(writing, catalogue)}`;
      return `**${code(name)}**: ${counted(tools.length, "tool")} ${from}`;
    }),
    toolList([...new Set(servers.flatMap(({ tools }) => tools))]),
  );
}
