import type { Rule } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import type { PlacedRule } from "./rule.ts";

const known = new WeakMap<Snapshot, ReadonlyMap<string, PlacedRule>>();

const keyOf = (path: string, start: number): string => `${start} ${path}`;

/** Every rule that has a name, by the place of its name. */
function placedRules(snapshot: Snapshot): ReadonlyMap<string, PlacedRule> {
  const found = known.get(snapshot);
  if (found) return found;
  const placed = new Map<string, PlacedRule>();
  for (const [path, { tree }] of snapshot.files)
    for (const block of tree.items)
      if (block.kind === "block")
        for (const rule of block.members)
          if (rule.kind === "rule" && rule.name)
            placed.set(keyOf(path, rule.name.start), { path, block, rule });
  known.set(snapshot, placed);
  return placed;
}

/** The text of a checked rule. */
export const placedRule = (snapshot: Snapshot, { nameAt }: Rule): PlacedRule | null =>
  placedRules(snapshot).get(keyOf(nameAt.file, nameAt.start)) ?? null;

/** What checking made of a rule. */
export function checkedRule(snapshot: Snapshot, { path, rule }: PlacedRule): Rule | null {
  if (!rule.name) return null;
  return checkedRules(snapshot).get(keyOf(path, rule.name.start)) ?? null;
}

const checked = new WeakMap<Snapshot, ReadonlyMap<string, Rule>>();

function checkedRules(snapshot: Snapshot): ReadonlyMap<string, Rule> {
  const found = checked.get(snapshot);
  if (found) return found;
  const rules = new Map(
    snapshot.result.facts.rules.map((rule) => [keyOf(rule.nameAt.file, rule.nameAt.start), rule] as const),
  );
  checked.set(snapshot, rules);
  return rules;
}
