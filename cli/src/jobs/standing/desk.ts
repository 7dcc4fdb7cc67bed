import { createStandingApprovals, type StandingApprovals, type StandingChanged } from "@agentpolicy/runtime";
import { jsonText } from "../../output/json-text.ts";
import { standingRefusal } from "../../output/standing.ts";
import { type Credentials, type Identity, whoIs } from "../../person/person.ts";
import { refuse } from "../../report.ts";
import { EXIT, type Mistake, mistake } from "../../result.ts";
import type { OpenStore } from "../../store/open.ts";
import type { World } from "../../world.ts";

/** The standing approvals of a store, for whoever runs the command; for those who only look, nobody is anybody. */
export const openStanding = (
  { store }: OpenStore,
  { now }: World,
  identity?: Identity,
): StandingApprovals<Credentials> =>
  createStandingApprovals({ store, clock: now, authenticate: identity?.authenticate ?? (() => undefined) });

/** Says what became of a grant or a revocation; `done` is the words for when it was done. */
export const told = async (
  changed: StandingChanged,
  done: (standing: (StandingChanged & { ok: true })["standing"]) => string,
  asked: {
    readonly what: "granted" | "revoked";
    readonly id: string;
    readonly identity: Identity;
    readonly format: "pretty" | "json";
  },
  { opened, world }: { readonly opened: OpenStore; readonly world: World },
): Promise<number | Mistake> => {
  if (changed.ok) {
    await world.out(asked.format === "json" ? jsonText(changed) : done(changed.standing));
    return EXIT.fine;
  }
  if (changed.refused === "unavailable")
    return mistake(`the store \`${opened.shown}\` does not answer: ${opened.trouble() ?? "it is too busy"}`);
  const refusal = standingRefusal(changed, asked.id, whoIs(asked.identity));
  if (asked.format === "pretty") return refuse(world, `not ${asked.what}`, refusal);
  await world.out(jsonText({ ...changed, ...refusal }));
  return EXIT.findings;
};
