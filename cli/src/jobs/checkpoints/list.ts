import type { Checkpoint } from "@agentpolicy/runtime";
import { checkpointList } from "../../output/checkpoint-list.ts";
import { jsonText } from "../../output/json-text.ts";
import { EXIT, isMistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { page } from "../pages.ts";
import { onStore } from "../store-job.ts";
import { openCheckpoints } from "./desk.ts";
import type { ListOptions } from "./filters.ts";
import { findId } from "./find.ts";

export const listCheckpoints = (options: ListOptions, world: World): Promise<number> =>
  onStore(options, world, async (opened) => {
    const { state, actor, limit } = options;
    const checkpoints = openCheckpoints(opened, world);
    const after = options.after === undefined ? undefined : await findId(checkpoints, options.after);
    if (isMistake(after)) return after;
    const filter = {
      ...(actor === undefined ? {} : { actor }),
      ...(after === undefined ? {} : { after: after.id }),
    };
    const { found, next } = await page(
      checkpoints.list,
      kept(filter, state),
      // What is kept as pending may be over by now.
      (checkpoint) => state === "all" || checkpoint.state === state,
      limit,
    );
    await world.out(
      options.format === "json"
        ? jsonText({ checkpoints: found, next })
        : pretty(found, next, options, world),
    );
    return EXIT.fine;
  });

/** Checkpoints whose time is up are kept as what they were until somebody looks at them. */
const kept = (filter: object, state: ListOptions["state"]) =>
  state === "all" || state === "expired" ? filter : { ...filter, state };

const pretty = (
  found: readonly Checkpoint[],
  next: string | null,
  { state, actor }: ListOptions,
  world: World,
): string => {
  const style = world.style.out;
  if (found.length === 0) {
    const which = state === "all" ? "no checkpoints" : `no checkpoint is ${state}`;
    return `${style.green("✓")} ${state === "all" ? `there are ${which}` : which}${actor === undefined ? "" : " for this actor"}\n`;
  }
  const list = checkpointList(found, { now: world.now(), states: state === "all", style });
  return next === null ? list : `${list}${style.dim(`there are more: --after ${next}`)}\n`;
};
