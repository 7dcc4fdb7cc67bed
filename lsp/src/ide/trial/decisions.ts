import type { Effect, Location, Rule, RuleBody } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";

/** What a policy can decide on calls of one tool; `tool` is null for tools that no catalogue declares. */
export interface ToolDecisions {
  readonly tool: string | null;
  /** Every effect that some call may get, strictest first; what only broken requests get is left out. */
  readonly effects: readonly Effect[];
  /** Whether calls that no rule matches are decided by the default. */
  readonly byDefault: boolean;
  /** The rules that cover the tool, strictest first. */
  readonly rules: readonly CoveringRule[];
}

export interface CoveringRule {
  readonly id: string;
  readonly effect: Effect;
  /** Whether it has a condition; one without matches every call. */
  readonly conditional: boolean;
  /** The rule's name. */
  readonly at: Location;
}

const STRICTEST_FIRST: readonly Effect[] = ["deny", "clarification_required", "approval_required", "allow"];

/**
 * What can be decided, tool by tool, in the order of their names; of broken policies, too, as far as it can be told.
 *
 * @param at only of the tools that the block at this place covers; none where there is no block
 */
export function decisionsOf(
  snapshot: Snapshot,
  at?: { readonly file: string; readonly offset: number },
): readonly ToolDecisions[] {
  const all = everyDecision(snapshot);
  if (at === undefined) return all;
  const tree = snapshot.files.get(at.file)?.tree;
  const block = tree?.items.find(
    (item) => item.kind === "block" && item.start <= at.offset && at.offset <= item.end,
  );
  const covered = block?.kind === "block" ? snapshot.result.facts.covered(block.tools) : null;
  if (covered === null) return [];
  const tools = new Set(covered.tools);
  return all.filter(({ tool }) => (tool === null ? covered.unknown : tools.has(tool)));
}

const known = new WeakMap<Snapshot, readonly ToolDecisions[]>();

function everyDecision(snapshot: Snapshot): readonly ToolDecisions[] {
  const before = known.get(snapshot);
  if (before) return before;
  const { facts } = snapshot.result;
  const rules = new Map<string, [Rule, RuleBody][]>();
  const unknown: [Rule, RuleBody][] = [];
  for (const rule of facts.rules) {
    for (const body of rule.bodies) {
      for (const tool of body.tools) add(rules, tool, [rule, body]);
      if (body.unknown) unknown.push([rule, body]);
    }
  }
  const fallback = defaultOf(snapshot);
  const rows = [...facts.tools.keys()].sort().map((tool) => rowOf(tool, rules.get(tool) ?? [], fallback));
  // Without a rule for them, unknown tools are denied whatever the default is.
  const all = [...rows, rowOf(null, unknown, unknown.length > 0 ? fallback : "deny")];
  known.set(snapshot, all);
  return all;
}

function rowOf(
  tool: string | null,
  covering: readonly (readonly [Rule, RuleBody])[],
  fallback: Effect,
): ToolDecisions {
  const rules = covering
    .map(([{ id, effect, nameAt }, { when, unless }]) => ({
      id,
      effect,
      conditional: when !== null || unless !== null,
      at: nameAt,
    }))
    .sort(
      (one, other) =>
        STRICTEST_FIRST.indexOf(one.effect) - STRICTEST_FIRST.indexOf(other.effect) ||
        (one.id < other.id ? -1 : 1),
    );
  const certain = rules.findIndex(({ conditional }) => !conditional);
  const reached =
    certain < 0 ? rules : rules.filter(({ effect }) => !isWeaker(effect, rules[certain]?.effect));
  const effects = new Set(reached.map(({ effect }) => effect));
  if (certain < 0) effects.add(fallback);
  return {
    tool,
    effects: STRICTEST_FIRST.filter((effect) => effects.has(effect)),
    byDefault: certain < 0,
    rules,
  };
}

const isWeaker = (effect: Effect, than: Effect | undefined): boolean =>
  than !== undefined && STRICTEST_FIRST.indexOf(effect) > STRICTEST_FIRST.indexOf(than);

const defaultOf = ({ files, entry }: Snapshot): Effect => {
  const item = files.get(entry)?.tree.items.find(({ kind }) => kind === "default");
  return item?.kind === "default" && item.effect?.effect === "approval_required"
    ? "approval_required"
    : "deny";
};

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
