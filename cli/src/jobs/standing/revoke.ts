import { safe } from "../../output/safe.ts";
import { identityOf } from "../../person/person.ts";
import { report } from "../../report.ts";
import { isMistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { openStanding, told } from "./desk.ts";
import { findId } from "./find.ts";

/** The options of `agentpolicy standing revoke`, as commander gives them. */
export interface RevokeOptions extends StoreOptions {
  readonly reason?: string;
  readonly approvers?: string;
}

export const revokeStanding = async (
  typed: string,
  options: RevokeOptions,
  world: World,
): Promise<number> => {
  const identity = identityOf(options.approvers, world);
  if (isMistake(identity)) return report(world, identity);
  return onStore(options, world, async (opened) => {
    const standing = openStanding(opened, world, identity);
    const found = await findId(standing, typed);
    if (isMistake(found)) return found;
    const { reason = "", format } = options;
    const changed = await standing.revoke(found.id, identity.credentials, reason === "" ? undefined : reason);
    const { green, bold, dim } = world.style.out;
    return told(
      changed,
      ({ id, tool, actor, revoked }) =>
        `${green("✓")} revoked by ${safe(revoked?.by ?? "")}: ${bold(safe(tool))} for ${safe(`${actor.type} ${actor.id}`)} ${dim(id)}\n`,
      { what: "revoked", id: found.id, identity, format },
      { opened, world },
    );
  });
};
