import type { Decision } from "../abi/decision.ts";
import { ABI, type Contribution, type Figures, type Policy, type TrackDeclaration } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import type { AuditFacts } from "../audit/record.ts";
import { TOO_LATE } from "./change.ts";
import type { Desk } from "./desk.ts";
import type { StandingApproval } from "./guard.ts";

import type { Validate } from "./prepare.ts";
import { unavailable } from "./stop.ts";
import type { KeyedTrack, TrackEntry, Tracked } from "./store.ts";

/** What the guard works with. */
export interface Bench extends Desk {
  readonly policy: Policy;
  readonly validate?: Validate;
  readonly standing?: ((desk: Desk, request: Request) => Promise<readonly StandingApproval[]>) | undefined;
}

/** A decision on a request, what the log is told of it, and the way to take back what was recorded for it. */
export interface Judged {
  readonly decision: Decision;
  /** What `runs` said of it. */
  readonly isRun: boolean | undefined;
  readonly facts: Facts;
  readonly release: (facts?: AuditFacts) => Promise<void>;
}

/** What all that is told of a call has in common. */
type Facts = Omit<AuditFacts, "event"> & { readonly request: Request; readonly call: string };

/**
 * Decides on a request whose `now` is set. Where tracks matter, the figures are read and, if `runs` says that the call will
 * run, what it adds is recorded, in one atomic step of the store. Rejects where the store does.
 */
export async function judge(
  { policy, store, ask, id, keep }: Bench,
  request: Request,
  runs: (decision: Decision) => boolean | undefined,
  more?: Partial<AuditFacts>,
): Promise<Judged> {
  const call = id();
  const at = request.now as number;
  let facts: Facts = { ...more, at, request, call };
  let entries: readonly TrackEntry[] = [];
  let decision = unavailable(policy, "policy");
  let answer = decisionOf;
  let isRun: boolean | undefined;
  let tracks: readonly KeyedTrack[] = [];
  let added: readonly Contribution[] = [];
  const release = async (facts?: AuditFacts) => ask(store.release(entries, facts));
  /** What came through after all was for a call that will not run. */
  const late = () => release({ ...facts, event: "failed", error: TOO_LATE });
  const decide = (figures: Figures): Tracked => {
    decision = answer(policy, request, figures);
    isRun = runs(decision);
    // A store may ask more than once; the last answer holds.
    entries = isRun
      ? added.map(({ track, amount }) => ({
          ...(tracks.find(({ id }) => id === track) as KeyedTrack),
          call,
          amount,
          at,
        }))
      : [];
    return { entries, facts: { ...facts, event: "evaluated", decision, figures, runs: isRun } };
  };
  try {
    // What cannot be masked is not told.
    facts = { ...facts, masks: [...policy.masks(request.action?.name)] };
    added = policy.contributions(request);
    tracks = tracksOf(policy, request, added);
  } catch {
    answer = () => decision;
  }
  if (tracks.length > 0) {
    decision = unavailable(policy, "state");
    await ask(store.track(tracks, at, decide), late);
  } else await keep(decide({}).facts, late);
  return { decision, isRun, facts, release };
}

/** The policy's answer, if it is one. */
export function decisionOf(policy: Policy, request: Request, figures: Figures): Decision {
  try {
    const decision = policy.decide(request, figures);
    const { decision: effect, approval, clarification } = decision;
    if (
      policy.manifest.abi === ABI &&
      (effect === "deny" ||
        effect === "allow" ||
        (effect === "approval_required" && approval) ||
        (effect === "clarification_required" && clarification))
    )
      return decision;
  } catch {
    // The same as no answer.
  }
  return unavailable(policy, "policy");
}

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
