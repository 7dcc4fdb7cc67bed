import {
  createAgentIAM,
  type KeyedTrack,
  type Policy,
  type Store,
  type TrackEntry,
} from "@agentpolicy/runtime";
import type { Contender } from "../harness/rounds.ts";
import { execute, transfer } from "./requests.ts";
import { watched } from "./watched.ts";

/** How many events are recorded in one step while a history is made. */
const BATCH = 5_000;
/** By which part a history may grow before another agent takes over. */
const GROWTH = 1 / 20;

/** A contender whose calls are of agents who have done the same before. */
export interface Historic extends Contender {
  readonly recorded: number;
  /** The figure that the policy was told of the agent of the last call, by one more that is only judged. */
  readonly found: () => Promise<number>;
}

/**
 * Allowed calls that are counted, each by an agent with `recorded` events within the window; some more lie before it, so
 * that its edge is among events, as it is for an agent who has been at it for long. A call is one more event: where that would
 * change much, the next one is another agent's, whose history is made before the clock runs.
 */
export function historic(policy: Policy, store: Store, recorded: number): Historic {
  const iam = createAgentIAM({ policy, store });
  const uses = Math.max(1, Math.floor(recorded * GROWTH));
  /** Agents whose history is made, one for each call that they are good for. */
  const ready: string[] = [];
  let agents = 0;
  let last = "";
  const lookAt = async (agent: string) => {
    const { store: spy, seen } = watched(store);
    await createAgentIAM({ policy, store: spy }).evaluate(transfer(agent));
    return seen;
  };
  return {
    name: `${recorded} recorded`,
    recorded,
    async prepare(calls) {
      while (ready.length < calls) {
        const agent = `agent-${recorded}-${++agents}`;
        for (const track of (await lookAt(agent)).tracks) await fill(store, track, recorded);
        for (let n = 0; n < uses; n++) ready.push(agent);
      }
    },
    async call() {
      last = ready.pop() ?? "nobody";
      const result = await iam.guard(transfer(last), execute);
      if (!result.executed) throw new Error(`a call with a history did not run: ${JSON.stringify(result)}`);
    },
    found: async () =>
      Object.values((await lookAt(last)).figures).reduce<number>((sum, found) => sum + Number(found), 0),
  };
}

/** Makes a history through the store itself: the times of `recorded` events evenly over the window, oldest first. */
async function fill(store: Store, track: KeyedTrack, recorded: number): Promise<void> {
  const now = Date.now();
  const between = (track.within ?? 0) / recorded;
  let left = Math.floor(recorded * (1 + GROWTH));
  while (left > 0) {
    const entries: TrackEntry[] = [];
    for (; left > 0 && entries.length < BATCH; left--) {
      entries.push({ ...track, call: "history", amount: 1, at: Math.round(now - (left - 0.5) * between) });
    }
    await store.track([], now, () => ({ entries, facts: { event: "evaluated", at: now } }));
  }
}
