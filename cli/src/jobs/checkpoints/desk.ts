import { type Checkpoints, createCheckpoints } from "@agentpolicy/runtime";
import type { Credentials, Identity } from "../../person/person.ts";
import type { OpenStore } from "../../store/open.ts";
import type { World } from "../../world.ts";

/** The checkpoints of a store, for whoever runs the command; for those who only look, nobody is anybody. */
export const openCheckpoints = (
  { store }: OpenStore,
  { now }: World,
  identity?: Identity,
): Checkpoints<Credentials> =>
  createCheckpoints({ store, clock: now, authenticate: identity?.authenticate ?? (() => undefined) });
