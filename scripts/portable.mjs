/** What ties a text to one machine, by its reason. The roots are put together so that this file does not find itself. */
const HOME = ["home", "Users"].map((root) => `/${root}/`).join("|");
const TIES = [
  [
    "an absolute path of one machine",
    new RegExp(`(?:${HOME})(?!user/|you/|me/|alice/|bob/|agent/|\\.\\.\\.|<)[\\w.-]+/`),
  ],
  [
    "an absolute path of one machine",
    new RegExp(`(?<![\\w.~-])/(?:${["work", "root"].join("|")})/(?:main|shared|\\.)`),
  ],
  [
    "a registry of one network",
    /\b(?:registry|npm|proxy)\.(?!npmjs\.org\b)[\w.-]+\.(?:internal|local|lan|corp)\b/,
  ],
  [
    "an address of one network",
    /https?:\/\/(?:localhost|127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+):\d+\/[^\s"']*\.tgz/,
  ],
];

/**
 * Lines of a text that name one machine.
 *
 * @param {string} path path of the file from the root of the repository
 * @param {string} text its content
 * @returns {string[]} one line for each finding: `path:line: what`
 */
export const portable = (path, text) => {
  const findings = [];
  text.split("\n").forEach((line, index) => {
    for (const [what, pattern] of TIES) {
      const hit = pattern.exec(line);
      if (hit !== null) findings.push(`${path}:${index + 1}: ${what}: ${hit[0]}`);
    }
    if (
      /package-lock\.json$/.test(path) &&
      /"resolved": "(?!https:\/\/registry\.npmjs\.org\/|file:)\w+:/.test(line)
    ) {
      findings.push(`${path}:${index + 1}: a lock file bound to one registry: ${line.trim()}`);
    }
  });
  return findings;
};
