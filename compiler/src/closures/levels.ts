import type { CheckedPolicy, Effect } from "@agentpolicy/language";
import type { Decision, PolicyIdentity } from "@agentpolicy/runtime/abi";
import { byRules, invalidValue } from "../interpret/decision.ts";
import type { Level } from "../plan/plan.ts";
import type { Compiler } from "./compiler.ts";
import { makeDispatch } from "./dispatch.ts";
import type { Frame } from "./frame.ts";
import { compileRule, type Judge } from "./rules.ts";

/** The decision that the rules make, or null where none matches. */
export type ByRules = (frame: Frame) => Decision | null;

/** Level by level, strictest first: the first with a rule that matches, or that cannot be evaluated, decides. */
export function compileLevels(
  levels: readonly Level[],
  compiler: Compiler,
  policy: CheckedPolicy,
  identity: PolicyIdentity,
): ByRules {
  const judged = levels.map((level) => ({
    tried: compileLevel(level, compiler, policy, identity),
    decided: makeDecisions(level.effect, identity),
  }));
  return (frame) => {
    for (const { tried, decided } of judged) {
      const { matched, faulted } = tried(frame);
      if (faulted.length > 0) return invalidValue(identity, faulted.map(idOf));
      if (matched.length > 0) return decided(matched, [], frame);
    }
    return null;
  };
}

/** The same, but all rules are judged, and the decision carries the clauses of weaker ones too (`CheckedPolicy.merge`). */
export function compileMerging(
  levels: readonly Level[],
  compiler: Compiler,
  policy: CheckedPolicy,
  identity: PolicyIdentity,
): ByRules {
  const judged = levels.map((level) => ({
    tried: compileLevel(level, compiler, policy, identity),
    decided: makeDecisions(level.effect, identity),
  }));
  return (frame) => {
    const found = judged.map(({ tried }) => tried(frame));
    const first = found.findIndex(({ matched, faulted }) => matched.length + faulted.length > 0);
    const level = found[first];
    if (level === undefined) return null;
    if (level.faulted.length > 0) return invalidValue(identity, level.faulted.map(idOf));
    const weaker = found.slice(first + 1).flatMap(({ matched, faulted }) => [...matched, ...faulted]);
    return judged[first]!.decided(level.matched, weaker, frame);
  };
}

/** What became of the rules of a level. */
interface Tried {
  readonly matched: readonly Judge[];
  readonly faulted: readonly Judge[];
}

function compileLevel(
  { rules }: Level,
  compiler: Compiler,
  policy: CheckedPolicy,
  identity: PolicyIdentity,
): (frame: Frame) => Tried {
  const judges = rules.map((plan) => compileRule(plan, compiler, policy, identity));
  const candidates = makeDispatch(rules, compiler);
  return (frame) => {
    const matched: Judge[] = [];
    const faulted: Judge[] = [];
    for (const index of candidates(frame)) {
      const judge = judges[index]!;
      const holds = judge.holds(frame);
      if (holds === undefined) faulted.push(judge);
      else if (holds) matched.push(judge);
    }
    return { matched, faulted };
  };
}

/** Several decisions without values are kept, so that nothing is made twice; more than these are made anew. */
const KEPT = 64;

/** Makes the decisions of one level. */
function makeDecisions(
  effect: Effect,
  identity: PolicyIdentity,
): (matched: readonly Judge[], weaker: readonly Judge[], frame: Frame) => Decision {
  const kept = new Map<string, Decision>();
  return (matched, weaker, frame) => {
    const [only] = matched;
    if (matched.length === 1 && weaker.length === 0 && only!.alone !== null) return only!.alone;
    const make = (): Decision => {
      const say = (judges: readonly Judge[]) => judges.map(({ match }) => match(frame));
      return byRules(identity, effect, say(matched), say(weaker));
    };
    if ([...matched, ...weaker].some(({ alone }) => alone === null)) return make();
    const key = JSON.stringify([matched.map(idOf), weaker.map(idOf)]);
    const decision = kept.get(key) ?? make();
    if (kept.size < KEPT) kept.set(key, decision);
    return decision;
  };
}

function idOf({ id }: Judge): string {
  return id;
}
