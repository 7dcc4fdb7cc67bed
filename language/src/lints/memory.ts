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

/** Finds what a lint finds of a rule, one of its bodies or an expression: each once, where there is a memory. */
export const foundBy = <K extends Rule | RuleBody | Expr, T>(
  memory: LintMemory | null | undefined,
  lint: string,
  find: (of: K) => T,
): ((of: K) => T) => {
  if (memory == null) return find;
  const known = (memory.found.get(lint) ?? new WeakMap()) as WeakMap<K, { readonly found: T }>;
  memory.found.set(lint, known);
  return (of) => {
    let entry = known.get(of);
    if (entry === undefined) {
      entry = { found: find(of) };
      known.set(of, entry);
    }
    return entry.found;
  };
};
