import type { Hints } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { INVALID_HINT, INVALID_TOOL } from "../diagnostics/messages/schema.ts";
import type { Location, Span } from "../text/span.ts";
import type { JsonNode } from "./json.ts";

/** A tool as its catalogue writes it, before its schema is read. */
export interface RawTool {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly hints: Partial<Hints>;
  /** Absent where the tool says nothing about its arguments. */
  readonly schema: JsonNode | undefined;
  /** The name, as written. */
  readonly at: Location;
  /** The description, as written. */
  readonly docAt: Location | null;
}

/** Reads one entry of a catalogue: an MCP, OpenAI (nested or flat) or Anthropic tool. Null where it is none. */
export const readTool = (
  entry: JsonNode,
  file: string,
): { readonly tool: RawTool | null; readonly diagnostics: readonly Diagnostic[] } => {
  const at = (span: Span): Location => ({ file, start: span.start, end: span.end });
  const refuse = (span: Span, reason: string) => ({
    tool: null,
    diagnostics: [diagnose(INVALID_TOOL, { reason }, at(span))],
  });
  if (entry.entries === undefined) return refuse(entry, `expected an object, found ${kindOf(entry)}`);
  const body = bodyOf(entry);
  const name = get(body, "name");
  if (name === undefined) return refuse(startOf(entry), "it has no name");
  if (typeof name.value !== "string") return refuse(name, `expected a name in quotes, found ${kindOf(name)}`);
  if (name.value === "") return refuse(name, "its name is empty");
  const { hints, diagnostics } = readHints(body, file);
  const doc = get(body, "description");
  const tool = {
    name: name.value,
    title: textOf(get(body, "title")) ?? textOf(get(get(body, "annotations"), "title")),
    doc: textOf(doc),
    hints,
    schema: get(body, "inputSchema") ?? get(body, "input_schema") ?? get(body, "parameters"),
    at: at(name),
    docAt: doc === undefined ? null : at(doc),
  };
  return { tool, diagnostics };
};

const get = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node?.entries?.get(name)?.node;

/** OpenAI's chat form wraps what it says about the function. */
const bodyOf = (entry: JsonNode): JsonNode => {
  const inner = get(entry, "function");
  return inner?.entries === undefined ? entry : inner;
};

const textOf = (node: JsonNode | undefined): string | null =>
  typeof node?.value === "string" && node.value !== "" ? node.value : null;

/** The opening brace, so that a frame shows where an entry starts. */
const startOf = ({ start }: Span): Span => ({ start, end: start + 1 });

/** What a JSON value is, in the language's words. */
export const kindOf = (node: JsonNode): string => {
  if (node.items !== undefined) return "a list";
  if (node.entries !== undefined) return "an object";
  return node.value === null ? "`null`" : `a ${typeof node.value}`;
};

const HINTS: readonly (readonly [string, keyof Hints])[] = [
  ["readOnlyHint", "readOnly"],
  ["destructiveHint", "destructive"],
  ["idempotentHint", "idempotent"],
  ["openWorldHint", "openWorld"],
];

/** MCP's `ToolAnnotations`. What is not there stays absent; `null` counts as absent. */
const readHints = (body: JsonNode, file: string) => {
  const annotations = get(body, "annotations");
  const diagnostics: Diagnostic[] = [];
  const hints: { -readonly [K in keyof Hints]?: boolean } = {};
  for (const [hint, key] of HINTS) {
    const node = get(annotations, hint);
    if (typeof node?.value === "boolean") hints[key] = node.value;
    else if (node !== undefined && node.value !== null) {
      const at = { file, start: node.start, end: node.end };
      diagnostics.push(diagnose(INVALID_HINT, { hint, found: kindOf(node) }, at));
    }
  }
  return { hints, diagnostics };
};
