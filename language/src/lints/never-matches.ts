import type { CheckedPolicy, Rule } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { NEVER_MATCHES } from "../diagnostics/messages/lints.ts";
import { culprits, neverAll, type Part, partsOfBody, typingsOf, untyped } from "./analysis/conditions.ts";
import type { Typing } from "./analysis/typing.ts";
import type { LintInput } from "./input.ts";
import { nameOf } from "./names.ts";

/** A rule whose own conditions contradict each other decides nothing, silently. `when false` says so on purpose. */
export const neverMatches = ({ policy }: LintInput): readonly Diagnostic[] =>
  policy === null ? [] : policy.rules.flatMap((rule) => judge(rule, policy));

const isSwitchedOff = ({ demand: { expr, holds } }: Part): boolean =>
  expr.kind === "constant" && expr.value === !holds;

const judge = (rule: Rule, policy: CheckedPolicy): readonly Diagnostic[] => {
  let shown: { readonly parts: readonly Part[]; readonly typings: readonly Typing[] } | null = null;
  for (const body of rule.bodies) {
    const parts = partsOfBody(body, policy);
    if (parts === null) return [];
    // `has` of what a tool cannot have is `false` here: nothing to say for that tool.
    if (parts.some(isSwitchedOff)) continue;
    const any = [untyped(policy)];
    const typings = neverAll(parts, any) ? any : typingsOf(body, parts, policy);
    if (!neverAll(parts, typings)) return [];
    shown ??= { parts, typings };
  }
  if (shown === null) return [];
  const found = culprits(shown.parts, shown.typings);
  const last = found.at(-1);
  if (last === undefined) return [];
  const related = found.slice(0, -1).map(({ at, demand }) => ({
    ...at,
    message: demand.holds ? "where this is so" : "where this is not so",
  }));
  const facts = { holds: last.demand.holds, name: nameOf(rule) };
  return [diagnose(NEVER_MATCHES, facts, last.at, { related })];
};
