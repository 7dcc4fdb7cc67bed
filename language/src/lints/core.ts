import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy, Rule } from "../core/policy.ts";

const given = (list: readonly (Expr | null)[]): readonly Expr[] => list.filter((expr) => expr !== null);

/** The expressions of a rule that stand on their own: conditions and shown values. An expression is its own. */
export const expressionsIn = (of: Rule | Expr): readonly Expr[] =>
  "bodies" in of
    ? of.bodies.flatMap(({ when, unless, because, ask }) => [
        ...given([when, unless]),
        ...[...(because ?? []), ...(ask ?? [])].filter((part) => typeof part !== "string"),
      ])
    : [of];

/** Those of functions, tracks and proofs. */
export const expressionsBesideRules = (policy: CheckedPolicy): readonly Expr[] => [
  ...[...policy.functions.values()].map(({ body }) => body),
  ...[...policy.tracks.values()].flatMap(({ bodies }) =>
    bodies.flatMap(({ amount, when }) => given([amount, when])),
  ),
  ...policy.proofs.flatMap(({ claims }) =>
    claims.flatMap(({ bodies }) => bodies.flatMap(({ when }) => given([when]))),
  ),
];
