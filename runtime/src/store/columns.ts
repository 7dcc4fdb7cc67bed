import type { Sha256 } from "../audit/chain.ts";
import { canonical } from "../guard/canonical.ts";
import type { Json } from "../guard/copy.ts";
import { leads, type State, TRANSITIONS } from "../guard/states.ts";
import type { Kind, RecordKinds } from "../guard/store.ts";

/** The states that time ends. */
export const UNTIL_EXPIRED: readonly State[] = (Object.keys(TRANSITIONS) as State[]).filter((state) =>
  leads(state, "expired"),
);

/**
 * A text as databases keep it: well-formed Unicode without NUL, and no two texts the same. What is in it stays readable:
 * JSON's escapes.
 */
export const textOf = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A record as a row: what is looked for, and all of it as JSON text, which gives back what was put in. */
export interface Columns {
  readonly kind: Kind;
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly actor: string;
  /** Epoch milliseconds; a time that is not a number is long over. */
  readonly expires: number;
  readonly record: string;
  /** The SHA-256 (hex) of the canonical JSON (RFC 8785) of the request that a checkpoint is for. */
  readonly digest: string | null;
}

export function columnsOf(given: RecordKinds[Kind], sha256: Sha256): Columns {
  const record = JSON.stringify(given);
  return {
    kind: given.kind,
    id: textOf(given.id),
    revision: given.revision,
    state: given.state,
    actor: textOf(given.actor),
    expires: Number.isFinite(given.expiresAt) ? given.expiresAt : Number.MIN_SAFE_INTEGER,
    record,
    digest: digestOf(JSON.parse(record) as RecordKinds[Kind], sha256),
  };
}

/** The record that a row keeps. Throws an `Error` where its request is not the one that was kept. */
export function recordOf<K extends Kind>(
  { record, digest }: Pick<Columns, "record" | "digest">,
  sha256: Sha256,
): RecordKinds[K] {
  const found = JSON.parse(record) as RecordKinds[K];
  if (digestOf(found, sha256) !== digest) {
    throw new Error(`store: the request of \`${found.id}\` is not the one that was kept: its digest differs`);
  }
  return found;
}

const digestOf = (record: RecordKinds[Kind], sha256: Sha256): string | null =>
  record.kind === "checkpoint" ? sha256(canonical(record.request as unknown as Json)) : null;
