import { type Effect, loadProgram, type Rule } from "@agentpolicy/language";
import { type Snapshot, snapshotOf } from "../snapshot.ts";
import { decisionsOf, type ToolDecisions } from "./decisions.ts";
import { type Meaning, meaningsIn } from "./meaning.ts";

/** What a policy decides otherwise than it did with other texts. */
export interface Changes {
  readonly before: Snapshot;
  /** In the order of their names; those decided as before are left out. */
  readonly tools: readonly ToolChange[];
  /** Files that were read for the policy as it was, and whose text then was not given. */
  readonly unread: readonly string[];
}

export interface ToolChange {
  readonly tool: string | null;
  /** What could be decided; null where there was no such tool. */
  readonly before: readonly Effect[] | null;
  readonly after: readonly Effect[] | null;
  readonly rules: readonly RuleChange[];
}

/** `changed`: the rule, or what it uses, means something else. */
export interface RuleChange {
  readonly id: string;
  readonly change: "added" | "removed" | "changed";
  readonly effect: Effect;
  /** As written; both are the same where something that the rule uses has changed. */
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Compares a policy with what it was.
 *
 * @param texts of its files as they were, by path; null where there was none
 */
export function changesSince(snapshot: Snapshot, texts: ReadonlyMap<string, string | null>): Changes {
  const { entry, program } = snapshot;
  const unread = new Set<string>();
  const read = (path: string): string | undefined => {
    if (texts.has(path)) return texts.get(path) ?? undefined;
    unread.add(path);
    return program.host.read(path);
  };
  const tests = program.files.filter(({ role }) => role === "tests").map(({ path }) => path);
  const before = snapshotOf(loadProgram(entry, { ...program.host, read }, { tests }));
  return { before, tools: toolChanges(before, snapshot), unread: [...unread].sort() };
}

function toolChanges(before: Snapshot, after: Snapshot): readonly ToolChange[] {
  const then = new Map(decisionsOf(before).map((row) => [row.tool, row]));
  const now = new Map(decisionsOf(after).map((row) => [row.tool, row]));
  const was = sideOf(before);
  const is = sideOf(after);
  const names = [...new Set([...then.keys(), ...now.keys()])].sort((a, b) =>
    a === null || (b !== null && a > b) ? 1 : -1,
  );
  return names.flatMap((tool): readonly ToolChange[] => {
    const [one, other] = [then.get(tool), now.get(tool)];
    const rules = ruleChanges(tool, [one, was], [other, is]);
    const effects = [one?.effects ?? null, other?.effects ?? null] as const;
    return rules.length === 0 && `${effects[0]}` === `${effects[1]}`
      ? []
      : [{ tool, before: effects[0], after: effects[1], rules }];
  });
}

interface Side {
  readonly meanings: Meaning;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly text: (rule: Rule) => string;
}

const sideOf = ({ result }: Snapshot): Side => ({
  meanings: meaningsIn(result),
  rules: new Map(result.facts.rules.map((rule) => [rule.id, rule])),
  text: ({ at }) => unindented(result.sources.get(at.file)?.slice(at.start, at.end) ?? ""),
});

function ruleChanges(
  tool: string | null,
  [then, was]: readonly [ToolDecisions | undefined, Side],
  [now, is]: readonly [ToolDecisions | undefined, Side],
): readonly RuleChange[] {
  const ids = new Set([...(then?.rules ?? []), ...(now?.rules ?? [])].map(({ id }) => id));
  return [...ids].sort().flatMap((id): readonly RuleChange[] => {
    const one = then?.rules.some((rule) => rule.id === id) ? was.rules.get(id) : undefined;
    const other = now?.rules.some((rule) => rule.id === id) ? is.rules.get(id) : undefined;
    const effect = (other ?? one)?.effect;
    if (effect === undefined) return [];
    if (one && other && was.meanings(one, tool) === is.meanings(other, tool)) return [];
    return [
      {
        id,
        change: one === undefined ? "added" : other === undefined ? "removed" : "changed",
        effect,
        before: one ? was.text(one) : null,
        after: other ? is.text(other) : null,
      },
    ];
  });
}

/** A rule stands in a block; its first line has lost its indent already. */
const unindented = (text: string): string => text.replaceAll(/^ {2}/gm, "");
