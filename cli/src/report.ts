import { EXIT, type Mistake } from "./result.ts";
import type { World } from "./world.ts";

/** Says what the user got wrong and gives the exit code for it. */
export const report = (world: World, { message, hint }: Mistake): number => {
  const { red, bold, dim } = world.style.err;
  const help = hint === undefined ? "" : `  ${dim(hint)}\n`;
  world.err(`${red(bold("error"))}${bold(":")} ${message}\n${help}`);
  return EXIT.wrongUse;
};
