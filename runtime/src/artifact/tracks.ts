import type { Decision, PolicyIdentity } from "../abi/decision.ts";
import type { Contribution, Figures } from "../abi/policy.ts";
import { denied } from "./decisions.ts";
import { own } from "./misfit.ts";
import type { Decide } from "./policy.ts";

/** The figure of a track; `undefined` where it is absent or cannot be read. */
export const figure = (figures: Figures | undefined, track: string): unknown => {
  try {
    return own(figures as Figures, track);
  } catch {
    return undefined;
  }
};

/** The denial where a figure is not there. */
export const unavailable = (policy: PolicyIdentity, track: string): Decision =>
  denied(policy, "state_unavailable", `The figure \`${track}\` is not available.`);

/** The denial of a call that cannot be counted. */
export const uncounted = (policy: PolicyIdentity, track: string): Decision =>
  denied(policy, "invalid_value", `A value could not be counted by \`${track}\`.`);

/** Denies what `decide` would let through and what `counts` cannot count. */
export const counted =
  (
    decide: Decide,
    counts: (request: object, action: object, name: string) => Decision | readonly Contribution[],
  ): Decide =>
  (request, action, figures, name) => {
    const decision = decide(request, action, figures, name);
    if (decision.decision === "deny") return decision;
    const added = counts(request, action, name);
    return Array.isArray(added) ? decision : (added as Decision);
  };
