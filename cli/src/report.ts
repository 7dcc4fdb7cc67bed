import { EXIT, type Mistake } from "./result.ts";
import type { World } from "./world.ts";

/** Says what the user got wrong and gives the exit code for it. */
export const report = (world: World, { message, hint }: Mistake): number => {
  say(world, "error", message, hint);
  return EXIT.wrongUse;
};

/** Says why something was not done that could have been, and gives the exit code for it. */
export const refuse = (
  world: World,
  what: string,
  { message, hint }: { readonly message: string; readonly hint?: string },
): number => {
  say(world, what, message, hint);
  return EXIT.findings;
};

const say = (world: World, what: string, message: string, hint: string | undefined): void => {
  const { red, bold, dim } = world.style.err;
  const help = hint === undefined ? "" : `  ${dim(hint)}\n`;
  world.err(`${red(bold(what))}${bold(":")} ${message}\n${help}`);
};
