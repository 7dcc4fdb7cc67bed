import type { Expr } from "../core/expr.ts";
import type { CheckedPolicy } from "../core/policy.ts";

const given = (list: readonly (Expr | null)[]): readonly Expr[] => list.filter((expr) => expr !== null);

/** Every expression of a policy that stands on its own: conditions, functions, tracks, shown values, proofs. */
export const expressionsOfPolicy = (policy: CheckedPolicy): readonly Expr[] => [
  ...policy.rules.flatMap(({ bodies }) =>
    bodies.flatMap(({ when, unless, because, ask }) => [
      ...given([when, unless]),
      ...[...(because ?? []), ...(ask ?? [])].filter((part) => typeof part !== "string"),
    ]),
  ),
  ...[...policy.functions.values()].map(({ body }) => body),
  ...[...policy.tracks.values()].flatMap(({ bodies }) =>
    bodies.flatMap(({ amount, when }) => given([amount, when])),
  ),
  ...policy.proofs.flatMap(({ claims }) =>
    claims.flatMap(({ bodies }) => bodies.flatMap(({ when }) => given([when]))),
  ),
];
