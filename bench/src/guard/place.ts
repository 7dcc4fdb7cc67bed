import type { Store } from "@agentpolicy/runtime";

export const STORES = ["memory", "sqlite", "postgres"] as const;

/** The stores that are measured. */
export type StoreName = (typeof STORES)[number];

/** One empty database of a place, for as long as nobody closes it. */
export interface Database {
  readonly store: Store;
  /** The smallest change that a call could be recorded with, by the same driver, in the same database, as durable. */
  readonly write: () => Promise<void>;
  /** Reads one small row by its key; absent where nothing is ever read. */
  readonly read?: () => Promise<void>;
  /** What a database does by itself some minutes after it was filled. */
  readonly settle: () => Promise<void>;
}

/** Where databases of one kind are. */
export interface Place {
  readonly name: StoreName;
  /** What it is and how it is set up. */
  readonly about: { readonly [what: string]: string };
  readonly open: () => Promise<Database>;
  /** Closes all and takes away what was made. */
  readonly end: () => Promise<void>;
}

/** Why there is no such place on this machine. */
export interface Skipped {
  readonly skipped: string;
}

/** A small row's text. */
export const ROW = "one small row, as any application would write it for one event";
