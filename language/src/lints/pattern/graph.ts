import type { AST } from "@eslint-community/regexpp";
import { type CharSets, charSetOf, LAST_CODE_POINT } from "./charset.ts";

/**
 * A pattern as a graph of steps, as a backtracking matcher takes them. `loop` is the head of a repetition: `body`, or
 * past it. `loop-end` closes one turn, which the matcher refuses where the turn read nothing (ECMA-262, RepeatMatcher).
 */
export type Step =
  | { readonly kind: "read"; readonly set: number; readonly next: number }
  | { readonly kind: "split"; readonly targets: readonly number[] }
  | { readonly kind: "loop"; readonly body: number; readonly next: number }
  | { readonly kind: "loop-end"; readonly loop: number; readonly next: number }
  | { readonly kind: "start" | "end" | "word"; readonly next: number }
  | { readonly kind: "accept" };

export interface Graph {
  readonly steps: readonly Step[];
  readonly first: number;
}

export interface GraphOptions {
  /**
   * A bounded repetition whose turns, multiplied by those around it, exceed this counts as unbounded.
   * A large number keeps repetitions exact, a small one finds those that are unbounded for all practical purposes.
   */
  readonly turns: number;
  /**
   * Whether a number of turns that is both large and exact (`x{16}`) is closed by a mark that no text holds, so that
   * standing for "as many as you like" it is not confused with what comes behind it.
   */
  readonly marks: boolean;
  /** Most steps in a graph. */
  readonly size: number;
}

/** The graph of a pattern, or null where it would be larger than asked for. */
export const graphOf = (pattern: AST.Pattern, sets: CharSets, options: GraphOptions): Graph | null => {
  const steps: (Step | null)[] = [{ kind: "accept" }];
  const add = (step: Step | null): number => steps.push(step) - 1;

  const alternatives = (list: readonly AST.Alternative[], next: number, turns: number): number => {
    const targets = list.map((one) =>
      one.elements.reduceRight((after, element) => build(element, after, turns), next),
    );
    return targets.length === 1 ? targets[0]! : add({ kind: "split", targets });
  };

  /** One optional turn whose end leads to `after` (to its own head again, where null), or past it to `next`. */
  const optional = (element: AST.Element, after: number | null, next: number, turns: number): number => {
    const head = add(null);
    const end = add({ kind: "loop-end", loop: head, next: after ?? head });
    steps[head] = { kind: "loop", body: build(element, end, turns), next };
    return head;
  };

  /** Turns that must be taken may read nothing, so `(a?){40}` can share out a text among them in very many ways. */
  const unchecked = (element: AST.Element, next: number, turns: number): number => {
    const head = add(null);
    steps[head] = { kind: "split", targets: [build(element, head, turns), next] };
    return head;
  };

  const mark = (node: AST.Quantifier, next: number): number => {
    const code = LAST_CODE_POINT + 1 + node.start;
    return add({ kind: "read", set: sets.intern([code, code]), next });
  };

  const repeat = (node: AST.Quantifier, next: number, turns: number): number => {
    const bounded = Number.isFinite(node.max) && turns * Math.max(node.max, 1) <= options.turns;
    let at = next;
    if (bounded) {
      for (let i = node.min; i < node.max; i += 1) {
        if (steps.length > options.size) return next;
        at = optional(node.element, at, next, turns * node.max);
      }
    } else if (node.min * turns > options.turns)
      return unchecked(node.element, options.marks && node.min === node.max ? mark(node, next) : next, turns);
    else at = optional(node.element, null, next, turns);
    for (let i = 0; i < node.min; i += 1) {
      if (steps.length > options.size) return next;
      at = build(node.element, at, bounded ? turns * node.max : turns);
    }
    return at;
  };

  const build = (node: AST.Element, next: number, turns: number): number => {
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return add({ kind: "read", set: sets.intern(charSetOf(node)), next });
      case "Group":
      case "CapturingGroup":
        return alternatives(node.alternatives, next, turns);
      case "Quantifier":
        return repeat(node, next, turns);
      case "Assertion":
        return node.kind === "lookahead" || node.kind === "lookbehind"
          ? next
          : add({ kind: node.kind, next });
      default:
        return next;
    }
  };

  const first = alternatives(pattern.alternatives, 0, 1);
  return steps.length > options.size ? null : { steps: steps as Step[], first };
};
