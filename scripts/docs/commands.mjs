/**
 * What is wrong with a command line of `agentpolicy` or `npm` that a document names; null where nothing is, or where the
 * line is another command.
 *
 * @param {string} line
 * @param {{ commands: { name: string, options: string[] }[], scripts: string[] }} known
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
  const [name, ...rest] = words;
  if (name === undefined || name.startsWith("-") || name === "help") return null;
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    // `agentpolicy …` may be the first words of a sentence in code, but not a command that is not there.
    return /^[a-z][a-z-]*$/.test(name) ? `there is no command \`agentpolicy ${name}\`` : null;
  }
  for (const word of rest) {
    if (word === "--") return null;
    const option = /^\[?(--?[a-z][a-z-]*)/.exec(word)?.[1];
    if (option !== undefined && !command.options.includes(option)) {
      return `\`agentpolicy ${name}\` has no option \`${option}\``;
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
