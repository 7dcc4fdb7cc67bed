import { childrenOf, type Expr, type Rule } from "@agentpolicy/language";
import type { Snapshot } from "../../../snapshot.ts";
import { readyPolicy } from "../../../trial/ready.ts";
import type { Step } from "./judge.ts";
import { expander, trialOf } from "./trial.ts";

/** So many inputs of each tool are tried, and so many calls in a row. */
const INPUTS = 6;
const REPEATS = 3;
const TOOLS = 4;

/** Calls that may have to come first, so that the tracks that a rule reads say something. */
export function beforehand(snapshot: Snapshot, rule: Rule): readonly (readonly Step[])[] {
  const checked = readyPolicy(snapshot)?.checked;
  if (checked === undefined) return [];
  const expand = expander(checked);
  const read = new Set(
    rule.bodies.flatMap(({ when, unless }) =>
      [when, unless].flatMap((part) => (part === null ? [] : tracksIn(expand(part)))),
    ),
  );
  const steps = [...read].flatMap((id) => {
    const tools = checked.tracks.get(id)?.bodies.flatMap((body) => body.tools) ?? [];
    return [...new Set(tools)]
      .sort()
      .slice(0, TOOLS)
      .flatMap((tool) => inputsOf(snapshot, tool));
  });
  return Array.from({ length: REPEATS }, (_, more) =>
    steps.map((step) => Array.from({ length: more + 1 }, () => step)),
  ).flat();
}

const tracksIn = (expr: Expr): readonly string[] => [
  ...(expr.kind === "track" ? [expr.track] : []),
  ...childrenOf(expr).flatMap(tracksIn),
];

/** Different inputs of a tool, the plainest first. */
function inputsOf(snapshot: Snapshot, tool: string): readonly Step[] {
  const inputs = new Map<string, Step>();
  let left = INPUTS * 10;
  for (const { input = {} } of trialOf(snapshot, tool).requests()) {
    inputs.set(JSON.stringify(input), { tool, input });
    left -= 1;
    if (inputs.size === INPUTS || left === 0) break;
  }
  return [...inputs.values()];
}
