import type { Decision } from "../abi/decision.ts";
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
  runs: (decision: Decision) => boolean,
): Promise<Judged> {
  const entries: TrackEntry[] = [];
  const release = () => ask(store.release(entries));
  let tracks: readonly KeyedTrack[];
  let added: readonly Contribution[];
  try {
    [tracks, added] = tracksOf(policy, request);
  } catch {
    return { decision: unavailable(policy, "policy"), release };
  }
  if (tracks.length === 0) return { decision: decide(policy, request, {}), release };
  let decision: Decision | undefined;
  const step = store.track(tracks, request.now as number, (figures) => {
    decision = decide(policy, request, figures);
    if (runs(decision)) {
      const call = id();
      for (const { track, amount } of added) {
        const { key } = tracks.find(({ id }) => id === track) as KeyedTrack;
        entries.push({ key, call, amount, at: request.now as number });
      }
    }
    return entries;
  });
  await ask(step, release);
  return { decision: decision ?? unavailable(policy, "state"), release };
}

/** The policy's answer, if it is one. */
function decide(policy: Policy, request: Request, figures: Figures): Decision {
  try {
    const decision = policy.decide(request, figures);
    const effect = decision.decision;
    if (policy.manifest.abi === ABI) {
      if (effect === "deny") return decision;
      if (
        effect === "allow" ||
        (effect === "approval_required" && decision.approval) ||
        (effect === "clarification_required" && decision.clarification)
      ) {
        const { type, id } = request.actor ?? {};
        return typeof type === "string" && typeof id === "string"
          ? decision
          : unfit(policy, "actor", "{ type: string, id: string }", "other record");
      }
    }
  } catch {
    // The same as no answer.
  }
  return unavailable(policy, "policy");
}

/** The tracks that deciding on a request reads or that the call would feed, and what it would add to them. */
function tracksOf(policy: Policy, request: Request): [readonly KeyedTrack[], readonly Contribution[]] {
  const added = policy.contributions(request);
  const ids = new Set([...policy.reads(request.action?.name), ...added.map(({ track }) => track)]);
  const tracks = [...ids].map((id) => {
    // One that is not declared cannot be kept: reading `undefined` throws.
    const track = policy.manifest.tracks.find((track) => track.id === id) as TrackDeclaration;
    return { ...track, key: keyOf(track, request) };
  });
  return [tracks, added];
}

/**
 * Under what a track is kept. Calls without a session share one, should a policy let any through that a session's track
 * watches. Source: decision 0007.
 */
const keyOf = ({ id, per }: TrackDeclaration, { actor, session }: Request): string =>
  JSON.stringify([id, per === "actor" ? [actor?.type, actor?.id] : per === "session" && [session?.id]]);
