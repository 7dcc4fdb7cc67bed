import type { Decision } from "../abi/decision.ts";
import type { Figures, TrackDeclaration } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import type { Json } from "./copy.ts";
import type { State } from "./states.ts";

/** Somebody who approves or rejects, as the host has authenticated them. */
export interface Approver {
  readonly id: string;
  readonly roles?: readonly string[];
}

/** One person's approval, with the roles they had then. `at` is epoch milliseconds. */
export interface Approval {
  readonly by: string;
  readonly roles: readonly string[];
  readonly at: number;
}

/**
 * A paused call, as stores keep it: plain JSON. It is bound to `request` (without `now`), compared as canonical JSON
 * (RFC 8785), and to the policy that made `decision`. All times are epoch milliseconds.
 */
export interface CheckpointRecord {
  readonly id: string;
  /** Counts the changes, from 0. */
  readonly revision: number;
  readonly state: State;
  readonly request: Request;
  readonly decision: Decision;
  /** Paths of the request that nobody is shown, root first (`input`, not `action.input`). */
  readonly masks: readonly (readonly string[])[];
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly approvals: readonly Approval[];
  /** By request path: `context.ticket`. */
  readonly answer?: { readonly [path: string]: Json };
  /** Who rejected, and why somebody rejected or cancelled. */
  readonly by?: string;
  readonly reason?: string | undefined;
  /** What `execute` threw. */
  readonly error?: string;
}

/**
 * Which checkpoints to list; all conditions must hold. `overdue`: those that could still be used, but whose time is up
 * at that time. At most `limit` (100).
 */
export interface CheckpointFilter {
  readonly state?: State;
  readonly actor?: string;
  readonly overdue?: number;
  /** Only what is younger than the checkpoint with this id, the last of the page before; all where there is none such. */
  readonly after?: string;
  readonly limit?: number;
}

/** One track for one actor, session or policy. */
export interface KeyedTrack extends TrackDeclaration {
  readonly key: string;
}

/** What a running call added to a track: 1 or an amount. `call` is the same for all that one call adds. */
export interface TrackEntry extends KeyedTrack {
  readonly call: string;
  readonly amount: number;
  readonly at: number;
}

/**
 * Where checkpoints and tracks live. Every method may reject or hang: the guard then denies. A store need not check
 * anything: states and rights are the guard's.
 */
export interface Store {
  readonly read: (id: string) => Promise<CheckpointRecord | undefined>;
  /**
   * Puts the record in the place of the one with the revision before it, or for revision 0 of none, in one atomic step;
   * false if that is not what is there.
   */
  readonly put: (record: CheckpointRecord) => Promise<boolean>;
  /** Oldest first. */
  readonly list: (filter: CheckpointFilter) => Promise<readonly CheckpointRecord[]>;
  /**
   * One atomic step for all keys together: hands the figures at `now` to `decide`, which answers at once, and records
   * what it gives. No other step on any of the keys may come between.
   */
  readonly track: (
    tracks: readonly KeyedTrack[],
    now: number,
    decide: (figures: Figures) => readonly TrackEntry[],
  ) => Promise<void>;
  /** Takes back what a call recorded that then failed. */
  readonly release: (entries: readonly TrackEntry[]) => Promise<void>;
}
