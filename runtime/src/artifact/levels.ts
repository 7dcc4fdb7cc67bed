import type { Decision, PolicyIdentity, Risk } from "../abi/decision.ts";
import { decision } from "./decisions.ts";
import { unread } from "./faults.ts";

/** What matched at a level so far: one decision or several. */
export type Hits = Decision | readonly Decision[];

/** One more rule of the level. */
export const also = (hits: Hits | undefined, hit: Decision): Hits => {
  if (hits === undefined) return hit;
  if (!Array.isArray(hits)) return [hits as Decision, hit];
  hits.push(hit);
  return hits;
};

const RISKS: readonly Risk[] = ["low", "medium", "high", "critical"];

const once = (texts: readonly string[]): string[] => [...new Set(texts)];

const shortest = (demands: readonly { readonly within: number }[]): number =>
  demands.reduce((least, demand) => Math.min(least, demand.within), Infinity);

/** The decision of a level at which rules matched, their clauses merged; where one could not be evaluated, the denial. */
export const settle = (policy: PolicyIdentity, hits: Hits): Decision =>
  Array.isArray(hits) ? merged(policy, hits, hits) : (hits as Decision);

/**
 * What the rules of the deciding level decide together; where one could not be evaluated, the denial. `all` are those whose
 * clauses the decision carries, sorted: the level's own or those of weaker ones too.
 */
export const merged = (
  policy: PolicyIdentity,
  level: readonly Decision[],
  all: readonly Decision[],
): Decision => {
  const faults = level.filter((hit) => hit.code !== "rule");
  if (faults.length > 0) return unread(policy, ...faults.flatMap((hit) => hit.rules));
  const approvals = level.flatMap((hit) => hit.approval ?? []);
  const clarifications = level.flatMap((hit) => hit.clarification ?? []);
  return decision(
    policy,
    (level[0] as Decision).decision,
    "rule",
    all.flatMap((hit) => hit.rules),
    once(all.flatMap((hit) => hit.reasons)),
    RISKS.findLast((risk) => all.some((hit) => hit.risk === risk)),
    once(all.flatMap((hit) => hit.requirements)).sort(),
    {
      ...(approvals.length > 0 && {
        approval: {
          approvers: approvals.flatMap((demand) => demand.approvers),
          within: shortest(approvals),
        },
      }),
      ...(clarifications.length > 0 && {
        clarification: {
          questions: clarifications.flatMap((demand) => demand.questions),
          needs: once(clarifications.flatMap((demand) => demand.needs)).sort(),
          within: shortest(clarifications),
        },
      }),
    },
  );
};
