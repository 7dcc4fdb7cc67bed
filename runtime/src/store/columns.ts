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
}

export const columnsOf = (record: RecordKinds[Kind]): Columns => ({
  kind: record.kind,
  id: textOf(record.id),
  revision: record.revision,
  state: record.state,
  actor: textOf(record.actor),
  expires: Number.isFinite(record.expiresAt) ? record.expiresAt : Number.MIN_SAFE_INTEGER,
  record: JSON.stringify(record),
});

export const recordOf = <K extends Kind>(text: string): RecordKinds[K] => JSON.parse(text) as RecordKinds[K];
