import { report } from "../report.ts";
import { isMistake, type Mistake } from "../result.ts";
import { type OpenStore, withStore } from "../store/open.ts";
import type { World } from "../world.ts";

/** The options of all commands that work on a store, as commander gives them. */
export interface StoreOptions {
  readonly store?: string;
  readonly format: "pretty" | "json";
}

/** Does a job on the store that the options name, and says what the user got wrong. */
export const onStore = async (
  { store }: { readonly store?: string },
  world: World,
  job: (opened: OpenStore) => Promise<number | Mistake>,
): Promise<number> => {
  const answer = await withStore(store, world, job);
  return isMistake(answer) ? report(world, answer) : answer;
};
