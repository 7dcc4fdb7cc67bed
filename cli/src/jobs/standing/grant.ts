import { readConditions } from "../../arguments/conditions.ts";
import type { TypedTime } from "../../arguments/times.ts";
import { momentFrom } from "../../output/moments.ts";
import { safe } from "../../output/safe.ts";
import { conditionsText } from "../../output/standing.ts";
import { identityOf } from "../../person/person.ts";
import { report } from "../../report.ts";
import { isMistake, mistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { openStanding, told } from "./desk.ts";

/** The options of `agentpolicy standing grant`, as commander gives them. */
export interface GrantOptions extends StoreOptions {
  readonly actor: string;
  readonly tool: string;
  readonly when?: readonly string[];
  readonly until: TypedTime;
  readonly reason?: string;
  readonly approvers?: string;
}

export const grantStanding = async (options: GrantOptions, world: World): Promise<number> => {
  const [, type, id] = /^([^:]+):(.+)$/su.exec(options.actor) ?? [];
  if (type === undefined || id === undefined)
    return report(world, mistake("--actor takes a type and an id", "--actor agent:bot-1"));
  const conditions = readConditions(options.when ?? []);
  if (isMistake(conditions)) return report(world, conditions);
  const identity = identityOf(options.approvers, world);
  if (isMistake(identity)) return report(world, identity);
  const { tool, reason = "", until, format } = options;
  return onStore(options, world, async (opened) => {
    const grant = {
      actor: { type, id },
      tool,
      when: conditions.when,
      until: until(world.now()),
      ...(reason === "" ? {} : { reason }),
    };
    const changed = await openStanding(opened, world, identity).grant(grant, identity.credentials);
    const { green, bold, dim } = world.style.out;
    return told(
      changed,
      ({ id: made, approval, when, until: end }) =>
        `${green("✓")} granted by ${safe(approval.by)}: ${bold(safe(tool))} for ${safe(`${type} ${id}`)} ${dim(made)}\n` +
        `  when ${conditionsText(when)}\n  until ${momentFrom(end, world.now())}\n`,
      { what: "granted", id: "", identity, format },
      { opened, world },
    );
  });
};
