import type { Expr } from "../core/expr.ts";
import type { Rule, RuleBody } from "../core/policy.ts";

/**
 * What lints have found out of single rules, for whoever checks a policy again and again: a rule that stays the same
 * object says the same, and so do the functions, tracks and types that it reads. Places are kept as the objects that the
 * rule has, so that they move with it.
 */
export interface LintMemory {
  /** By lint, then by what was looked at. */
  readonly found: Map<string, WeakMap<object, unknown>>;
}

export const newLintMemory = (): LintMemory => ({ found: new Map() });

/** What a lint finds of a rule, of one of its bodies or of an expression; looked for once, where there is a memory. */
export const foundOnce = <T>(
  memory: LintMemory | null | undefined,
  lint: string,
  of: Rule | RuleBody | Expr,
  find: () => T,
): T => {
  if (memory == null) return find();
  let known = memory.found.get(lint);
  if (known === undefined) {
    known = new WeakMap();
    memory.found.set(lint, known);
  }
  if (known.has(of)) return known.get(of) as T;
  const found = find();
  known.set(of, found);
  return found;
};
