/**
 * What is wrong with a command line of `agentpolicy` or `npm` that a document names; null where nothing is, or where the
 * line is another command.
 *
 * @param {string} line
 * @typedef {{ name: string, options: string[], commands?: Known[] }} Known
 * @param {{ commands: Known[], scripts: string[] }} known
 */
export const wrongCommand = (line, known) => {
  for (const part of line.split(/\s*(?:&&|\|\||\||;)\s*/)) {
    const words = part.split(/\s+#\s/)[0].split(/\s+/);
    if (words[0] === "npx") words.shift();
    const wrong = words[0] === "agentpolicy" ? wrongOwn(words.slice(1), known) : wrongScript(words, known);
    if (wrong !== null) return wrong;
  }
  return null;
};

const wrongOwn = (words, { commands }) => {
  let [name, ...rest] = words;
  if (name === undefined || name.startsWith("-") || name === "help") return null;
  let command = commands.find((candidate) => candidate.name === name);
  let called = name;
  while (command?.commands?.length > 0 && rest[0] !== undefined && !/^[-[]|^help$/.test(rest[0])) {
    [name, ...rest] = rest;
    called += ` ${name}`;
    command = command.commands.find((candidate) => candidate.name === name);
  }
  if (command === undefined) {
    // `agentpolicy …` may be the first words of a sentence in code, but not a command that is not there.
    return /^[a-z][a-z-]*$/.test(name) ? `there is no command \`agentpolicy ${called}\`` : null;
  }
  for (const word of rest) {
    if (word === "--") return null;
    const option = /^\[?(--?[a-z][a-z-]*)/.exec(word)?.[1];
    if (option !== undefined && !command.options.includes(option)) {
      return `\`agentpolicy ${called}\` has no option \`${option}\``;
    }
  }
  return null;
};

const wrongScript = ([program, verb, script], { scripts }) => {
  if (program !== "npm") return null;
  const name = verb === "run" ? script : verb === "test" || verb === "start" ? verb : undefined;
  return name === undefined || !/^[a-z][a-z:-]*$/.test(name) || scripts.includes(name)
    ? null
    : `there is no script \`npm run ${name}\``;
};

/**
 * A command as documents may name it, with all below it.
 *
 * @param {import("commander").Command} command
 * @returns {Known}
 */
export const knownCommand = (command) => ({
  name: command.name(),
  options: ["-h", "--help", ...command.options.flatMap(({ short, long }) => [short, long].filter(Boolean))],
  commands: command.commands.map(knownCommand),
});
