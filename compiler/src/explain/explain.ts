import type { CheckedPolicy, Expr, RuleBody } from "@agentpolicy/language";
import type { Decision, Figures } from "@agentpolicy/runtime/abi";
import { decide, judgeRule, LEVELS, type RuleOutcome, toolCalled } from "../interpret/decide.ts";
import type { Outcome } from "../interpret/outcome.ts";
import { type About, makeSubject, type Subject, scopeOf } from "../interpret/subject.ts";
import type { Explanation, RuleExplanation } from "./explanation.ts";
import { decidingPart } from "./parts.ts";

const subjects = new WeakMap<CheckedPolicy, Subject>();

/** A policy is made ready once, however many of its decisions are explained. */
export function subjectOf(policy: CheckedPolicy): Subject {
  let subject = subjects.get(policy);
  if (subject === undefined) {
    subject = makeSubject(policy);
    subjects.set(policy, subject);
  }
  return subject;
}

/**
 * The interpreter's decision on a request, and of every rule that covers the call whether it matched and the first
 * part of its conditions that decided it, with the values seen. Pure and total, as deciding is.
 */
export function explain(policy: CheckedPolicy, request: unknown, figures: Figures = {}): Explanation {
  const subject = subjectOf(policy);
  const decision = decide(subject, request, figures);
  const called = toolCalled(request);
  const tool = typeof called === "string" ? called : null;
  const about = tool === null ? null : subject.about(tool);
  return { decision, tool, rules: about === null ? [] : rulesOf(subject, about, decision, request, figures) };
}

function rulesOf(
  subject: Subject,
  about: About,
  decision: Decision,
  request: unknown,
  figures: Figures,
): RuleExplanation[] {
  const judged = decision.code !== "invalid_request" && decision.code !== "state_unavailable";
  const textOf = textReader(subject.policy);
  const judge = (body: RuleBody): Pick<RuleExplanation, "outcome" | "decidedBy"> => {
    if (!judged) return { outcome: "unjudged", decidedBy: null };
    const seen = new Map<Expr, Outcome>();
    const trace = (expr: Expr, outcome: Outcome): void => {
      seen.set(expr, outcome);
    };
    const outcome = judgeRule(body, scopeOf(subject, about, request, figures, trace));
    return { outcome: plainly(outcome), decidedBy: decidingPart(body, { subject, about, seen, textOf }) };
  };
  let considered = judged;
  return LEVELS.flatMap((effect) => {
    const level = about.cover.rules.filter(({ rule }) => rule.effect === effect);
    const rules = level.map(({ rule, body }): RuleExplanation => {
      const { outcome, decidedBy } = judge(body);
      return { id: rule.id, effect, at: rule.nameAt, outcome, considered, decidedBy };
    });
    // Where the clauses of all rules are merged, weaker ones count once one that matches has decided.
    const merging = subject.policy.merge === "all" && decision.code === "rule";
    if (!merging && rules.some(({ outcome }) => outcome !== "unmatched")) considered = false;
    return rules;
  });
}

function plainly(outcome: RuleOutcome): RuleExplanation["outcome"] {
  return outcome === "unreadable" ? "faulted" : outcome;
}

function textReader(policy: CheckedPolicy): (expr: Expr) => string {
  const texts = new Map(policy.sources.map(({ path, text }) => [path, text]));
  return ({ at }) => texts.get(at.file)?.slice(at.start, at.end) ?? "";
}
