import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy, Coverage, Rule } from "../core/policy.ts";
import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { NEVER_MATCHES } from "../diagnostics/messages/lints.ts";
import { short } from "../diagnostics/short.ts";
import { culprits, neverAll, type Part, partsOfBody, typingsOf, untyped } from "./analysis/conditions.ts";
import type { Typing } from "./analysis/typing.ts";
import type { LintInput } from "./input.ts";
import { foundBy } from "./memory.ts";
import { nameOf } from "./names.ts";

/** What is said of calls, or of some of them: a rule, a track, a claim of a proof. */
interface Subject {
  readonly what: string;
  readonly bodies: readonly (Coverage & { readonly when: Expr | null; readonly unless: Expr | null })[];
}

/**
 * A rule whose own conditions contradict each other decides nothing, silently; such a track counts nothing, such a claim
 * proves nothing. `when false` says so on purpose.
 */
export const neverMatches = ({ policy, memory }: LintInput): readonly Diagnostic[] => {
  if (policy === null) return [];
  const inRule = foundBy(memory, "never-matches", (rule: Rule) => contradiction(rule.bodies, policy));
  return [
    ...policy.rules.flatMap((rule) => tell(`rule \`${short(nameOf(rule))}\` can never match`, inRule(rule))),
    ...subjectsOf(policy).flatMap(({ what, bodies }) => tell(what, contradiction(bodies, policy))),
  ];
};

/** What is no rule. */
const subjectsOf = (policy: CheckedPolicy): readonly Subject[] => [
  ...[...policy.tracks.values()].map(({ id, bodies }) => ({
    what: `track \`${short(nameOf({ id }))}\` can never count a call`,
    bodies: bodies.map((body) => ({ ...body, unless: null })),
  })),
  ...policy.proofs.flatMap(({ claims }) =>
    claims.map(({ bodies }) => ({
      what: "this claim is about no call at all",
      bodies: bodies.map((body) => ({ ...body, unless: null })),
    })),
  ),
];

const isSwitchedOff = ({ demand: { expr, holds } }: Part): boolean =>
  expr.kind === "constant" && expr.value === !holds;

/** The parts that contradict each other for all tools of the subject; none where they do not. */
const contradiction = (bodies: Subject["bodies"], policy: CheckedPolicy): readonly Part[] => {
  let shown: { readonly parts: readonly Part[]; readonly typings: readonly Typing[] } | null = null;
  for (const body of bodies) {
    const parts = partsOfBody(body, policy);
    if (parts === null) return [];
    // `has` of what a tool cannot have is `false` here: nothing to say for that tool.
    if (parts.some(isSwitchedOff)) continue;
    const any = [untyped(policy)];
    const typings = neverAll(parts, any) ? any : typingsOf(body, parts, policy);
    if (!neverAll(parts, typings)) return [];
    shown ??= { parts, typings };
  }
  return shown === null ? [] : culprits(shown.parts, shown.typings);
};

const tell = (what: string, found: readonly Part[]): readonly Diagnostic[] => {
  const last = found.at(-1);
  if (last === undefined) return [];
  const related = found.slice(0, -1).map(({ at, demand }) => ({
    ...at,
    message: demand.holds ? "where this is so" : "where this is not so",
  }));
  return [diagnose(NEVER_MATCHES, { what, holds: last.demand.holds }, last.at, { related })];
};
