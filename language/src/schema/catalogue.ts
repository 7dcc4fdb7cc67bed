import type { Hints } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  INVALID_SCHEMA,
  MALFORMED_JSON,
  REPEATED_TOOL,
  UNKNOWN_CATALOGUE,
} from "../diagnostics/messages/schema.ts";
import type { Location } from "../text/span.ts";
import { ANY, recordOf } from "../types/build.ts";
import type { Json, RecordType } from "../types/type.ts";
import { type JsonNode, readJson } from "./json.ts";
import { FUEL, inputFromSchema } from "./schema.ts";
import { kindOf, type RawTool, readTool } from "./tool.ts";
import type { Widening } from "./widening.ts";

export type { Widening } from "./widening.ts";

/**
 * One tool of a catalogue. `name` is the bare name; `title` is the tool's own or its annotations'; `hints` holds only what
 * the server says (see `resolveHints`); `schema` is the JSON Schema of its input as written, `{}` where there is none.
 */
export interface CatalogueTool {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly hints: Partial<Hints>;
  readonly input: RecordType;
  readonly schema: Json;
  /** The name in the catalogue. */
  readonly at: Location;
  /** The description in the catalogue. */
  readonly docAt: Location | null;
}

export interface CatalogueReading {
  readonly tools: readonly CatalogueTool[];
  readonly diagnostics: readonly Diagnostic[];
  readonly widenings: readonly Widening[];
}

/** What all schemas of a catalogue may cost together, and what is left to each once that is spent. */
const CATALOGUE_FUEL = 200_000;
const LEAST_FUEL = 100;

/**
 * Reads a tool catalogue: an MCP `tools/list` result (also inside its JSON-RPC response), a bare list of tools, OpenAI
 * function tools (nested or flat), Anthropic tools. What is wrong with it are diagnostics; the rest is read all the same.
 */
export const readCatalogue = (text: string, path: string): CatalogueReading => {
  const { root, mistakes } = readJson(text);
  const broken = mistakes.map(({ reason, start, end }) =>
    diagnose(MALFORMED_JSON, { reason }, { file: path, start, end }),
  );
  if (root === null) {
    const nothing = { file: path, start: 0, end: 0 };
    const diagnostics =
      broken.length > 0 ? broken : [diagnose(UNKNOWN_CATALOGUE, { found: "an empty file" }, nothing)];
    return { tools: [], diagnostics, widenings: [] };
  }
  const entries = toolsIn(root);
  if (entries === null) {
    const at = { file: path, start: root.start, end: Math.min(root.end, root.start + 1) };
    const more = broken.length > 0 ? [] : [diagnose(UNKNOWN_CATALOGUE, { found: kindOf(root) }, at)];
    return { tools: [], diagnostics: [...broken, ...more], widenings: [] };
  }
  const read = readTools(entries, path);
  return { ...read, diagnostics: [...broken, ...read.diagnostics] };
};

/** The list of tools, wherever a known shape keeps it. */
const toolsIn = (root: JsonNode): readonly JsonNode[] | null => {
  if (root.items !== undefined) return root.items;
  const result = root.entries?.get("result")?.node;
  return (root.entries?.get("tools") ?? result?.entries?.get("tools"))?.node.items ?? null;
};

const readTools = (entries: readonly JsonNode[], file: string): CatalogueReading => {
  const tools = new Map<string, CatalogueTool>();
  const diagnostics: Diagnostic[] = [];
  const widenings: Widening[] = [];
  let purse = CATALOGUE_FUEL;
  for (const entry of entries) {
    const { tool: raw, diagnostics: found } = readTool(entry, file);
    diagnostics.push(...found);
    if (raw === null) continue;
    const known = tools.get(raw.name);
    if (known !== undefined) {
      const related = [{ ...known.at, message: "declared here" }];
      diagnostics.push(diagnose(REPEATED_TOOL, { name: raw.name }, raw.at, { related }));
      continue;
    }
    const fuel = { left: Math.max(LEAST_FUEL, Math.min(FUEL, purse)) };
    const before = fuel.left;
    const read = finishTool(raw, file, fuel);
    purse -= before - fuel.left;
    tools.set(raw.name, read.tool);
    diagnostics.push(...read.diagnostics);
    widenings.push(...read.widenings);
  }
  return { tools: [...tools.values()], diagnostics, widenings };
};

/** A record of which nothing is declared: a policy reads a field of it after `has`. */
const FREE_FORM = recordOf([], ANY);

const finishTool = ({ schema, ...raw }: RawTool, file: string, fuel: { left: number }) => {
  if (schema === undefined) {
    return { tool: { ...raw, input: FREE_FORM, schema: {} }, diagnostics: [], widenings: [] };
  }
  const refuse = (reason: string) => {
    const at = { file, start: schema.start, end: schema.end };
    const diagnostics = [diagnose(INVALID_SCHEMA, { tool: raw.name, reason }, at)];
    return { tool: { ...raw, input: FREE_FORM, schema: schema.value }, diagnostics, widenings: [] };
  };
  if (schema.entries === undefined && typeof schema.value !== "boolean") {
    return refuse(`expected a JSON Schema object, found ${kindOf(schema)}`);
  }
  const { input, widenings } = inputFromSchema(schema, { file, tool: raw.name, fuel });
  if (input === null) return refuse("no arguments can fit this schema");
  return { tool: { ...raw, input, schema: schema.value }, diagnostics: [], widenings };
};
