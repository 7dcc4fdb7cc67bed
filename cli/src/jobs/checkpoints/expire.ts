import { counted } from "../../output/counted.ts";
import { jsonText } from "../../output/json-text.ts";
import { EXIT } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { openCheckpoints } from "./desk.ts";

export const expireCheckpoints = (options: StoreOptions, world: World): Promise<number> =>
  onStore(options, world, async (opened) => {
    const expired = await openCheckpoints(opened, world).expire();
    const { green } = world.style.out;
    await world.out(
      options.format === "json"
        ? jsonText({ expired })
        : `${green("✓")} ${counted(expired, "checkpoint")} expired\n`,
    );
    return EXIT.fine;
  });
