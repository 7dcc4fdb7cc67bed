import { type CharSets, EVERY_CHAR } from "./charset.ts";
import type { Graph } from "./graph.ts";

/**
 * The automaton that a backtracking search walks: state 0 stands before the text, state 1 before a later place where the
 * search may begin, every other state right behind one `read` step of the graph.
 */
export interface Automaton {
  readonly size: number;
  /** The set of characters that leads into each state. */
  readonly sets: Int32Array;
  /** Where one more character can lead, and whether in one way or in several. */
  readonly follow: readonly (readonly Edge[])[];
  /** Whether a search that comes to this state surely succeeds, whatever text is left. */
  readonly safe: readonly boolean[];
}

export interface Edge {
  readonly to: number;
  readonly several: boolean;
}

/** What can be reached from a step without reading anything. */
interface Reach {
  readonly reads: ReadonlyMap<number, number>;
  readonly accepts: boolean;
  readonly acceptsAtEnd: boolean;
}

/** How many more small steps an analysis may take. Once `left` is below zero its answer is worth nothing. */
export interface Budget {
  left: number;
}

const reachFrom = (graph: Graph, from: number, atStart: boolean, purse: Budget): Reach => {
  const reads = new Map<number, number>();
  const seen = new Map<string, number>();
  let accepts = false;
  let acceptsAtEnd = false;
  /** `entered` holds the loops whose present turn has read nothing yet. */
  const walk = (at: number, entered: readonly number[], ended: boolean): void => {
    purse.left -= 1 + entered.length;
    if (purse.left < 0) return;
    const key = `${at}|${ended ? 1 : 0}|${entered.join()}`;
    const times = (seen.get(key) ?? 0) + 1;
    if (times > 2) return;
    seen.set(key, times);
    const step = graph.steps[at]!;
    switch (step.kind) {
      case "accept":
        if (ended) acceptsAtEnd = true;
        else accepts = true;
        return;
      case "read":
        if (!ended) reads.set(at, (reads.get(at) ?? 0) + 1);
        return;
      case "split":
        for (const target of step.targets) walk(target, entered, ended);
        return;
      case "loop":
        walk(step.body, entered.includes(at) ? entered : [...entered, at].sort((a, b) => a - b), ended);
        walk(step.next, entered, ended);
        return;
      case "loop-end":
        if (!entered.includes(step.loop)) walk(step.next, entered, ended);
        return;
      case "start":
        if (atStart) walk(step.next, entered, ended);
        return;
      case "end":
        walk(step.next, entered, true);
        return;
      case "word":
        walk(step.next, entered, ended);
        return;
    }
  };
  walk(from, [], false);
  return { reads, accepts, acceptsAtEnd };
};

/** Whether a `word` assertion stands between a step and acceptance, so that success is not sure. */
const hasWordAssertion = (graph: Graph): boolean => graph.steps.some((step) => step.kind === "word");

export const automatonOf = (graph: Graph, sets: CharSets, purse: Budget): Automaton => {
  const states = new Map<number, number>();
  const reading: number[] = [];
  graph.steps.forEach((step, index) => {
    if (step.kind === "read") {
      states.set(index, reading.length + 2);
      reading.push(index);
    }
  });
  const reaches = new Map<number, Reach>();
  const reach = (step: number): Reach => {
    const known = reaches.get(step);
    if (known !== undefined) return known;
    const found = reachFrom(graph, step, false, purse);
    reaches.set(step, found);
    return found;
  };
  const edges = (from: Reach): Edge[] =>
    [...from.reads].map(([step, ways]) => ({ to: states.get(step)!, several: ways > 1 }));

  const later = reach(graph.first);
  const follow: Edge[][] = [
    [{ to: 1, several: false }, ...edges(reachFrom(graph, graph.first, true, purse))],
    [{ to: 1, several: false }, ...edges(later)],
  ];
  const size = reading.length + 2;
  const into = new Int32Array(size);
  into[0] = into[1] = sets.intern(EVERY_CHAR);
  const certain = !hasWordAssertion(graph);
  const safe: boolean[] = [false, certain && later.accepts];
  reading.forEach((index, i) => {
    const step = graph.steps[index]!;
    if (step.kind !== "read") return;
    const from = reach(step.next);
    const own = edges(from);
    follow.push(own);
    into[i + 2] = step.set;
    const runsToEnd = from.acceptsAtEnd && own.some((edge) => edge.to === i + 2) && sets.isEvery(step.set);
    safe.push(certain && (from.accepts || runsToEnd));
  });
  return { size, sets: into, follow, safe };
};
