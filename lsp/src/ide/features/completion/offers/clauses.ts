import { CLAUSES, type ClauseNode, type Effect, type RuleNode, takesClause } from "@agentpolicy/language";
import { inmost, pathAt } from "../../../tree/path.ts";
import type { Cursor } from "../cursor.ts";
import { FITTING, NEEDED, type Offer, offer, POSSIBLE, USUAL } from "./offer.ts";
import { pick } from "./snippet.ts";

type Clause = ClauseNode["kind"];

const ABOUT: Readonly<Record<Clause, readonly [insert: string, detail: string]>> = {
  when: ["when $1", "the rule matches where this holds"],
  unless: ["unless $1", "the rule does not match where this holds"],
  from: ['from "$1"', "who may approve: roles or ids"],
  approvals: ["approvals $1", "how many people must approve; 1 where absent"],
  within: ["within $1", "how long it waits; 24h where absent"],
  risk: [`risk ${pick(1, ["high", "medium", "low", "critical"])}`, "carried in the decision"],
  requires: ['requires "$1"', "what the host must do, carried in the decision"],
  because: ['because "$1"', "the reason that people and agents see"],
  ask: ['ask "$1"', "the question to the agent or its user"],
  needs: ["needs $1", "what an answer must fill in"],
};

/** Clauses that the rule does not have yet: those that it needs or lacks most first. */
export const clauseOffers = (cursor: Cursor, effect: Effect, before: readonly string[]): readonly Offer[] => {
  const written = new Set([...before, ...writtenAfter(cursor)]);
  return CLAUSES.flatMap(({ clause }) => {
    if (written.has(clause) || !takesClause(effect, clause)) return [];
    const [insert, detail] = ABOUT[clause];
    const isNeeded = clause === "ask" && effect === "clarification_required";
    const needs = isNeeded ? `needed: ${detail}` : detail;
    return [
      offer("clause", clause, {
        insert,
        snippet: true,
        detail: needs,
        band: bandOf(clause, effect, written),
      }),
    ];
  });
};

const bandOf = (clause: Clause, effect: Effect, written: ReadonlySet<string>): number => {
  const hasCondition = written.has("when") || written.has("unless");
  if (clause === "ask") return NEEDED;
  if (clause === "when") return hasCondition ? USUAL : effect === "clarification_required" ? FITTING : NEEDED;
  if (clause === "because") return effect === "allow" ? POSSIBLE : hasCondition ? NEEDED : FITTING;
  if (clause === "needs" || clause === "from") return hasCondition ? FITTING : USUAL;
  return clause === "unless" && !hasCondition ? FITTING : clause === "requires" ? POSSIBLE : USUAL;
};

/** Clauses of the same rule that stand behind the place. */
const writtenAfter = ({ file, offset, replace, tokens }: Cursor): readonly Clause[] => {
  const last = tokens.at(-1)?.end ?? offset;
  const rule = inmost(pathAt(file.tree, last), "rule") as RuleNode | undefined;
  return (rule?.clauses ?? []).filter(({ start }) => start >= replace.end).map(({ kind }) => kind);
};
