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

/** A graph under construction. Every function below builds what comes before `next` and gives its first step. */
interface Builder {
  readonly steps: (Step | null)[];
  readonly sets: CharSets;
  readonly options: GraphOptions;
}

const add = ({ steps }: Builder, step: Step | null): number => steps.push(step) - 1;

const alternatives = (
  builder: Builder,
  list: readonly AST.Alternative[],
  next: number,
  turns: number,
): number => {
  const targets = list.map((one) =>
    one.elements.reduceRight((after, element) => build(builder, element, after, turns), next),
  );
  return targets.length === 1 ? targets[0]! : add(builder, { kind: "split", targets });
};

/** One optional turn whose end leads to `after` (to its own head again, where null), or past it to `next`. */
const optional = (
  builder: Builder,
  element: AST.Element,
  after: number | null,
  next: number,
  turns: number,
): number => {
  const head = add(builder, null);
  const end = add(builder, { kind: "loop-end", loop: head, next: after ?? head });
  builder.steps[head] = { kind: "loop", body: build(builder, element, end, turns), next };
  return head;
};

/** Turns that must be taken may read nothing, so `(a?){40}` can share out a text among them in very many ways. */
const unchecked = (builder: Builder, element: AST.Element, next: number, turns: number): number => {
  const head = add(builder, null);
  builder.steps[head] = { kind: "split", targets: [build(builder, element, head, turns), next] };
  return head;
};

const mark = (builder: Builder, node: AST.Quantifier, next: number): number => {
  const code = LAST_CODE_POINT + 1 + node.start;
  return add(builder, { kind: "read", set: builder.sets.intern([code, code]), next });
};

const repeat = (builder: Builder, node: AST.Quantifier, next: number, turns: number): number => {
  const { steps, options } = builder;
  const bounded = Number.isFinite(node.max) && turns * Math.max(node.max, 1) <= options.turns;
  const inside = bounded ? turns * node.max : turns;
  if (!bounded && node.min * turns > options.turns) {
    const isExact = options.marks && node.min === node.max;
    return unchecked(builder, node.element, isExact ? mark(builder, node, next) : next, turns);
  }
  let at = bounded ? next : optional(builder, node.element, null, next, turns);
  for (let i = node.min; bounded && i < node.max && steps.length <= options.size; i += 1)
    at = optional(builder, node.element, at, next, inside);
  for (let i = 0; i < node.min && steps.length <= options.size; i += 1)
    at = build(builder, node.element, at, inside);
  return at;
};

const build = (builder: Builder, node: AST.Element, next: number, turns: number): number => {
  switch (node.type) {
    case "Character":
    case "CharacterSet":
    case "CharacterClass":
      return add(builder, { kind: "read", set: builder.sets.intern(charSetOf(node)), next });
    case "Group":
    case "CapturingGroup":
      return alternatives(builder, node.alternatives, next, turns);
    case "Quantifier":
      return repeat(builder, node, next, turns);
    case "Assertion":
      return node.kind === "lookahead" || node.kind === "lookbehind"
        ? next
        : add(builder, { kind: node.kind, next });
    default:
      return next;
  }
};

/** The graph of a pattern, or null where it would be larger than asked for. */
export const graphOf = (pattern: AST.Pattern, sets: CharSets, options: GraphOptions): Graph | null => {
  const builder: Builder = { steps: [{ kind: "accept" }], sets, options };
  const first = alternatives(builder, pattern.alternatives, 0, 1);
  return builder.steps.length > options.size ? null : { steps: builder.steps as Step[], first };
};
