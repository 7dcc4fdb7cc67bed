import { glob } from "@agentpolicy/runtime/values/glob";
import type { Coverage, Tool } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import {
  NO_MATCHING_TOOL,
  UNKNOWN_TOOL,
  WHERE_MATCHES_NOTHING,
  WHERE_NOT_DECIDED,
  WHERE_UNKNOWN,
} from "../diagnostics/messages/names.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ExprNode, ToolPattern, ToolsPattern } from "../syntax/ast.ts";
import type { Json } from "../types/type.ts";
import { type Context, EMPTY_ENV, isPoison } from "./expr/context.ts";
import { condition } from "./expr/elaborate.ts";
import { toolValue, UNKNOWN_FACTS } from "./expr/tool.ts";
import { flush, newFindings, report } from "./findings.ts";
import { knownValue } from "./fold.ts";
import { mentionsOf } from "./mentions.ts";
import { type FileScope, locate, type World } from "./world.ts";

/** What TOOLS `[where EXPR]` covers. `isBroken`: something of it was reported, so that nothing follows from it. */
export interface Covered extends Coverage {
  readonly isBroken: boolean;
}

/** Resolves the patterns to whole names and applies `where`. */
export const coverage = (
  world: World,
  file: FileScope,
  pattern: ToolsPattern,
  where: ExprNode | undefined,
): Covered => {
  const covered = resolveOnce(world, file, pattern, where);
  if (pattern.patterns.some(({ kind }) => kind === "all"))
    for (const server of world.tools.servers) world.usedServers.add(server);
  world.recorder?.covered.set(pattern, covered);
  return covered;
};

/** What `*` and `unknown` cover is the same wherever they stand. */
const resolveOnce = (
  world: World,
  file: FileScope,
  pattern: ToolsPattern,
  where: ExprNode | undefined,
): Covered => {
  const isSimple = where === undefined && pattern.patterns.every(({ kind }) => kind !== "named");
  const key = pattern.patterns.map(({ kind }) => kind).join();
  const before = isSimple ? world.coverages.get(key) : undefined;
  if (before !== undefined) return before;
  const covered = resolve(world, file, pattern, where);
  if (isSimple) world.coverages.set(key, covered);
  return covered;
};

const resolve = (
  world: World,
  file: FileScope,
  pattern: ToolsPattern,
  where: ExprNode | undefined,
): Covered => {
  const names = new Set<string>();
  let unknown = false;
  let isBroken = pattern.patterns.length === 0;
  for (const part of pattern.patterns) {
    if (part.kind === "unknown") unknown = true;
    else if (part.kind === "all") for (const name of world.tools.names) names.add(name);
    else {
      const matched = matchingTools(world, part);
      if (matched.length === 0) {
        if (!isUnread(world, part)) reportNoTool(world, file, part);
        isBroken = true;
      }
      for (const name of matched) names.add(name);
    }
  }
  const tools = [...names].sort();
  if (where === undefined) return { tools, unknown, isBroken };
  const kept = filter(world, file, where, tools, unknown);
  if (kept === null) return { tools, unknown, isBroken: true };
  if (!isBroken && kept.tools.length === 0 && !kept.unknown) reportNothingLeft(world, file, pattern, where);
  return { ...kept, isBroken };
};

/** A rule over all tools of a kind may wait for the first of that kind, and a shared file for policies that have some. */
const reportNothingLeft = (world: World, file: FileScope, pattern: ToolsPattern, where: ExprNode): void => {
  const { properties } = mentionsOf([where]);
  const asksForKind = properties.length > 0 && properties.every((property) => KINDS.has(property));
  const isOverAll = pattern.patterns.some(({ kind }) => kind === "all");
  if (file.role === "import" || (isOverAll && asksForKind)) return;
  world.diagnostics.push(diagnose(WHERE_MATCHES_NOTHING, {}, locate(file, where)));
};

const KINDS: ReadonlySet<string> = new Set(["readOnly", "destructive", "idempotent", "openWorld"]);

type Named = Extract<ToolPattern, { kind: "named" }>;

/** The declared tools that one pattern names, as whole names. */
export const matchingTools = (world: World, part: Named): readonly string[] => {
  const { server, tool } = part;
  if (server !== undefined && !isWild(server)) world.usedServers.add(server.text);
  if (!isWild(tool) && (server === undefined || !isWild(server))) {
    const name = server === undefined ? tool.text : `${server.text}.${tool.text}`;
    const found = world.tools.byName.get(name);
    return found !== undefined && found.server === (server?.text ?? null) ? [name] : [];
  }
  const fitsServer = server === undefined ? null : matcher(server);
  const fitsTool = matcher(tool);
  const names: string[] = [];
  for (const [name, found] of world.tools.byName) {
    const isServed = found.server === null ? fitsServer === null : (fitsServer?.(found.server) ?? false);
    if (!isServed || !fitsTool(found.tool)) continue;
    names.push(name);
    if (found.server !== null) world.usedServers.add(found.server);
  }
  return names;
};

/** Whether the tools of the server meant are not known, because of an error in its catalogue that was reported. */
const isUnread = ({ files, program }: World, { server }: Named): boolean =>
  [...files.values()].some(({ tree }) =>
    tree.items.some((item) => {
      if (item.kind !== "tools" || item.from === undefined || item.name?.text !== server?.text) return false;
      const path = program.catalogues.get(item)?.path;
      return path === undefined || program.diagnostics.some((d) => d.severity === "error" && d.file === path);
    }),
  );

const isWild = ({ text, quoted }: Named["tool"]): boolean => quoted !== true && text.includes("*");

/** `*` is the only wild card of a tool pattern. */
const matcher = (name: Named["tool"]): ((text: string) => boolean) =>
  isWild(name) ? glob(name.text) : (text) => text === name.text;

const reportNoTool = (world: World, file: FileScope, part: Named): void => {
  // A tool of any server may have been meant, so none is called unused beside this.
  for (const name of world.tools.servers) world.usedServers.add(name);
  const { server, tool } = part;
  const written = server === undefined ? tool.text : `${server.text}.${tool.text}`;
  const isPattern = isWild(tool) || (server !== undefined && isWild(server));
  const near = nearTool(world, part, written);
  const at = locate(file, part);
  const fixes = near === undefined ? [] : [replaceFix(at, near)];
  const kind = isPattern ? NO_MATCHING_TOOL : UNKNOWN_TOOL;
  world.diagnostics.push(diagnose(kind, { name: written, near, isPattern }, at, { fixes }));
};

const nearTool = (world: World, { server, tool }: Named, written: string): string | undefined => {
  const { names, servers, byName } = world.tools;
  if (isWild(tool)) {
    const near = server === undefined ? undefined : suggest(server.text, servers);
    return near === undefined ? undefined : `${near}.${tool.text}`;
  }
  // `transfer_money` where `bank.transfer_money` is meant.
  const sameTool = names.filter((name) => byName.get(name)?.tool === tool.text);
  if (sameTool.length === 1) return sameTool[0];
  if (server !== undefined && servers.has(server.text)) {
    const own = names.filter((name) => byName.get(name)?.server === server.text);
    const near = suggest(
      tool.text,
      own.map((name) => byName.get(name)?.tool ?? ""),
    );
    if (near !== undefined) return `${server.text}.${near}`;
  }
  return suggest(written, names);
};

/** The tools for which `where` holds; null where it has an error. It is checked once and then asked of each tool. */
const filter = (
  world: World,
  file: FileScope,
  where: ExprNode,
  tools: readonly string[],
  unknown: boolean,
): Coverage | null => {
  const findings = newFindings();
  const cx: Context = {
    world,
    file,
    findings,
    within: "where",
    input: null,
    inputs: () => [],
    tool: "unknown",
    taken: new Set(),
  };
  const result = condition(where, cx, EMPTY_ENV);
  const done = <T>(value: T): T => {
    world.diagnostics.push(...flush(findings, 0));
    return value;
  };
  if (isPoison(result)) return done(null);
  const holds = (
    read: (property: Parameters<typeof toolValue>[1]) => Json | undefined,
  ): boolean | undefined => {
    const value = knownValue(result.core, { tool: read, call: (fn, args) => callKnown(world, fn, args) });
    return typeof value === "boolean" ? value : undefined;
  };
  const kept: string[] = [];
  for (const name of tools) {
    const tool = world.tools.byName.get(name) as Tool;
    const value = holds((property) => toolValue(tool, property));
    if (value === undefined) {
      report(findings, WHERE_NOT_DECIDED, {}, locate(file, where));
      return done(null);
    }
    if (value) kept.push(name);
  }
  if (!unknown) return done({ tools: kept, unknown });
  const value = holds((property) => UNKNOWN_FACTS[property]);
  if (value === undefined) report(findings, WHERE_UNKNOWN, {}, locate(file, where));
  return done(value === undefined ? null : { tools: kept, unknown: value });
};

const callKnown = (world: World, id: string, args: readonly Json[]): Json | undefined => {
  const called = world.byId.get(id);
  if (called === undefined) return undefined;
  const { parameters, body } = called.fn;
  const locals = new Map(parameters.map(({ name }, at) => [name, args[at] as Json]));
  return knownValue(body, { locals, call: (fn, inner) => callKnown(world, fn, inner) });
};
