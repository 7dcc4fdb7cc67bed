import type { Coverage, Tool } from "../core/policy.ts";
import type { ExprNode } from "../syntax/ast.ts";
import { ANY, recordOf } from "../types/build.ts";
import { typeKey } from "../types/relate.ts";
import type { Field, RecordType } from "../types/type.ts";
import type { Context } from "./expr/context.ts";
import { toolValue } from "./expr/tool.ts";
import { flush, newFindings } from "./findings.ts";
import { type Mentions, mentionsOf } from "./mentions.ts";
import type { FileScope, World } from "./world.ts";

/** The input of a tool of which nothing is known. */
export const UNKNOWN_INPUT: RecordType = recordOf([], ANY);

/**
 * Checks text against every tool that it covers (decision 0005). Tools whose relevant types agree are checked once;
 * those for which the same comes out share a body. What is wrong for several of them is one diagnostic.
 */
export const checkPerTool = <Body extends object>(
  world: World,
  file: FileScope,
  covered: Coverage,
  nodes: readonly ExprNode[],
  within: Context["within"],
  check: (cx: Context) => Body,
): readonly (Body & Coverage)[] => {
  const findings = newFindings();
  const groups = groupsOf(world, covered, mentionsOf(nodes));
  const inputs = () => inputsOf(world, covered);
  if (groups.length === 0) checkUnseen(world, file, within, check);
  const bodies = new Map<string, { readonly body: Body; readonly groups: Group[] }>();
  for (const group of groups) {
    findings.group = group.tools;
    findings.guards.clear();
    const { input, tool } = group;
    const body = check({ world, file, findings, within, input, inputs, tool, taken: new Set() });
    const key = groups.length === 1 ? "" : bodyKey(body);
    const known = bodies.get(key);
    if (known === undefined) bodies.set(key, { body, groups: [group] });
    else known.groups.push(group);
  }
  world.diagnostics.push(...flush(findings, covered.tools.length));
  return [...bodies.values()].map(({ body, groups }) => ({ ...body, ...coverageOf(groups) }));
};

/** What covers no tool is not judged, though the names that it uses are used. */
const checkUnseen = (
  world: World,
  file: FileScope,
  within: Context["within"],
  check: (cx: Context) => object,
): void => {
  const findings = { ...newFindings(), muted: 1 };
  const [input, inputs] = [UNKNOWN_INPUT, () => [UNKNOWN_INPUT]];
  check({ world, file, findings, within, input, inputs, tool: "unknown", taken: new Set() });
};

/** Bodies of one group share its list of tools: with many rules over many tools that is most of the memory. */
const coverageOf = (groups: readonly Group[]): Coverage => {
  const [first, ...others] = groups;
  const tools = others.length === 0 ? (first?.tools ?? []) : groups.flatMap((group) => group.tools).sort();
  return { tools, unknown: groups.some(({ tool }) => tool === "unknown") };
};

/** Places do not tell bodies apart; types do, by their fields. */
const bodyKey = (body: object): string =>
  JSON.stringify(body, (key, value: unknown) =>
    key === "at" ? undefined : value instanceof Map ? [...value] : value,
  );

/** The inputs of everything covered; asked for only where something is wrong, or nearly so. */
const inputsOf = (world: World, covered: Coverage): readonly RecordType[] => {
  const inputs = covered.tools.flatMap((name) => world.tools.byName.get(name)?.input ?? []);
  return covered.unknown ? [...inputs, UNKNOWN_INPUT] : inputs;
};

interface Group {
  readonly tool: Tool | "unknown";
  readonly tools: readonly string[];
  readonly input: RecordType;
}

/** Groups by what is covered and mentioned: the rules of a block mostly mention the same few fields. */
const grouped = new WeakMap<Coverage, Map<string, readonly Group[]>>();

const groupsOf = (world: World, covered: Coverage, mentions: Mentions): readonly Group[] => {
  const known = grouped.get(covered) ?? new Map<string, readonly Group[]>();
  grouped.set(covered, known);
  const key = JSON.stringify(mentions);
  const groups = known.get(key) ?? group(world, covered, mentions);
  known.set(key, groups);
  return groups;
};

const group = (world: World, covered: Coverage, mentions: Mentions): readonly Group[] => {
  const groups = new Map<string, Group & { readonly tools: string[] }>();
  for (const name of covered.tools) {
    const tool = world.tools.byName.get(name) as Tool;
    const key = groupKey(tool, mentions);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { tool, tools: [name], input: tool.input });
    else known.tools.push(name);
  }
  const unknown: Group[] = covered.unknown ? [{ tool: "unknown", tools: [], input: UNKNOWN_INPUT }] : [];
  return [...groups.values(), ...unknown];
};

const groupKey = (tool: Tool, { fields, whole, properties }: Mentions): string => {
  if (fields.length === 0 && !whole && properties.length === 0) return "";
  const { input } = tool;
  const parts = whole ? [typeKey(input)] : fields.map((name) => fieldKey(input, name));
  if (fields.length > 0 && !whole)
    parts.push(typeof input.rest === "string" ? input.rest : typeKey(input.rest));
  for (const property of properties) parts.push(JSON.stringify(toolValue(tool, property)));
  return parts.join("\n");
};

/** An undeclared field differs by whether the tool declares any at all: one that does not takes what it is given. */
const fieldKey = (input: RecordType, name: string): string => {
  const field = input.fields.get(name);
  return field === undefined ? `none ${input.fields.size === 0}` : keyOf(field);
};

const keys = new WeakMap<Field, string>();

const keyOf = (field: Field): string => {
  const known = keys.get(field);
  if (known !== undefined) return known;
  const key = `${field.optional ? "?" : ""}${typeKey(field.type)}`;
  keys.set(field, key);
  return key;
};
