// One store is measured in this process.
import { whenAsked } from "../harness/process.ts";
import { measureStore } from "./measure.ts";
import type { Skipped, StoreName } from "./place.ts";
import { newPlace } from "./places.ts";
import type { StoreResult } from "./result.ts";
import { sizesOf } from "./sizes.ts";

/** What to measure, how much of it, and in which folder databases lie. */
export interface StoreJob {
  readonly store: StoreName;
  readonly quick: boolean;
  readonly folder: string;
}

/** What came of it. */
export type StoreAnswer = { readonly result: StoreResult } | Skipped;

whenAsked(async ({ store, quick, folder }: StoreJob): Promise<StoreAnswer> => {
  const place = await newPlace(store, folder);
  return "skipped" in place ? place : { result: await measureStore(place, sizesOf(store, quick)) };
});
