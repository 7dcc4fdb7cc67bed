import type { Hints, Tool } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import {
  CONTRADICTORY_HINTS,
  DUPLICATE_NAME,
  DUPLICATE_TOOL,
  UNKNOWN_HINT,
  UNKNOWN_TOOL,
} from "../diagnostics/messages/names.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { declaredHints, resolveHints } from "../schema/hints.ts";
import type { HintName, HintNode, ToolNode, ToolsItem } from "../syntax/ast.ts";
import { flush, newFindings } from "./findings.ts";
import { declaredHere } from "./related.ts";
import { schemaOf } from "./schema-of.ts";
import { recordOfFields } from "./typenode.ts";
import { type FileScope, locate, type ToolTable, type World } from "./world.ts";

/** All tools that the policy's files declare, in catalogues and in place. */
export const declareTools = (world: World): ToolTable => {
  const byName = new Map<string, Tool>();
  const servers = new Set<string>();
  for (const file of world.files.values()) {
    const own = new Map<string, ToolsItem>();
    for (const item of file.tree.items) {
      if (item.kind !== "tools") continue;
      if (item.name !== undefined) {
        servers.add(item.name.text);
        reportSecond(world, file, item, own);
      }
      for (const tool of toolsOf(world, file, item)) add(world, byName, tool);
    }
  }
  return { byName, names: [...byName.keys()].sort(), servers };
};

/** A server is declared once in a file. */
const reportSecond = (world: World, file: FileScope, item: ToolsItem, own: Map<string, ToolsItem>): void => {
  if (item.name === undefined) return;
  const before = own.get(item.name.text);
  if (before?.name === undefined) own.set(item.name.text, item);
  else {
    const related = declaredHere(locate(file, before.name), "first declared here");
    const facts = { name: item.name.text, what: "server" as const };
    world.diagnostics.push(diagnose(DUPLICATE_NAME, facts, locate(file, item.name), { related }));
  }
};

const add = (world: World, byName: Map<string, Tool>, tool: Tool): void => {
  const before = byName.get(tool.name);
  if (before === undefined) byName.set(tool.name, tool);
  else {
    const related = declaredHere(before.at, "first declared here");
    world.diagnostics.push(diagnose(DUPLICATE_TOOL, { name: tool.name }, tool.at, { related }));
  }
};

const toolsOf = (world: World, file: FileScope, item: ToolsItem): readonly Tool[] => {
  const server = item.name?.text ?? null;
  if (item.from === undefined) return item.tools.map((node) => inPlace(world, file, server, node));
  const catalogue = world.program.catalogues.get(item);
  if (catalogue === undefined) return [];
  const overrides = new Map(item.tools.map((node) => [node.name.text, node]));
  reportOverrides(
    world,
    file,
    item,
    catalogue.tools.map(({ name }) => name),
  );
  return catalogue.tools.map((tool): Tool => {
    const override = overrides.get(tool.name);
    const hints = override === undefined ? resolveHints(tool.hints) : hintsOf(world, file, override);
    const { title, doc, input, schema, at } = tool;
    return {
      name: wholeName(server, tool.name),
      server,
      tool: tool.name,
      title,
      doc,
      hints,
      input,
      schema,
      at,
    };
  });
};

const wholeName = (server: string | null, tool: string): string =>
  server === null ? tool : `${server}.${tool}`;

const inPlace = (world: World, file: FileScope, server: string | null, node: ToolNode): Tool => {
  const findings = newFindings();
  const input = recordOfFields(world, file, node.parameters ?? [], findings, "closed");
  world.diagnostics.push(...flush(findings, 0));
  const { text } = node.name;
  return {
    name: wholeName(server, text),
    server,
    tool: text,
    title: null,
    doc: node.doc ?? null,
    hints: hintsOf(world, file, node),
    input,
    schema: schemaOf(input),
    at: locate(file, node.name),
  };
};

const HINTS: Readonly<Record<HintName, keyof Hints>> = {
  "read-only": "readOnly",
  destructive: "destructive",
  idempotent: "idempotent",
  "open-world": "openWorld",
};

/** What is written is all there is. */
const hintsOf = (world: World, file: FileScope, node: ToolNode): Hints => {
  const given = new Map<keyof Hints, HintNode>();
  for (const hint of node.hints) {
    const { text } = hint.name;
    if (Object.hasOwn(HINTS, text)) {
      given.set(HINTS[text as HintName], hint);
      continue;
    }
    const near = suggest(text, Object.keys(HINTS));
    const at = locate(file, hint.name);
    const fixes = near === undefined ? [] : [replaceFix(at, near)];
    world.diagnostics.push(
      diagnose(UNKNOWN_HINT, { name: text, near, all: Object.keys(HINTS) }, at, { fixes }),
    );
  }
  const destructive = given.get("destructive");
  const readOnly = given.get("readOnly");
  if (destructive !== undefined && readOnly !== undefined) {
    const related = declaredHere(locate(file, readOnly), "said to be read-only here");
    world.diagnostics.push(
      diagnose(CONTRADICTORY_HINTS, { tool: node.name.text }, locate(file, destructive), { related }),
    );
  }
  return declaredHints(Object.fromEntries([...given.keys()].map((hint) => [hint, true])));
};

const reportOverrides = (world: World, file: FileScope, item: ToolsItem, names: readonly string[]): void => {
  const known = new Set(names);
  const seen = new Map<string, ToolNode>();
  for (const node of item.tools) {
    const { text } = node.name;
    const at = locate(file, node.name);
    const before = seen.get(text);
    if (before !== undefined) {
      const related = declaredHere(locate(file, before.name), "first given here");
      world.diagnostics.push(diagnose(DUPLICATE_NAME, { name: text, what: "tool" }, at, { related }));
    }
    seen.set(text, node);
    if (known.has(text)) continue;
    const near = suggest(text, names);
    const fixes = near === undefined ? [] : [replaceFix(at, near)];
    world.diagnostics.push(diagnose(UNKNOWN_TOOL, { name: text, near, isPattern: false }, at, { fixes }));
  }
};
