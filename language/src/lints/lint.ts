import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LintInput } from "./input.ts";
import { neverDecides } from "./never-decides.ts";
import { neverMatches } from "./never-matches.ts";
import { patterns } from "./patterns.ts";
import { redundantConditions } from "./redundant-condition.ts";
import { sameConditions } from "./same-condition.ts";

export type { LintInput } from "./input.ts";

/** One kind of finding, or a few that are found together. Pure; gives nothing where it cannot tell. */
type Lint = (input: LintInput) => readonly Diagnostic[];

/** Those that evaluate conditions come after `patterns`, which refuses patterns that must not be tried. */
const OF_TEXT: readonly Lint[] = [patterns];
const OF_RULES: readonly Lint[] = [neverMatches, redundantConditions, neverDecides, sameConditions];

/**
 * What is legal but hardly meant. Called by the checker at its end; where the checker found errors, with the trees
 * alone. Findings come in no particular order.
 */
export const lint = (input: LintInput): readonly Diagnostic[] => {
  const found = OF_TEXT.flatMap((one) => one(input));
  if (input.policy === null || found.some(({ severity }) => severity === "error")) return found;
  return [...found, ...OF_RULES.flatMap((one) => one(input))];
};
