import { type Command, InvalidArgumentError, Option } from "commander";
import { EXIT, type Mistake } from "../result.ts";
import type { World } from "../world.ts";

/** What every command is made with. `finish` takes the exit code. */
export interface Bench {
  readonly world: World;
  /** What stood after `--`; null where there was no `--`. Only `init` and `pull` have it split off. */
  readonly server: readonly string[] | null;
  readonly finish: (code: number) => void;
}

/** Says what the user got wrong and gives the exit code for it. */
export const report = (world: World, { message, hint }: Mistake): number => {
  const { red, bold, dim } = world.style.err;
  const help = hint === undefined ? "" : `  ${dim(hint)}\n`;
  world.err(`${red(bold("error"))}${bold(":")} ${message}\n${help}`);
  return EXIT.wrongUse;
};

/** Adds examples to a command's help; `$` before each. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText(
    "after",
    `\n${examples.length === 1 ? "Example" : "Examples"}:\n${examples.map((line) => `  $ ${line}`).join("\n")}`,
  );

/** `--timeout`, for commands that speak with a server; milliseconds. */
export const timeoutOption = (): Option =>
  new Option("--timeout <seconds>", "how long to wait for each answer of the server")
    .argParser(parseSeconds)
    .default(60_000, "60");

const parseSeconds = (text: string): number => {
  const seconds = Number(text);
  if (text.trim() === "" || !Number.isFinite(seconds) || seconds <= 0 || seconds > 86_400) {
    throw new InvalidArgumentError("It must be a number of seconds.");
  }
  return seconds * 1000;
};

/** Gathers an option that may be given several times. */
export const gather = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];
