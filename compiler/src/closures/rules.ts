import type { CheckedPolicy, Template } from "@agentpolicy/language";
import type { Decision, PolicyIdentity } from "@agentpolicy/runtime/abi";
import { shown } from "@agentpolicy/runtime/values/text";
import { byRules, invalidValue, type Match } from "../interpret/decision.ts";
import type { Level, RulePlan } from "../plan/plan.ts";
import { shownKind } from "../plan/shown-kind.ts";
import { booleanly, type Compiler, orFault } from "./compiler.ts";
import { makeDispatch } from "./dispatch.ts";
import type { Frame } from "./frame.ts";

/** One rule of a level, compiled. */
interface Judge {
  readonly id: string;
  /** `undefined`: the condition cannot be evaluated. */
  readonly holds: (frame: Frame) => boolean | undefined;
  readonly match: (frame: Frame) => Match;
  /** The decision where this rule alone matches and shows no values. */
  readonly alone: Decision | null;
}

/** Several decisions without values are kept, so that nothing is made twice; more than these are made anew. */
const KEPT = 64;

/** The decision of a level, or null where none of its rules matches. */
export function compileLevel(
  level: Level,
  compiler: Compiler,
  policy: CheckedPolicy,
  identity: PolicyIdentity,
): (frame: Frame) => Decision | null {
  const judges = level.rules.map((plan) => compileRule(plan, compiler, policy, identity));
  const candidates = makeDispatch(level.rules, compiler);
  const kept = new Map<string, Decision>();
  const decided = (matched: readonly Judge[], frame: Frame): Decision => {
    const [only] = matched;
    if (matched.length === 1 && only!.alone !== null) return only!.alone;
    const make = (): Decision =>
      byRules(
        identity,
        level.effect,
        matched.map(({ match }) => match(frame)),
      );
    if (matched.some(({ alone }) => alone === null)) return make();
    const key = JSON.stringify(matched.map(({ id }) => id));
    const decision = kept.get(key) ?? make();
    if (kept.size < KEPT) kept.set(key, decision);
    return decision;
  };
  return (frame) => {
    const matched: Judge[] = [];
    const faulted: string[] = [];
    for (const index of candidates(frame)) {
      const judge = judges[index]!;
      const holds = judge.holds(frame);
      if (holds === undefined) faulted.push(judge.id);
      else if (holds) matched.push(judge);
    }
    if (faulted.length > 0) return invalidValue(identity, faulted);
    return matched.length === 0 ? null : decided(matched, frame);
  };
}

function compileRule(
  { rule, condition, because, ask }: RulePlan,
  compiler: Compiler,
  policy: CheckedPolicy,
  identity: PolicyIdentity,
): Judge {
  const test = condition === null ? null : booleanly(compiler.compile(condition));
  const reason = compileTemplate(because, compiler, policy);
  const question = compileTemplate(ask, compiler, policy);
  const constant = typeof reason !== "function" && typeof question !== "function";
  const say = (text: typeof reason, frame: Frame): string | null =>
    typeof text === "function" ? text(frame) : text;
  return {
    id: rule.id,
    holds: test === null ? () => true : (frame) => orFault(() => test(frame)),
    match: (frame) => ({ rule, because: say(reason, frame), ask: say(question, frame) }),
    alone: constant ? byRules(identity, rule.effect, [{ rule, because: reason, ask: question }]) : null,
  };
}

/** Text, or what makes it where it shows values; what cannot be evaluated shows `…`. */
function compileTemplate(
  template: Template | null,
  compiler: Compiler,
  policy: CheckedPolicy,
): string | null | ((frame: Frame) => string) {
  if (template === null) return null;
  const parts = template.map((part) => {
    if (typeof part === "string") return part;
    const run = compiler.compile(part);
    const kind = shownKind(part, policy);
    return (frame: Frame): string => {
      const value = orFault(() => run(frame));
      return value === undefined ? "…" : shown(value, kind);
    };
  });
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return (frame) => parts.map((part) => (typeof part === "string" ? part : part(frame))).join("");
}
