import type { Effect, Template } from "@agentpolicy/language";
import type { Decision, Figures, Misfit } from "@agentpolicy/runtime/abi";
import { shown } from "@agentpolicy/runtime/values/text";
import { MASKED, readsMasked } from "../plan/masks.ts";
import { shownKind } from "../plan/shown-kind.ts";
import {
  byDefault,
  byRules,
  invalidRequest,
  invalidValue,
  type Match,
  stateUnavailable,
  UNREADABLE_REQUEST,
  uncountable,
  unknownTool,
} from "./decision.ts";
import { evaluate, evaluateStrictly, type Scope } from "./evaluate.ts";
import { kindOf, readField } from "./read.ts";
import { type About, figureOf, firstMisfit, type Subject, scopeOf } from "./subject.ts";

/** Strictest first. */
export const LEVELS: readonly Effect[] = ["deny", "clarification_required", "approval_required", "allow"];

/** Whether a rule's condition holds; `faulted` where it cannot be evaluated. */
export type RuleOutcome = "matched" | "unmatched" | "faulted" | "unreadable";

/** The decision on a request, step by step as the language defines it ("Effects and how they combine"). */
export function decide(
  subject: Subject,
  request: unknown,
  figures: Figures,
  trace?: Scope["trace"],
): Decision {
  const { policy, identity } = subject;
  // Step 1: is the tool known?
  const name = toolCalled(request);
  if (typeof name !== "string") return invalidRequest(identity, name);
  const about = subject.about(name);
  if (about === null) return unknownTool(identity, name);
  // Step 2: does all that the policy reads fit?
  const misfit = firstMisfit(request, about.checks);
  if (misfit !== null) return invalidRequest(identity, misfit);
  const missing = about.tracks.find((track) => figureOf(policy, figures, track) === null);
  if (missing !== undefined) return stateUnavailable(identity, missing);
  // Steps 3 to 5: level by level, strictest first, else the default.
  const scope = scopeOf(subject, about, request, figures, trace);
  const decision = decideByLevels(subject, about, scope);
  // A call that cannot be counted does not run (decision 0007).
  return decision.decision === "deny" ? decision : (countable(subject, about, scope) ?? decision);
}

/** The name of the tool that a request calls, or why there is none. */
export function toolCalled(request: unknown): string | Misfit {
  if (kindOf(request) !== "record") return { path: "request", expected: "record", found: kindOf(request) };
  const action = readField(request, "action");
  if (action.kind !== "value") return { path: "action", expected: "record", found: action.kind };
  if (kindOf(action.value) !== "record") {
    return { path: "action", expected: "record", found: kindOf(action.value) };
  }
  const name = readField(action.value, "name");
  if (name.kind !== "value") return { path: "action.name", expected: "string", found: name.kind };
  if (typeof name.value === "string") return name.value;
  return { path: "action.name", expected: "string", found: kindOf(name.value) };
}

function decideByLevels(subject: Subject, about: About, scope: Scope): Decision {
  const { identity, policy } = subject;
  const judge = (rules: readonly Covering[]): Judged[] =>
    rules.map(({ rule, body }) => ({ rule, body, outcome: judgeRule(body, scope) }));
  const match = ({ rule, body }: Judged): Match => ({
    rule,
    because: render(body.because, subject, about, scope),
    ask: render(body.ask, subject, about, scope),
  });
  const levelOf = <T extends Covering>(rules: readonly T[], effect: Effect): readonly T[] =>
    rules.filter(({ rule }) => rule.effect === effect);
  // Where the clauses of all rules are merged, all of them are judged.
  const all = policy.merge === "all" ? judge(about.cover.rules) : null;
  if (all !== null && isUnreadable(all)) return invalidRequest(identity, UNREADABLE_REQUEST);
  for (const [i, effect] of LEVELS.entries()) {
    const judged = all === null ? judge(levelOf(about.cover.rules, effect)) : levelOf(all, effect);
    if (isUnreadable(judged)) return invalidRequest(identity, UNREADABLE_REQUEST);
    const faulted = judged.filter(({ outcome }) => outcome === "faulted");
    if (faulted.length > 0)
      return invalidValue(
        identity,
        faulted.map(({ rule }) => rule.id),
      );
    const matched = judged.filter(({ outcome }) => outcome === "matched");
    if (matched.length > 0) {
      // A weaker rule that cannot be evaluated may hold, so what it asks for counts (decision 0017).
      const weaker = LEVELS.slice(i + 1)
        .flatMap((level) => levelOf(all ?? [], level))
        .filter(({ outcome }) => outcome !== "unmatched");
      return byRules(identity, effect, matched.map(match), weaker.map(match));
    }
  }
  return byDefault(identity, policy);
}

type Covering = About["cover"]["rules"][number];
type Judged = Covering & { readonly outcome: RuleOutcome };

const isUnreadable = (judged: readonly Judged[]): boolean =>
  judged.some(({ outcome }) => outcome === "unreadable");

/** A rule matches when its `when` holds and its `unless` does not; a `when` that is false skips its `unless`. */
export function judgeRule(body: About["cover"]["rules"][number]["body"], scope: Scope): RuleOutcome {
  if (body.when !== null) {
    const when = holds(body.when, scope);
    if (when !== true) return when === false ? "unmatched" : when;
  }
  if (body.unless !== null) {
    const unless = holds(body.unless, scope);
    if (unless !== false) return unless === true ? "unmatched" : unless;
  }
  return "matched";
}

function holds(expr: Parameters<typeof evaluate>[0], scope: Scope): boolean | "faulted" | "unreadable" {
  const outcome = evaluate(expr, scope);
  if (outcome.kind === "unreadable") return "unreadable";
  return outcome.kind === "value" && typeof outcome.value === "boolean" ? outcome.value : "faulted";
}

/** A reason or question with its values in it (decision 0003). */
function render(template: Template | null, subject: Subject, about: About, scope: Scope): string | null {
  if (template === null) return null;
  const parts = template.map((part) => {
    if (typeof part === "string") return part;
    if (readsMasked(part, about.masks, subject.reader)) return MASKED;
    const outcome = evaluate(part, { ...scope, trace: () => {} });
    return outcome.kind === "value" ? shown(outcome.value, shownKind(part, subject.policy)) : "…";
  });
  return parts.join("");
}

/** The denial of a call that a track watching it cannot count, or null. */
function countable(subject: Subject, about: About, scope: Scope): Decision | null {
  for (const { track, body } of about.cover.watches) {
    const amount = amountOf(track.figure, body, { ...scope, trace: () => {} });
    if (amount === "unreadable") return invalidRequest(subject.identity, UNREADABLE_REQUEST);
    if (amount === "faulted") return uncountable(subject.identity, track.id);
  }
  return null;
}

/** What a call adds to a track; null where its `when` does not hold. */
export function amountOf(
  figure: "count" | "sum" | "seen",
  body: About["cover"]["watches"][number]["body"],
  scope: Scope,
): number | null | "faulted" | "unreadable" {
  if (body.when !== null) {
    const when = holds(body.when, scope);
    if (when !== true) return when === false ? null : when;
  }
  if (figure !== "sum" || body.amount === null) return 1;
  const amount = evaluateStrictly(body.amount, scope);
  if (amount.kind === "unreadable") return "unreadable";
  const fits = amount.kind === "value" && Number.isFinite(amount.value);
  return fits ? (amount.value as number) : "faulted";
}
