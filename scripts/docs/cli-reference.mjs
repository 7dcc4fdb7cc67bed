/**
 * The reference of the command, made from its own help.
 *
 * @param {import("commander").Command} program
 */
export const cliReference = (program) => {
  const sections = program.commands.filter((command) => command.name() !== "help").map(sectionOf);
  return [
    "# The `agentpolicy` command",
    "",
    "<!-- Made by `npm run docs` from the command's own help. Do not edit. -->",
    "",
    "Exit codes: 0 fine, 1 findings, 2 wrong use. `-` stands for standard input. Colours are shown on a terminal, never",
    "with `NO_COLOR`, always with `FORCE_COLOR`.",
    "",
    "```text",
    helpOf(program),
    "```",
    ...sections.flat(),
    "",
  ].join("\n");
};

const sectionOf = (command) => [
  "",
  `## \`agentpolicy ${command.name()}\``,
  "",
  "```text",
  helpOf(command),
  "```",
];

/** A command's help, examples included, as it is printed on a terminal of 80 columns. */
const helpOf = (command) => {
  let text = "";
  command.configureOutput({
    ...command.configureOutput(),
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
};
