import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hiddenCharacters } from "./hidden-characters.ts";
import type { LintInput } from "./input.ts";
import { lists } from "./lists.ts";
import { lookAlikes } from "./look-alikes.ts";
import { nearDuplicates } from "./near-duplicate.ts";
import { neverDecides } from "./never-decides.ts";
import { neverMatches } from "./never-matches.ts";
import { patterns } from "./patterns.ts";
import { rawTextMatches } from "./raw-text-match.ts";
import { redundantConditions } from "./redundant-condition.ts";
import { sameConditions } from "./same-condition.ts";
import { unconditionalAllows } from "./unconditional-allow.ts";
import { unconstrainedArguments } from "./unconstrained-argument.ts";
import { unknownByDefault } from "./unknown-by-default.ts";
import { unknownLetThrough } from "./unknown-let-through.ts";
import { wrongForms } from "./wrong-form.ts";

export type { LintInput } from "./input.ts";

/** One kind of finding, or a few that are found together. Pure; gives nothing where it cannot tell. */
type Lint = (input: LintInput) => readonly Diagnostic[];

const OF_TEXT: readonly Lint[] = [
  patterns,
  hiddenCharacters,
  lookAlikes,
  lists,
  nearDuplicates,
  unknownLetThrough,
  unknownByDefault,
];

/** These try conditions out, so they come after `patterns`, which refuses patterns that must not be tried. */
const OF_RULES: readonly Lint[] = [
  neverMatches,
  redundantConditions,
  neverDecides,
  sameConditions,
  rawTextMatches,
  unconstrainedArguments,
  unconditionalAllows,
];

const hasErrors = (found: readonly Diagnostic[]): boolean =>
  found.some(({ severity }) => severity === "error");

/**
 * What is legal but hardly meant. Called by the checker at its end; where the checker found errors, with the trees
 * alone. A mistake in a value is told of by itself, not by what follows from it. Findings come in no particular order.
 */
export const lint = (input: LintInput): readonly Diagnostic[] => {
  const inTrees = OF_TEXT.flatMap((one) => one(input));
  if (input.policy === null || hasErrors(inTrees)) return inTrees;
  const inValues = wrongForms(input);
  if (hasErrors(inValues)) return [...inTrees, ...inValues];
  return [...inTrees, ...OF_RULES.flatMap((one) => one(input))];
};
