import type { Rule } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";

/** A text that is the same for two rules where they mean the same for a tool, wherever they stand. */
export type Meaning = (rule: Rule, tool: string | null) => string;

/** Meanings of the rules of a policy: what they say, and what they use. */
export function meaningsIn({ policy }: Snapshot["result"]): Meaning {
  const used = [...(policy?.functions ?? []), ...(policy?.tracks ?? [])].map(
    ([id, what]): readonly [string, string] => [JSON.stringify(id), plain(what)],
  );
  return ({ effect, risk, requirements, approval, clarification, bodies }, tool) => {
    const body = bodies.find(({ tools, unknown }) => (tool === null ? unknown : tools.includes(tool)));
    const { when, unless, because, ask } = body ?? {};
    const own = plain([effect, risk, requirements, approval, clarification, when, unless, because, ask]);
    const texts = new Set([own]);
    // What is added is looked through in its turn: functions use functions.
    for (const text of texts) for (const [id, what] of used) if (text.includes(id)) texts.add(what);
    return [...texts].join("\n");
  };
}

/** Without the places where things stand. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => (key === "at" || key === "nameAt" ? undefined : part));
