// The examples are what they should be: they check, are formatted, pass their tests, and what was compiled from them is
// up to date. Runs the built command, as a user would.
import { spawnSync } from "node:child_process";
import { finish, ownFiles, ROOT } from "./files.mjs";

const policies = ownFiles().filter((path) => /^examples\/.*\.agentpolicy$/.test(path));
const compiled = ownFiles().filter((path) => /^examples\/.*\.policy\.js$/.test(path));
const sources = compiled.map((path) => path.replace(/\.policy\.js$/, ".agentpolicy"));

const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/bin/agentpolicy.js", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return status === 0 ? [] : [`agentpolicy ${args.join(" ")}: exit code ${status}\n${stdout}${stderr}`];
};

const findings = [
  ...run("check", "examples"),
  ...run("fmt", "--check", "examples"),
  ...run("test", "examples"),
  ...(sources.length === 0 ? [] : run("compile", "--check", ...sources)),
];
finish(findings, `${policies.length} example files hold; ${compiled.length} compiled ones are up to date`);
