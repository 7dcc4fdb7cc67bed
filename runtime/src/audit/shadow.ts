import type { Decision } from "../abi/decision.ts";
import type { Calls, Contribution, Figures, Policy, TrackDeclaration } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import { freeze } from "../artifact/decisions.ts";
import { decisionOf } from "../guard/judge.ts";

/** Before the ids of the tracks of a policy that only watches: it counts for itself. */
const APART = "shadow/";

/**
 * A policy whose decisions are the first's, each with what `shadow` would have decided. What the shadow counts is kept
 * apart, of the calls that run by the first. Whatever the shadow does, the first's decision stands: one that throws or is for
 * another version of the guard shows as its own `policy_unavailable`. Its reasons and questions are left out where it does not
 * mask all that the first masks.
 */
export function shadowed<C extends Calls>(policy: Policy<C>, shadow: Policy): Policy<C> {
  const tracks = tracksOf(shadow);
  const known = new Set(tracks.map(({ id }) => id));
  return {
    ...policy,
    manifest: { ...policy.manifest, tracks: [...policy.manifest.tracks, ...tracks] },
    decide: (request, figures = {}) => {
      const decision = policy.decide(request, figures);
      return freeze({ ...decision, shadow: watched(policy, shadow, request, figures) });
    },
    visible: (tool, who) => policy.visible(tool, who),
    reads: (tool) => [
      ...policy.reads(tool),
      ...apart(() => shadow.reads(tool)).filter((id) => known.has(id)),
    ],
    contributions: (request) => [
      ...policy.contributions(request),
      ...contributed(shadow, request).filter(({ track }) => known.has(track)),
    ],
    masks: (tool) => policy.masks(tool),
  };
}

/** What is apart from the first's: nothing where the shadow cannot say. */
function apart(ids: () => readonly string[]): readonly string[] {
  try {
    return ids().map((id) => APART + id);
  } catch {
    return [];
  }
}

function tracksOf(shadow: Policy): readonly TrackDeclaration[] {
  try {
    return shadow.manifest.tracks.map((track) => ({ ...track, id: APART + track.id }));
  } catch {
    return [];
  }
}

function contributed(shadow: Policy, request: unknown): readonly Contribution[] {
  try {
    return shadow
      .contributions(request)
      .filter(({ amount }) => Number.isFinite(amount))
      .map(({ track, amount }) => ({ track: APART + track, amount }));
  } catch {
    return [];
  }
}

/** What the shadow decides on its own figures. */
function watched(policy: Policy, shadow: Policy, request: unknown, figures: Figures): Decision {
  const own = Object.entries(figures)
    .filter(([id]) => id.startsWith(APART))
    .map(([id, figure]) => [id.slice(APART.length), figure]);
  const decision = decisionOf(shadow, request as Request, Object.fromEntries(own));
  return masksAll(policy, shadow, request) ? decision : wordless(decision);
}

/** Whether the shadow's words show nothing that the first hides. */
function masksAll(policy: Policy, shadow: Policy, request: unknown): boolean {
  try {
    const tool = (request as Request).action.name;
    const hidden = shadow.masks(tool);
    return policy
      .masks(tool)
      .every((mask) => hidden.some((path) => path.every((step, at) => step === mask[at])));
  } catch {
    return false;
  }
}

const wordless = (decision: Decision): Decision => {
  const { clarification, ...rest } = decision;
  return {
    ...rest,
    reasons: [],
    ...(clarification && {
      clarification: {
        ...clarification,
        questions: clarification.questions.map((one) => ({ ...one, ask: "•••" })),
      },
    }),
  };
};
