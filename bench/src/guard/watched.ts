import type { KeyedTrack, Store } from "@agentpolicy/runtime";

/** What a store was asked for. */
export interface Seen {
  /** Steps that change something: each is one transaction where the store is a database. */
  writes: number;
  reads: number;
  /** The tracks that were asked for last, and what they were found at. */
  tracks: readonly KeyedTrack[];
  figures: { readonly [track: string]: number | boolean };
}

/** A store that tells what it is asked for. */
export function watched(store: Store): { readonly store: Store; readonly seen: Seen } {
  const seen: Seen = { writes: 0, reads: 0, tracks: [], figures: {} };
  const { log } = store;
  const writes =
    <A extends unknown[], R>(step: (...given: A) => R) =>
    (...given: A): R => {
      seen.writes++;
      return step(...given);
    };
  const spy: Store = {
    ...store,
    read: (kind, id) => {
      seen.reads++;
      return store.read(kind, id);
    },
    put: writes(store.put),
    release: writes(store.release),
    track: writes((tracks, now, decide) =>
      store.track(tracks, now, (figures) => {
        Object.assign(seen, { tracks, figures });
        return decide(figures);
      }),
    ),
    ...(log && { log: { ...log, append: writes(log.append) } }),
  };
  return { store: spy, seen };
}
