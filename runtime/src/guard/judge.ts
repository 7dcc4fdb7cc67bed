import type { Decision, Misfit } from "../abi/decision.ts";
import { ABI, type Contribution, type Figures, type Policy, type TrackDeclaration } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import { unavailable, unfit } from "./stop.ts";
import type { KeyedTrack, Store, TrackEntry } from "./store.ts";

/** What the guard works with. `ask` bounds how long the store may take; `clock` gives epoch milliseconds. */
export interface Bench {
  readonly policy: Policy;
  readonly store: Store;
  readonly ask: <T>(answer: Promise<T>, late?: (value: T) => unknown) => Promise<T>;
  readonly clock: () => number;
  readonly id: () => string;
}

/** A decision on a request, and the way to take back what was recorded for it. */
export interface Judged {
  readonly decision: Decision;
  readonly release: () => Promise<void>;
}

/**
 * Decides on a request whose `now` is set. Where tracks matter, the figures are read and, if `runs` says that the call will
 * run, what it adds is recorded, in one atomic step of the store. Rejects where the store does.
 */
export async function judge(
  { policy, store, ask, id }: Bench,
  request: Request,
  runs: (decision: Decision) => boolean | undefined,
): Promise<Judged> {
  let entries: readonly TrackEntry[] = [];
  const release = () => ask(store.release(entries));
  const at = request.now as number;
  let decision = unavailable(policy, "policy");
  let tracks: readonly KeyedTrack[];
  let added: readonly Contribution[];
  try {
    added = policy.contributions(request);
    tracks = tracksOf(policy, request, added);
  } catch {
    return { decision, release };
  }
  const decide = (figures: Figures): readonly TrackEntry[] => {
    decision = decisionOf(policy, request, figures);
    const call = id();
    const entryOf = ({ track, amount }: Contribution): TrackEntry => ({
      ...(tracks.find(({ id }) => id === track) as KeyedTrack),
      call,
      amount,
      at,
    });
    // A store may ask more than once; the last answer holds.
    entries = runs(decision) ? added.map(entryOf) : [];
    return entries;
  };
  if (tracks.length > 0) {
    decision = unavailable(policy, "state");
    await ask(store.track(tracks, at, decide), release);
  } else decide({});
  return { decision, release };
}

/** The policy's answer, if it is one. */
function decisionOf(policy: Policy, request: Request, figures: Figures): Decision {
  try {
    const decision = policy.decide(request, figures);
    const { decision: effect, approval, clarification } = decision;
    if (policy.manifest.abi === ABI) {
      if (effect === "deny") return decision;
      if (
        effect === "allow" ||
        (effect === "approval_required" && approval) ||
        (effect === "clarification_required" && clarification)
      ) {
        const { type, id } = request.actor ?? {};
        return typeof type === "string" && typeof id === "string" ? decision : unfit(policy, NO_ACTOR);
      }
    }
  } catch {
    // The same as no answer.
  }
  return unavailable(policy, "policy");
}

const NO_ACTOR: Misfit = { path: "actor", expected: "type and id", found: "other record" };

/**
 * The tracks that deciding on a request reads or that the call would feed. Calls without a session share one, should a
 * policy let any through that a session's track watches. Source for the keys: decision 0007.
 */
function tracksOf(policy: Policy, request: Request, added: readonly Contribution[]): readonly KeyedTrack[] {
  const { actor, action, session } = request;
  return [...new Set([...policy.reads(action?.name), ...added.map(({ track }) => track)])].map((id) => {
    // One that is not declared cannot be kept: reading `undefined` throws.
    const track = policy.manifest.tracks.find((track) => track.id === id) as TrackDeclaration;
    const who = { actor: [actor?.type, actor?.id], session: [session?.id], policy: [] }[track.per];
    return { ...track, key: JSON.stringify([id, ...who]) };
  });
}
