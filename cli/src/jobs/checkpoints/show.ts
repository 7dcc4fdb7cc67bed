import type { AuditLog, AuditRecord } from "@agentpolicy/runtime";
import { checkpointView } from "../../output/checkpoint-view.ts";
import { jsonText } from "../../output/json-text.ts";
import { refusalText } from "../../output/refusals.ts";
import { refuse } from "../../report.ts";
import { EXIT, isMistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { openCheckpoints } from "./desk.ts";
import { findId } from "./find.ts";

/** How much of a checkpoint's history is shown. A life has a dozen records, unless somebody tries the same again and again. */
const HISTORY = 200;

export const showCheckpoint = (typed: string, options: StoreOptions, world: World): Promise<number> =>
  onStore(options, world, async (opened) => {
    const checkpoints = openCheckpoints(opened, world);
    const found = await findId(checkpoints, typed);
    if (isMistake(found)) return found;
    const checkpoint = await checkpoints.get(found.id);
    if (checkpoint === undefined) {
      const changed = { ok: false, refused: "unknown" } as const;
      const refusal = refusalText(changed, found.id, "");
      if (options.format === "pretty") return refuse(world, "not shown", refusal);
      await world.out(jsonText({ ...changed, ...refusal }));
      return EXIT.findings;
    }
    const history = await historyOf(opened.store.log, found.id);
    await world.out(
      options.format === "json"
        ? jsonText({ checkpoint, history })
        : checkpointView(checkpoint, history, { now: world.now(), style: world.style.out }),
    );
    return EXIT.fine;
  });

const historyOf = async (log: AuditLog | undefined, id: string): Promise<readonly AuditRecord[] | null> =>
  log === undefined ? null : log.read({ checkpoint: id, limit: HISTORY });
