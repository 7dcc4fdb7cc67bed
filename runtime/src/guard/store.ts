import type { Decision } from "../abi/decision.ts";
import type { Figures, TrackDeclaration } from "../abi/policy.ts";
import type { Request } from "../abi/request.ts";
import type { AuditFacts, AuditLog } from "../audit/record.ts";
import type { StandingRecord } from "../standing/record.ts";
import type { Json } from "./copy.ts";
import type { Masks } from "./masks.ts";
import type { State } from "./states.ts";

/** What stores need to know of a record, of whichever kind. */
export interface StoreRecord {
  readonly kind: Kind;
  readonly id: string;
  /** Counts the changes, from 0. */
  readonly revision: number;
  readonly state: string;
  /** The id of the actor whose call it is. */
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** When it came to be as it is, in epoch milliseconds, by the clock of whoever changed it. */
  readonly changedAt: number;
}

/** Each kind of record. */
export interface RecordKinds {
  readonly checkpoint: CheckpointRecord;
  readonly standing: StandingRecord;
}

export type Kind = keyof RecordKinds;

/** One person's approval, with the roles they had then. `at` is epoch milliseconds. */
export interface Approval {
  readonly by: string;
  readonly roles: readonly string[];
  readonly at: number;
  readonly reason?: string;
}

export type Answer = readonly (readonly [steps: readonly string[], value: Json])[];

/**
 * A paused call, as stores keep it: plain JSON. It is bound to `request` (without `now`), compared as canonical JSON
 * (RFC 8785), to the actor in it, and to the policy that made `decision`. Stores that outlive the process keep the SHA-256
 * of that text beside it and give out no record that it does not fit. All times are epoch milliseconds.
 */
export interface CheckpointRecord extends StoreRecord {
  readonly kind: "checkpoint";
  readonly state: State;
  /** The `guard` or `resume` that paused or claimed it. */
  readonly call: string;
  readonly request: Request;
  readonly decision: Decision;
  /** Paths of the request that nobody is shown, root first (`input`, not `action.input`). */
  readonly masks: Masks;
  readonly createdAt: number;
  readonly approvals: readonly Approval[];
  /** How often an approver has changed the call's arguments; 0 where absent. */
  readonly version?: number;
  /** What was answered, or changed by an approver: where in the request, step by step from it, and what. */
  readonly answer?: Answer;
  /** Who rejected, answered or cancelled, with the roles they had, and why. */
  readonly by?: string | undefined;
  readonly roles?: readonly string[];
  readonly reason?: string | undefined;
  /** What `execute` threw. */
  readonly error?: string;
}

/**
 * Which records to list; all conditions must hold. `overdue`: checkpoints that could still be used, but whose time is up
 * at that time. At most `limit` (100).
 */
export interface RecordFilter {
  readonly state?: string;
  readonly actor?: string;
  readonly overdue?: number;
  /** Only what is younger than the record with this id, the last of the page before; all where there is none such. */
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

/** What is to be kept of a judgement. */
export interface Tracked {
  readonly entries: readonly TrackEntry[];
  readonly facts: AuditFacts;
}

/**
 * Where checkpoints, standing approvals, tracks and the audit log live. Every method may reject or hang: the guard then
 * denies. A store need not check anything: states and rights are the guard's.
 *
 * A store with a `log` keeps it by itself: every `put` that takes effect is a record of the log (`noteOfRecord`), and so are the
 * facts that `track` and `release` are given (`noteOf`), in the same atomic step: all of it is there, or nothing.
 */
export interface Store {
  readonly read: <K extends Kind>(kind: K, id: string) => Promise<RecordKinds[K] | undefined>;
  /**
   * Puts the record in the place of the one with the revision before it, or for revision 0 of none, in one atomic step;
   * false if that is not what is there.
   */
  readonly put: (record: RecordKinds[Kind]) => Promise<boolean>;
  /** Oldest first. */
  readonly list: <K extends Kind>(kind: K, filter: RecordFilter) => Promise<readonly RecordKinds[K][]>;
  /**
   * One atomic step for all keys together: hands the figures at `now` to `decide`, which answers at once, and records
   * what it gives. No other step on any of the keys may come between.
   */
  readonly track: (
    tracks: readonly KeyedTrack[],
    now: number,
    decide: (figures: Figures) => Tracked,
  ) => Promise<void>;
  /** Takes back what a call recorded that then failed. */
  readonly release: (entries: readonly TrackEntry[], facts?: AuditFacts) => Promise<void>;
  /**
   * Resolves as soon as the record may have another revision than this one, and after `ms` milliseconds at the latest.
   * Without it whoever waits looks again and again.
   */
  readonly changed?: (id: string, revision: number, ms: number) => Promise<void>;
  readonly log?: AuditLog;
}
