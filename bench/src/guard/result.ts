import type { Machine } from "../harness/machine.ts";
import type { Plan } from "../harness/rounds.ts";
import type { Ratio, Spread } from "../harness/statistics.ts";
import type { StoreName } from "./place.ts";

/** How much is measured. */
export interface Sizes {
  readonly oneByOne: Plan;
  /** A sample is the mean of so many calls. */
  readonly block: number;
  readonly atOnce: Plan;
  /** How many calls are under way at once. */
  readonly width: number;
  readonly tracks: Plan;
  /** Numbers of recorded events, the smallest first. */
  readonly histories: readonly number[];
}

/** A cost in microseconds per call, and as a multiple of the bare write. */
export interface Cost extends Spread {
  readonly ratio: Ratio;
}

/** What one way of a call costs. */
export interface Figure {
  readonly name: string;
  /** Steps of the store that one call takes. */
  readonly writes: number;
  readonly reads: number;
  /** Records of the log that one call leaves. */
  readonly records: number;
  readonly oneByOne: Cost;
  readonly atOnce: { readonly perSecond: number; readonly ratio: Ratio };
}

/** What an allowed call costs that is counted, by how much was counted before. */
export interface Track extends Cost {
  readonly recorded: number;
  /** What the policy was told at the end. */
  readonly found: number;
  /** As a multiple of the smallest history. */
  readonly growth: Ratio;
}

export interface StoreResult {
  readonly store: StoreName;
  readonly about: { readonly [what: string]: string };
  readonly sizes: Sizes;
  /** What the store is compared to: the bare write, and the bare read where there is one. */
  readonly bases: readonly Omit<Figure, "writes" | "reads" | "records">[];
  readonly figures: readonly Figure[];
  readonly tracks: readonly Track[];
}

/** One run, as it is kept. `skipped` says why a store was not measured. */
export interface GuardRun {
  readonly suite: "guard";
  /** The day: 2026-01-31. */
  readonly date: string;
  readonly machine: Machine;
  readonly stores: readonly StoreResult[];
  readonly skipped: { readonly [store: string]: string };
}
