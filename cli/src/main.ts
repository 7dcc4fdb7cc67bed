import { Command, CommanderError } from "commander";
import type { Bench } from "./bench.ts";
import { checkCommand } from "./commands/check.ts";
import { compileCommand } from "./commands/compile.ts";
import { evalCommand } from "./commands/eval.ts";
import { fmtCommand } from "./commands/fmt.ts";
import { initCommand } from "./commands/init.ts";
import { pullCommand } from "./commands/pull.ts";
import { testCommand } from "./commands/test.ts";
import { EXIT } from "./result.ts";
import { VERSION } from "./version.ts";
import type { World } from "./world.ts";

/** Commands after whose `--` comes the command line of a server. */
const WITH_SERVER = new Set(["init", "pull"]);

/**
 * Runs the command.
 *
 * @param argv the arguments, without the program's own name
 * @returns the exit code: 0 fine, 1 findings, 2 wrong use
 */
export const main = async (argv: readonly string[], world: World): Promise<number> => {
  let code: number = EXIT.fine;
  const finish = (answer: number) => {
    code = answer;
  };
  const dashes = WITH_SERVER.has(argv[0] ?? "") ? argv.indexOf("--") : -1;
  const own = dashes < 0 ? argv : argv.slice(0, dashes);
  const program = makeProgram({ world, server: dashes < 0 ? null : argv.slice(dashes + 1), finish });
  if (own.length === 0) {
    await world.out(program.helpInformation());
    return EXIT.fine;
  }
  try {
    await program.parseAsync([...own], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
  }
};

/** The command with all that it can do. */
export const makeProgram = (bench: Bench): Command => {
  const { world } = bench;
  const program = new Command("agentpolicy")
    .description("Policies for what AI agents may do: write them, check them, compile them, guard with them.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command");
  const make = [initCommand, pullCommand, checkCommand, fmtCommand, testCommand, evalCommand, compileCommand];
  const commands = make.map((command) => command(bench));
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    command
      .helpOption("-h, --help", command === program ? "show this help" : "show the help of this command")
      .exitOverride()
      .configureOutput({
        writeOut: (text) => void world.out(text),
        writeErr: world.err,
        outputError: (text, write) => write(text.replace(/^error:/, world.style.err.red("error:"))),
      });
  }
  return program;
};
