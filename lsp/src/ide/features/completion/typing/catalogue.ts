import type { Facts, Rule, Tool } from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";

/** A pattern worth offering, and how many tools it matches. */
export interface PatternFact {
  readonly pattern: string;
  readonly tools: readonly string[];
}

/** What is asked of all tools of a policy again and again. */
export interface ToolIndex {
  readonly tools: readonly Tool[];
  readonly patterns: readonly PatternFact[];
  /** The rules that cover each tool, by its whole name. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}

const known = new WeakMap<Facts["tools"], ToolIndex>();

export const toolIndex = ({ result }: Snapshot): ToolIndex => {
  const { facts } = result;
  const before = known.get(facts.tools);
  if (before !== undefined) return before;
  const tools = [...facts.tools.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  const index = { tools, patterns: patternsOf(tools), rules: rulesByTool(facts.rules) };
  known.set(facts.tools, index);
  return index;
};

const rulesByTool = (rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> => {
  const byTool = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const name of new Set(rule.bodies.flatMap(({ tools }) => tools))) {
      const before = byTool.get(name);
      if (before === undefined) byTool.set(name, [rule]);
      else before.push(rule);
    }
  return byTool;
};

/** `bank.*`, and `bank.list_*`, `*.list_*` where several tools begin alike. */
const patternsOf = (tools: readonly Tool[]): readonly PatternFact[] => {
  const found = new Map<string, string[]>();
  const add = (pattern: string, name: string): void => {
    const before = found.get(pattern);
    if (before === undefined) found.set(pattern, [name]);
    else before.push(name);
  };
  const servers = new Map<string, Set<string>>();
  for (const { name, server, tool } of tools) {
    const verb = verbOf(tool);
    if (server !== null) add(`${server}.*`, name);
    if (verb === null) continue;
    add(server === null ? verb : `${server}.${verb}`, name);
    if (server === null) continue;
    add(`*.${verb}`, name);
    servers.set(verb, (servers.get(verb) ?? new Set()).add(server));
  }
  return [...found]
    .filter(([pattern, names]) => pattern.endsWith(".*") || names.length > 1)
    .filter(([pattern]) => !pattern.startsWith("*.") || (servers.get(pattern.slice(2))?.size ?? 0) > 1)
    .map(([pattern, names]) => ({ pattern, tools: names }));
};

/** `list_*` of `list_accounts`, `list*` of `listAccounts`. */
const verbOf = (tool: string): string | null => {
  const separated = /^[A-Za-z][A-Za-z0-9]*[_-](?=.)/.exec(tool)?.[0];
  if (separated !== undefined) return `${separated}*`;
  const word = /^[a-z]+(?=[A-Z])/.exec(tool)?.[0];
  return word === undefined ? null : `${word}*`;
};
