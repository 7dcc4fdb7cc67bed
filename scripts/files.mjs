import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the repository, without a slash at its end. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");

/**
 * Paths of the repository's own files, from its root: what git tracks, and what it would track (so that a new file is
 * checked before it is added).
 */
export const ownFiles = () =>
  execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  })
    .split("\0")
    .filter((path) => path !== "" && existsSync(`${ROOT}/${path}`))
    .sort();

/** The text of one of them. */
export const textOf = (path) => readFileSync(`${ROOT}/${path}`, "utf8");

/** Prints findings and ends the process: 0 where there are none, else 1. */
export const finish = (findings, fine) => {
  for (const finding of findings) console.log(finding);
  console.log(findings.length === 0 ? fine : `${findings.length} found`);
  process.exitCode = findings.length === 0 ? 0 : 1;
};
