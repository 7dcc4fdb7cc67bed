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
export function compileLevels(...given: Parameters<typeof compileEach>): ByRules {
  const levels = compileEach(...given);
  return (frame) => {
    for (const level of levels) {
      const tried = level.try(frame);
      if (tried.matched.length + tried.faulted.length > 0) return level.decide(tried, [], frame);
    }
    return null;
  };
}

/** The same, but all rules are judged, and the decision carries the clauses of weaker ones too (`CheckedPolicy.merge`). */
export function compileMerging(...given: Parameters<typeof compileEach>): ByRules {
  const levels = compileEach(...given);
  return (frame) => {
    const all = levels.map((level) => level.try(frame));
    const first = all.findIndex(({ matched, faulted }) => matched.length + faulted.length > 0);
    if (first < 0) return null;
    const weaker = all.slice(first + 1).flatMap(({ matched, faulted }) => [...matched, ...faulted]);
    return levels[first]!.decide(all[first]!, weaker, frame);
  };
}

/** A level whose rules can be tried and, where any matched or could not be evaluated, decide. */
interface CompiledLevel {
  readonly try: (frame: Frame) => Tried;
  readonly decide: (tried: Tried, weaker: readonly Judge[], frame: Frame) => Decision;
}

function compileEach(
  levels: readonly Level[],
  compiler: Compiler,
  policy: CheckedPolicy,
  identity: PolicyIdentity,
): readonly CompiledLevel[] {
  return levels.map((level) => {
    const decided = makeDecisions(level.effect, identity);
    return {
      try: compileLevel(level, compiler, policy, identity),
      decide: ({ matched, faulted }, weaker, frame) =>
        faulted.length > 0 ? invalidValue(identity, faulted.map(idOf)) : decided(matched, weaker, frame),
    };
  });
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
