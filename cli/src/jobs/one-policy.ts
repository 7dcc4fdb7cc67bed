import { resolve } from "node:path";
import type { CheckedPolicy } from "@agentpolicy/language";
import { ENDING, notPolicy } from "../io/find.ts";
import { type Loaded, loadPolicy } from "../io/load.ts";
import { readStdin, readText, STDIN } from "../io/read.ts";
import { findingsText, hasFindings, summaryLine, tally } from "../output/findings.ts";
import { isMistake, type Mistake } from "../result.ts";
import type { World } from "../world.ts";

/** One policy file, or standard input for `-`, read and checked. */
export const loadOne = async (file: string, world: World): Promise<Loaded | Mistake> => {
  const path = resolve(world.cwd, file === "-" ? "stdin.agentpolicy" : file);
  if (file === "-") {
    const text = await readStdin(world.stdin);
    if (isMistake(text)) return text;
    return loadPolicy(path, { cwd: world.cwd, overlay: new Map([[path, { text, shown: STDIN }]]) });
  }
  const text = readText(path, file);
  if (!isMistake(text) && !file.endsWith(ENDING)) return notPolicy(file);
  return isMistake(text) ? text : loadPolicy(path, { cwd: world.cwd });
};

/** The policy if it is sound; else null, after saying what is wrong with it. */
export const soundPolicy = ({ policy, diagnostics, sources }: Loaded, world: World): CheckedPolicy | null => {
  if (policy !== null) return policy;
  const findings = diagnostics.filter(({ severity }) => severity !== "hint");
  const sum = tally(findings);
  const text = findingsText(findings, sources, world.style.err);
  world.err(text + (hasFindings(sum) ? summaryLine(sum, 1, world.style.err) : ""));
  return null;
};
