import type { Masks } from "../guard/masks.ts";
import type { Approval, StoreRecord } from "../guard/store.ts";

/** What a value must be: equal to it, one of a list, or within bounds. */
export type Condition =
  | string
  | number
  | boolean
  | null
  | { readonly in: readonly (string | number | boolean | null)[] }
  | { readonly lt?: number; readonly lte?: number; readonly gt?: number; readonly gte?: number };

/** Conditions by request path: `input.amount`, `context.env`. All must hold; what is absent never does. */
export type Conditions = { readonly [path: string]: Condition };

/** An approval given ahead, as stores keep it: plain JSON. `actor` is the id of the actor whose calls it is for. */
export interface StandingRecord extends StoreRecord {
  readonly kind: "standing";
  readonly state: "granted" | "revoked";
  readonly actorType: string;
  /** The tool's whole name. */
  readonly tool: string;
  readonly when: Conditions;
  /** Paths whose values the log may not show; null: it may show none. */
  readonly masks: Masks | null;
  readonly approval: Approval;
  readonly revoked?: Approval;
}
