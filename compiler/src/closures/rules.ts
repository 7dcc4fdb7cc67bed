import type { CheckedPolicy, Template } from "@agentpolicy/language";
import type { Decision, PolicyIdentity } from "@agentpolicy/runtime/abi";
import { shown } from "@agentpolicy/runtime/values/text";
import { byRules, type Match } from "../interpret/decision.ts";
import type { RulePlan } from "../plan/plan.ts";
import { shownKind } from "../plan/shown-kind.ts";
import { booleanly, type Compiler, orFault } from "./compiler.ts";
import type { Frame } from "./frame.ts";

/** One rule of a level, compiled. */
export interface Judge {
  readonly id: string;
  /** `undefined`: the condition cannot be evaluated. */
  readonly holds: (frame: Frame) => boolean | undefined;
  readonly match: (frame: Frame) => Match;
  /** The decision where this rule alone matches and shows no values. */
  readonly alone: Decision | null;
}

/** A rule, compiled. */
export function compileRule(
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
