/**
 * The reference of the command, made from its own help.
 *
 * @param {import("commander").Command} program
 */
export const cliReference = (program) => {
  const sections = program.commands.flatMap((command) => sectionsOf(command, "agentpolicy", 2));
  return [
    "# The `agentpolicy` command",
    "",
    "<!-- Made by `npm run docs` from the command's own help. Do not edit. -->",
    "",
    "Exit codes: 0 fine; 1 findings, refusals, or decisions that would change; 2 wrong use, or a server or store that does",
    "not answer. `-` stands for standard input. Colours are shown on a terminal, never with `NO_COLOR`, always with",
    "`FORCE_COLOR`. How to decide on calls from the command line is told in [approving.md](approving.md).",
    "",
    "```text",
    helpOf(program),
    "```",
    ...sections,
    "",
  ].join("\n");
};

/** A command and all below it, each a heading deeper. */
const sectionsOf = (command, above, depth) => {
  if (command.name() === "help") return [];
  const name = `${above} ${command.name()}`;
  return [
    "",
    `${"#".repeat(depth)} \`${name}\``,
    "",
    "```text",
    helpOf(command),
    "```",
    ...command.commands.flatMap((below) => sectionsOf(below, name, depth + 1)),
  ];
};

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
