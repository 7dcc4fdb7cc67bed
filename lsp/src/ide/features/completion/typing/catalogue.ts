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

type Declared = Pick<ToolIndex, "tools" | "patterns">;

/** Tools outlive edits of rules, and rules edits elsewhere: each is known for as long as it stays what it is. */
const declared = new WeakMap<Facts["tools"], Declared>();
const covering = new WeakMap<Facts["rules"], ToolIndex["rules"]>();

export const toolIndex = ({ result }: Snapshot): ToolIndex => {
  const { tools, rules } = result.facts;
  const { tools: all, patterns } = declared.get(tools) ?? declaredOf(tools);
  const byTool = covering.get(rules) ?? rulesByTool(rules);
  declared.set(tools, { tools: all, patterns });
  covering.set(rules, byTool);
  return { tools: all, patterns, rules: byTool };
};

const declaredOf = (byName: Facts["tools"]): Declared => {
  const tools = [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { tools, patterns: patternsOf(tools) };
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
