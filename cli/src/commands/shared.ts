import { type Command, InvalidArgumentError, Option } from "commander";

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

export const watchOption = (): Option => new Option("-w, --watch", "run again whenever a file changes");

/** `--format`, for commands that report either to people or to programs. */
export const formatOption = (what: string): Option =>
  new Option("--format <format>", what).choices(["pretty", "json"]).default("pretty");

/** `--json`, for every command that has a `--format` with `json`. */
export const jsonOption = (): Option =>
  new Option("--json", "short for --format json").implies({ format: "json" });

/** `--store`, for commands that work on what guards keep. */
export const storeOption = (): Option =>
  new Option(
    "--store <url>",
    "sqlite:FILE or postgres://…, which may end in ?schema=NAME (default: the variable AGENTPOLICY_STORE)",
  );

/** `--approvers`, for commands that ask who runs them. */
export const approversOption = (): Option =>
  new Option(
    "--approvers <file>",
    "a JSON file that says who may approve, and how they are known (default: the variable AGENTPOLICY_APPROVERS)",
  );
