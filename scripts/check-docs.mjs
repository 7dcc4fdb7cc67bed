// Documents say what is true: links lead somewhere, policies compile, commands and scripts exist, the change log knows
// the version, and what is made from code is up to date.
import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { checkText } from "@agentpolicy/language";
import { cliReference } from "./docs/cli-reference.mjs";
import { knownCommand, wrongCommand } from "./docs/commands.mjs";
import { commandsOf, linksOf, readMarkdown } from "./docs/markdown.mjs";
import { wrongPolicies } from "./docs/policies.mjs";
import { loadProgram } from "./docs/program.mjs";
import { finish, ownFiles, ROOT, textOf } from "./files.mjs";
import { GRAMMAR_FILE, grammarText } from "./grammar/grammar.mjs";

const paths = ownFiles();
const program = await loadProgram();
const known = {
  scripts: Object.keys(JSON.parse(textOf("package.json")).scripts),
  commands: program.commands.map(knownCommand),
};

const documents = new Map(
  paths.filter((path) => path.endsWith(".md")).map((path) => [path, readMarkdown(textOf(path))]),
);

/** Specs and pages of diagnostics hold wrong policies on purpose; tests of their own run them. */
const teaches = (path) => !/^language\/(?:docs|spec)\/|\/test\//.test(path);

const wrongLink = (path, target) => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null;
  const [file, anchor] = target.split("#");
  const to = file === "" ? path : posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(file)));
  if (to.startsWith("../")) return `\`${target}\` leads out of the repository`;
  if (!existsSync(`${ROOT}/${to}`)) return `\`${target}\` leads nowhere`;
  if (anchor === undefined || statSync(`${ROOT}/${to}`).isDirectory() || !documents.has(to)) return null;
  return documents.get(to).anchors.has(anchor) ? null : `\`${to}\` has no heading \`#${anchor}\``;
};

const findings = [];
for (const [path, document] of documents) {
  // What is answered there has links of its own, to files of scenarios.
  if (path.startsWith("lsp/spec/")) continue;
  const say = (line, message) => findings.push(`${path}:${line}: ${message}`);
  for (const { line, target } of linksOf(document.prose)) {
    const wrong = wrongLink(path, target);
    if (wrong !== null) say(line, wrong);
  }
  for (const { line, command } of commandsOf(document)) {
    const wrong = wrongCommand(command, known);
    if (wrong !== null) say(line, wrong);
  }
  if (teaches(path))
    for (const { line, message } of wrongPolicies(document.blocks, checkText)) say(line, message);
}

const reference = paths.includes("docs/cli.md") ? textOf("docs/cli.md") : "";
if (reference !== cliReference(program))
  findings.push("docs/cli.md:1: is not what --help says; run `npm run docs`");

if (!paths.includes(GRAMMAR_FILE) || textOf(GRAMMAR_FILE) !== grammarText())
  findings.push(`${GRAMMAR_FILE}:1: is not what the language says; run \`npm run docs\``);

const versions = new Set(
  paths
    .filter((path) => /^(?:[^/]+\/){1,2}package\.json$/.test(path))
    .map((path) => JSON.parse(textOf(path)).version)
    .filter((version) => version !== undefined),
);
if (versions.size !== 1)
  findings.push(`package.json: the packages have several versions: ${[...versions].join(", ")}`);
for (const version of versions) {
  const log = paths.includes("CHANGELOG.md") ? textOf("CHANGELOG.md") : "";
  if (!log.split("\n").some((line) => /^##\s/.test(line) && line.includes(version))) {
    findings.push(`CHANGELOG.md:1: has no section for version ${version}`);
  }
}
for (const file of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"]) {
  if (!paths.includes(file)) findings.push(`${file}:1: is missing`);
}

finish(findings, `${documents.size} documents say what is true`);
