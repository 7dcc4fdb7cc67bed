import type { World } from "../world.ts";
import type { Recorder } from "./recorder.ts";

/**
 * A world for looking at parts that the check has no use for, for editors alone: what is reported and used there does not
 * count. Everything must have been checked before, so that no definition is met for the first time here.
 */
export const aside = (world: World): World => ({
  ...world,
  used: new Set(),
  usedServers: new Set(),
  diagnostics: [],
});

/** Looks at what was put off. That may bring up more. */
export const lookLater = ({ later }: Recorder): void => {
  for (let at = 0; at < later.length; at += 1) later[at]?.();
  later.length = 0;
};
