import { type RuleExplanation, traceOutcomes } from "@agentpolicy/compiler";
import type { Location, Span } from "@agentpolicy/language";
import type { InlineValue } from "../../model.ts";
import type { Snapshot } from "../../snapshot.ts";
import { type TryOptions, tryCall } from "../../trial/call.ts";

const LONGEST = 60;
/** The moment at which tests begin that name none. */
const START = Date.UTC(2026, 0, 1);

/**
 * What the conditions of a file came to for a request, each at its place within a span: which rules matched, what each
 * condition gave, and the values that decided. Masked values are `•••`. Nothing for a policy with errors.
 *
 * @param options what tracks are to say, and the moment of a request that names none; else what a test begins with
 */
export function inlineValues(
  snapshot: Snapshot,
  path: string,
  span: Span,
  request: unknown,
  options: TryOptions = { now: START },
): readonly InlineValue[] {
  const { policy } = snapshot.result;
  const text = snapshot.files.get(path)?.text;
  const tried = tryCall(snapshot, request, options);
  if (policy === null || tried === null || text === undefined) return [];
  const values = new Map<string, InlineValue>();
  const add = ({ file, start, end }: Location, said: (written: string) => string): void => {
    if (file !== path || end < span.start || start > span.end) return;
    const value = { span: { start, end }, text: said(shortened(text.slice(start, end))) };
    values.set(`${start} ${end} ${value.text}`, value);
  };
  for (const rule of tried.explanation.rules) {
    add(rule.at, () => outcomeWords(rule));
    for (const { at, value } of rule.decidedBy?.values ?? [])
      add(at, (written) => `${written} = ${value ?? "absent"}`);
  }
  for (const { at, outcome } of traceOutcomes(policy, tried.request, tried.figures))
    add(at, (written) =>
      outcome === "fault" ? `${written} cannot be evaluated` : `${written} is ${outcome}`,
    );
  return [...values.values()].sort(
    (one, other) => one.span.start - other.span.start || one.span.end - other.span.end,
  );
}

function outcomeWords({ outcome, considered }: RuleExplanation): string {
  switch (outcome) {
    case "matched":
      return considered ? "matched" : "would match, but a stricter rule decided";
    case "unmatched":
      return "did not match";
    case "faulted":
      return considered ? "could not be evaluated" : "could not be evaluated, but a stricter rule decided";
    case "unjudged":
      return "not asked: the request was refused";
  }
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
};
