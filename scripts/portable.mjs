/**
 * Lines of a text that name one machine. Whoever writes a file runs this where it was written, so the words to look for
 * are those of the machine at hand: no list of other people's paths is needed.
 *
 * @param {string} path path of the file from the root of the repository
 * @param {string} text its content
 * @param {{ folders: string[], hosts: string[] }} machine folders and registry hosts of this machine
 * @returns {string[]} one line for each finding: `path:line: what`
 */
export const portable = (path, text, machine) => {
  const findings = [];
  text.split("\n").forEach((line, index) => {
    const at = `${path}:${index + 1}`;
    for (const folder of machine.folders) {
      if (names(line, folder)) findings.push(`${at}: a folder of this machine: ${folder}`);
    }
    for (const host of machine.hosts) {
      if (names(line, host)) findings.push(`${at}: a registry of this network: ${host}`);
    }
    const bound = /"resolved": "(\w+:\/\/[^/"]+)/.exec(line);
    if (/(?:^|\/)package-lock\.json$/.test(path) && bound !== null) {
      findings.push(`${at}: a lock file bound to one registry: ${bound[1]}`);
    }
  });
  return findings;
};

/** Whether the words stand in the line on their own, and not within a longer path or host. */
const names = (line, words) => {
  for (let at = line.indexOf(words); at >= 0; at = line.indexOf(words, at + 1)) {
    const before = line[at - 1] ?? " ";
    const after = line[at + words.length] ?? " ";
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
};
