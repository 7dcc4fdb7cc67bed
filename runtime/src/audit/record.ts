import type { Decision } from "../abi/decision.ts";
import type { Figures } from "../abi/policy.ts";
import type { Actor, Request } from "../abi/request.ts";
import type { Masks } from "../guard/masks.ts";
import type { Conditions } from "../standing/record.ts";

/**
 * What happened. `evaluated`: a policy decided on a call. `executed`, `failed`: the call ran, and how it ended; `failed` also
 * where it was let run and then did not. `paused` and what follows it: what became of a checkpoint. `refused`:
 * somebody asked for something that was not to be had. `granted`, `revoked`: a standing approval.
 */
export type AuditEvent =
  | "evaluated"
  | "executed"
  | "failed"
  | "paused"
  | "approved"
  | "rejected"
  | "answered"
  | "consumed"
  | "expired"
  | "cancelled"
  | "refused"
  | "granted"
  | "revoked";

/** One thing that happened, as it is written down: plain JSON, masked values are `•••`. */
export interface AuditNote {
  readonly event: AuditEvent;
  /** Epoch milliseconds, by the clock of whoever writes. */
  readonly at: number;
  /** The same for all that one `guard`, `resume` or `evaluate` does. */
  readonly call?: string;
  readonly checkpoint?: string;
  /** Standing approvals: the one granted or revoked, or those that stood for an approval. */
  readonly standing?: readonly string[];
  readonly actor?: Partial<Pick<Actor, "type" | "id">>;
  readonly tool?: string;
  /** What was judged, with `now`, by `evaluated`; what a call became, by `answered` and an `approved` that edited it. */
  readonly request?: Request | undefined;
  readonly decision?: Decision;
  /** Whether the call was let run by this judgement; `evaluate` lets nothing run. */
  readonly runs?: boolean | undefined;
  /** What the policy was told of earlier calls. */
  readonly figures?: Figures;
  /** What a standing approval is for. Values of masked arguments are hidden. */
  readonly when?: Conditions;
  /** Until when a checkpoint or a standing approval is of use, in epoch milliseconds. */
  readonly until?: number;
  /** The person who approved, rejected, answered, cancelled, granted or revoked, and the roles they had. */
  readonly by?: string;
  readonly roles?: readonly string[];
  /** Their words. */
  readonly reason?: string;
  /** What `execute` threw. */
  readonly error?: string | undefined;
  /** Why there was nothing to be had. */
  readonly refused?: string | undefined;
}

/**
 * What a guard or its people tell a log: a note before anything is masked. `noteOf` makes the note, which is all that may be
 * kept. `actor` and `tool` are those of the request; the request itself is kept only where `masks` say what to hide in it.
 */
export interface AuditFacts extends Omit<AuditNote, "request"> {
  readonly masks?: Masks | undefined;
  readonly request?: Request | undefined;
}

/**
 * A note as a log keeps it. `seq` counts from 1; `hash` is the SHA-256 (hex) of the record's canonical JSON (RFC 8785)
 * without `hash`, and `previous` the hash of the record before it, so that none can be altered or taken out unseen.
 */
export interface AuditRecord extends AuditNote {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

/** The last record of a log; `seq` is 0 where there is none. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Which records to read; all conditions must hold. Oldest first, at most `limit` (100). */
export interface AuditFilter {
  /** Only what comes after the record with this `seq`. */
  readonly after?: number;
  readonly limit?: number;
  readonly event?: AuditEvent;
  readonly actor?: string;
  readonly tool?: string;
  readonly checkpoint?: string;
  /** From this time on, in epoch milliseconds. */
  readonly since?: number;
}

/** The log of a store. Every method may reject or hang: whoever needs it to proceed then does not. */
export interface AuditLog {
  /** Keeps what belongs to no other step, as the next records of the chain. */
  readonly append: (facts: readonly AuditFacts[]) => Promise<void>;
  readonly read: (filter: AuditFilter) => Promise<readonly AuditRecord[]>;
  readonly head: () => Promise<AuditHead>;
  /**
   * Hands to `write` what the sink with this name has not had, oldest first and at most `limit` records, and remembers that
   * it has them once `write` resolves. No two deliveries to one sink overlap, in whatever processes; what is handed over
   * when a process dies is handed over again. Returns how many the sink has not had yet, and rejects with what `write`
   * rejects with.
   */
  readonly deliver: (
    sink: string,
    limit: number,
    write: (records: readonly AuditRecord[]) => Promise<void>,
  ) => Promise<number>;
  /** How many records the sink has not had. */
  readonly behind: (sink: string) => Promise<number>;
}
