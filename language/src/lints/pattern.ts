import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import { componentsOf, degreeOf, isExponential } from "./pattern/ambiguity.ts";
import { automatonOf, type Budget } from "./pattern/automaton.ts";
import { type CharSets, charSets } from "./pattern/charset.ts";
import { type Graph, graphOf } from "./pattern/graph.ts";

/** What is known of a regular expression before it ever sees a text. */
export interface PatternAnalysis {
  /** Why it is no pattern; then nothing else of it is known. */
  readonly error?: string;
  readonly lookaround?: boolean;
  readonly backreference?: boolean;
  /** A text of some dozen characters can keep the matcher busy for ever, or nobody can show that none does. */
  readonly exponential: boolean;
  /** The time to search a text can grow faster than the text's length. */
  readonly polynomial: boolean;
  /** Every alternative begins with `^` and ends with `$`. */
  readonly anchored: boolean;
  /** Where `polynomial`: the longest text, in UTF-16 units, that may be searched; about 10^8 steps at the worst. */
  readonly limit?: number;
}

const LONGEST_PATTERN = 20_000;
const STEPS = 1_500_000;
const MOST_STEPS_AT_MATCH = 1e8;
/** Beyond this power of the length no useful text is short enough. */
const MOST_DEGREE = 4;
const LARGEST_GRAPH = 40_000;
const MOST_EXACT_TURNS = 2_000;
/** This many turns of an ambiguous repetition are as bad as no bound at all: 2^12 ways to read a short text. */
const PRACTICALLY_UNBOUNDED = 12;

const parser = new RegExpParser({ ecmaVersion: 2024 });

const parse = (source: string): AST.Pattern | { readonly error: string } => {
  if (source.length > LONGEST_PATTERN)
    return { error: `the pattern is longer than ${LONGEST_PATTERN} characters` };
  try {
    const pattern = parser.parsePattern(source, 0, source.length, { unicode: true });
    new RegExp(source, "us");
    return pattern;
  } catch (error) {
    if (error instanceof RangeError) return { error: "the pattern is nested too deeply" };
    const text = error instanceof Error ? error.message : String(error);
    return { error: text.replace(/^Invalid regular expression: (?:\/.*\/\w*: )?/su, "") };
  }
};

/** Whether each way through these alternatives meets `^` first (`$` last). */
const allAnchored = (alternatives: readonly AST.Alternative[], kind: "start" | "end"): boolean =>
  alternatives.every(({ elements }) => {
    const element = kind === "start" ? elements[0] : elements.at(-1);
    if (element === undefined) return false;
    if (element.type === "Assertion") return element.kind === kind;
    if (element.type === "Group" || element.type === "CapturingGroup")
      return allAnchored(element.alternatives, kind);
    return false;
  });

const uses = (pattern: AST.Pattern): { lookaround: boolean; backreference: boolean } => {
  let lookaround = false;
  let backreference = false;
  visitRegExpAST(pattern, {
    onAssertionEnter(node) {
      if (node.kind === "lookahead" || node.kind === "lookbehind") lookaround = true;
    },
    onBackreferenceEnter() {
      backreference = true;
    },
  });
  return { lookaround, backreference };
};

/** Infinity where exponential or not to be shown otherwise within the budget. */
const degree = (pattern: AST.Pattern, sets: CharSets): number => {
  const purse: Budget = { left: STEPS };
  const blowsUp = (graph: Graph): boolean => {
    const automaton = automatonOf(graph, sets, purse);
    return isExponential(automaton, componentsOf(automaton), sets, purse) || purse.left < 0;
  };
  const graph = (turns: number, marks: boolean): Graph | null =>
    graphOf(pattern, sets, { turns, marks, size: LARGEST_GRAPH });
  const loose = graph(PRACTICALLY_UNBOUNDED, true);
  if (loose === null || blowsUp(loose)) return Number.POSITIVE_INFINITY;
  const exact = graph(MOST_EXACT_TURNS, false) ?? graph(PRACTICALLY_UNBOUNDED, false);
  if (exact === null) return Number.POSITIVE_INFINITY;
  const automaton = automatonOf(exact, sets, purse);
  const components = componentsOf(automaton);
  if (isExponential(automaton, components, sets, purse) || purse.left < 0) return Number.POSITIVE_INFINITY;
  return degreeOf(automaton, components, sets, purse);
};

/**
 * Judges a regular expression (ECMAScript syntax, flags `u` and `s`) by its text alone: whether it is one, whether it is
 * anchored, and whether a backtracking matcher that searches with it can be kept busy. Never throws and is quick on any
 * source: what cannot be shown to be harmless within a fixed number of steps counts as harmful.
 */
export const analysePattern = (source: string): PatternAnalysis => {
  const known = judged.get(source);
  if (known !== undefined) return known;
  const found = judge(source);
  if (judged.size >= MOST_REMEMBERED) judged.clear();
  judged.set(source, found);
  return found;
};

/** Editors judge the same patterns at every keystroke. */
const judged = new Map<string, PatternAnalysis>();
const MOST_REMEMBERED = 500;

const judge = (source: string): PatternAnalysis => {
  const pattern = parse(source);
  if ("error" in pattern)
    return { error: pattern.error, exponential: false, polynomial: false, anchored: false };
  try {
    const anchored = allAnchored(pattern.alternatives, "start") && allAnchored(pattern.alternatives, "end");
    const { lookaround, backreference } = uses(pattern);
    if (lookaround || backreference)
      return {
        ...(lookaround ? { lookaround } : {}),
        ...(backreference ? { backreference } : {}),
        exponential: false,
        polynomial: false,
        anchored,
      };
    const power = degree(pattern, charSets());
    if (power > MOST_DEGREE) return { exponential: true, polynomial: true, anchored };
    if (power === 1) return { exponential: false, polynomial: false, anchored };
    const limit = Math.floor(MOST_STEPS_AT_MATCH ** (1 / power));
    return { exponential: false, polynomial: true, anchored, limit };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      error: "the pattern is nested too deeply",
      exponential: false,
      polynomial: false,
      anchored: false,
    };
  }
};
