import type { Figures, Policy, TrackDeclaration } from "@agentpolicy/runtime/abi";

/** One call that ran and counted: what it added to a track, for whom and when (epoch milliseconds). */
interface Entry {
  readonly track: string;
  readonly key: string;
  readonly at: number;
  readonly amount: number;
}

/** What happened before, as a value: recording gives a new one. */
export interface History {
  readonly entries: readonly Entry[];
}

export const NO_HISTORY: History = { entries: [] };

/** The parts of a request that tracks are kept by. */
interface Keyed {
  readonly actor?: { readonly type?: unknown; readonly id?: unknown };
  readonly session?: { readonly id?: unknown };
  readonly action?: { readonly name?: unknown };
}

/**
 * The figures that deciding on `request` reads, at the time `now` (epoch milliseconds). A call counts from the moment
 * it ran until `within` has passed.
 */
export const figuresFor = (policy: Policy, request: Keyed, history: History, now: number): Figures => {
  const name = request.action?.name;
  const wanted = typeof name === "string" ? policy.reads(name) : [];
  const figures: [string, number | boolean][] = [];
  for (const id of wanted) {
    const track = policy.manifest.tracks.find((candidate) => candidate.id === id);
    if (track !== undefined) figures.push([id, figureOf(track, request, history, now)]);
  }
  return Object.fromEntries(figures);
};

const figureOf = (
  track: TrackDeclaration,
  request: Keyed,
  history: History,
  now: number,
): number | boolean => {
  const key = keyOf(track, request);
  const amounts = history.entries
    .filter((entry) => entry.track === track.id && entry.key === key)
    .filter(({ at }) => track.within === null || now - at < track.within)
    .map(({ amount }) => amount);
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  return track.figure === "seen" ? amounts.length > 0 : sum;
};

/** The history after `request` has run at the time `now`. */
export const afterRunning = (policy: Policy, request: Keyed, history: History, now: number): History => {
  const added = policy.contributions(request).flatMap(({ track: id, amount }): readonly Entry[] => {
    const track = policy.manifest.tracks.find((candidate) => candidate.id === id);
    return track === undefined ? [] : [{ track: id, key: keyOf(track, request), at: now, amount }];
  });
  return added.length === 0 ? history : { entries: [...history.entries, ...added] };
};

/** Decision record 0007: per actor the type and id, per session its id, per policy one key. */
const keyOf = ({ per }: TrackDeclaration, { actor, session }: Keyed): string => {
  if (per === "actor") return JSON.stringify([actor?.type, actor?.id]);
  return per === "session" ? JSON.stringify([session?.id]) : "";
};
