import { type Argument, Command, CommanderError } from "commander";
import type { Bench } from "./bench.ts";
import { auditCommand } from "./commands/audit.ts";
import { checkCommand } from "./commands/check.ts";
import { checkpointsCommand } from "./commands/checkpoints.ts";
import { compileCommand } from "./commands/compile.ts";
import { evalCommand } from "./commands/eval.ts";
import { fmtCommand } from "./commands/fmt.ts";
import { importCommand } from "./commands/import.ts";
import { initCommand } from "./commands/init.ts";
import { lspCommand } from "./commands/lsp.ts";
import { pullCommand } from "./commands/pull.ts";
import { replayCommand } from "./commands/replay.ts";
import { jsonOption } from "./commands/shared.ts";
import { standingCommand } from "./commands/standing.ts";
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

/** In the order in which help lists them: writing policies, then what they lead to. */
const COMMANDS = [
  initCommand,
  pullCommand,
  checkCommand,
  fmtCommand,
  testCommand,
  evalCommand,
  compileCommand,
  importCommand,
  lspCommand,
  checkpointsCommand,
  standingCommand,
  auditCommand,
  replayCommand,
] as const;

/** A command in the list of its group: `approve <id>`. All of them have options. */
const withoutOptions = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map(named)].join(" ");

const named = (argument: Argument): string => {
  const text = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${text}>` : `[${text}]`;
};

/** A command and all commands below it. */
const withAllBelow = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withAllBelow),
];

/** The command with all that it can do. */
export const makeProgram = (bench: Bench): Command => {
  const { world } = bench;
  const program = new Command("agentpolicy")
    .description("Policies for what AI agents may do: write them, check them, compile them, guard with them.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command");
  for (const make of COMMANDS) program.addCommand(make(bench));
  for (const command of withAllBelow(program)) {
    if (command.options.some(({ long }) => long === "--format")) command.addOption(jsonOption());
    if (command !== program && command.commands.length > 0)
      command
        .helpCommand("help [command]", "show the help of a command")
        .configureHelp({ subcommandTerm: withoutOptions });
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
