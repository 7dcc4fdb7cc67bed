import type { Standing } from "@agentpolicy/runtime";
import { jsonText } from "../../output/json-text.ts";
import { standingList } from "../../output/standing.ts";
import { EXIT, isMistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { page } from "../pages.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { openStanding } from "./desk.ts";
import { findId } from "./find.ts";

/** The options of `agentpolicy standing list`, as commander gives them. */
export interface ListOptions extends StoreOptions {
  readonly state: Standing["state"] | "all";
  readonly actor?: string;
  readonly limit: number;
  readonly after?: string;
}

export const listStanding = (options: ListOptions, world: World): Promise<number> =>
  onStore(options, world, async (opened) => {
    const { state, actor, limit } = options;
    const standing = openStanding(opened, world);
    const after = options.after === undefined ? undefined : await findId(standing, options.after);
    if (isMistake(after)) return after;
    const filter = {
      ...(actor === undefined ? {} : { actor }),
      ...(after === undefined ? {} : { after: after.id }),
      // What is kept as granted may be over by now.
      ...(state === "all" ? {} : { state: state === "expired" ? "granted" : state }),
    };
    const { found, next } = await page(
      standing.list,
      filter,
      ({ state: now }) => state === "all" || now === state,
      limit,
    );
    if (options.format === "json") {
      await world.out(jsonText({ standing: found, next }));
      return EXIT.fine;
    }
    const { green, dim } = world.style.out;
    const which = state === "all" ? "given ahead" : state;
    const list =
      found.length === 0
        ? `${green("✓")} no approval is ${which}${actor === undefined ? "" : " for this actor"}\n`
        : standingList(found, { now: world.now(), states: state !== "granted", style: world.style.out });
    await world.out(next === null ? list : `${list}${dim(`there are more: --after ${next}`)}\n`);
    return EXIT.fine;
  });
