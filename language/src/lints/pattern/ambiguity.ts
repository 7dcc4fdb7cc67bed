import type { Automaton, Budget } from "./automaton.ts";
import { type CharSets, EMPTY } from "./charset.ts";

/**
 * How many ways there are to read a text decides how long a backtracking search can take: exponentially many where a
 * state can come back to itself in two ways over one text (EDA), polynomially many where one text leads from p to p, from
 * p to q and from q to q (IDA), the degree being the longest chain of such pairs.
 * Weber and Seidl, "On the degree of ambiguity of finite automata", 1991; for pattern matchers: Weideman et al., "Analyzing
 * matching time behavior of backtracking regular expression matchers by using ambiguity of NFA", 2016, and Wüstholz et
 * al., "Static detection of DoS vulnerabilities in programs that use regular expressions", 2017.
 */

/** Strongly connected components: the component of each state, numbered so that what is reached has a lower number. */
interface Components {
  readonly of: Int32Array;
  /** The states of each component. */
  readonly members: readonly (readonly number[])[];
  /** Whether a component can be walked round. */
  readonly cyclic: readonly boolean[];
}

/** Tarjan's algorithm without recursion. */
export const componentsOf = (automaton: Automaton): Components => {
  const { size, follow } = automaton;
  const of = new Int32Array(size).fill(-1);
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const members: number[][] = [];
  const stack: number[] = [];
  let count = 0;
  for (let root = 0; root < size; root += 1) {
    if (order[root] !== -1) continue;
    const calls: { at: number; edge: number }[] = [{ at: root, edge: 0 }];
    while (calls.length > 0) {
      const call = calls[calls.length - 1]!;
      const { at } = call;
      if (call.edge === 0) {
        order[at] = low[at] = count;
        count += 1;
        stack.push(at);
      }
      const edge = follow[at]![call.edge];
      call.edge += 1;
      if (edge !== undefined) {
        if (order[edge.to] === -1) calls.push({ at: edge.to, edge: 0 });
        else if (of[edge.to] === -1) low[at] = Math.min(low[at]!, order[edge.to]!);
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller !== undefined) low[caller.at] = Math.min(low[caller.at]!, low[at]!);
      if (low[at] !== order[at]) continue;
      const component = stack.splice(stack.indexOf(at));
      for (const state of component) of[state] = members.length;
      members.push(component);
    }
  }
  const cyclic = members.map(
    (group) => group.length > 1 || follow[group[0]!]!.some((edge) => edge.to === group[0]),
  );
  return { of, members, cyclic };
};

/** Where a state leads within its own component, by the set of characters that leads there. */
const stepsWithin = (
  { follow, sets: into }: Automaton,
  { of }: Components,
  state: number,
): readonly (readonly [number, readonly number[]])[] => {
  const bySet = new Map<number, number[]>();
  for (const { to } of follow[state]!) {
    if (of[to] !== of[state]) continue;
    const known = bySet.get(into[to]!);
    if (known === undefined) bySet.set(into[to]!, [to]);
    else known.push(to);
  }
  return [...bySet];
};

/** Whether some state can come back to itself in two ways over the same text. */
export const isExponential = (
  automaton: Automaton,
  components: Components,
  sets: CharSets,
  purse: Budget,
): boolean => {
  const { size, follow } = automaton;
  const { of, cyclic } = components;
  const seen = new Set<number>();
  const open: number[] = [];
  const steps = new Map<number, ReturnType<typeof stepsWithin>>();
  const stepsOf = (state: number): ReturnType<typeof stepsWithin> => {
    const known = steps.get(state) ?? stepsWithin(automaton, components, state);
    steps.set(state, known);
    return known;
  };
  /** Goes on from two states over one character; whether that leads from two states to one. */
  const advance = (p: number, q: number): boolean => {
    for (const [a, left] of stepsOf(p))
      for (const [b, right] of stepsOf(q)) {
        if (--purse.left < 0) return false;
        if (sets.meet(a, b) === EMPTY) continue;
        for (const x of left)
          for (const y of right) {
            if (--purse.left < 0) return false;
            if (x === y && p !== q) return true;
            const key = x < y ? x * size + y : y * size + x;
            if (x === y || seen.has(key)) continue;
            seen.add(key);
            open.push(key);
          }
      }
    return false;
  };
  for (let p = 0; p < size; p += 1) {
    if (!cyclic[of[p]!]) continue;
    if (follow[p]!.some((edge) => edge.several && of[edge.to] === of[p])) return true;
    advance(p, p);
  }
  while (open.length > 0 && purse.left >= 0) {
    const key = open.pop()!;
    const q = key % size;
    if (advance((key - q) / size, q)) return true;
  }
  return false;
};

/** Whether one text leads from p to p, from p to q and from q to q. True where the budget ends first. */
const growsBetween = (
  automaton: Automaton,
  { of }: Components,
  sets: CharSets,
  [p, q]: readonly [number, number],
  purse: Budget,
): boolean => {
  const { size, follow, sets: into } = automaton;
  const goal = (p * size + q) * size + q;
  const seen = new Set<number>();
  const open = [(p * size + p) * size + q];
  while (open.length > 0) {
    const key = open.pop()!;
    const z = key % size;
    const y = ((key - z) / size) % size;
    const x = Math.floor(key / size / size);
    for (const a of follow[x]!) {
      if (of[a.to] !== of[p]) continue;
      for (const c of follow[z]!) {
        if (of[c.to] !== of[q]) continue;
        const both = sets.meet(into[a.to]!, into[c.to]!);
        if (both === EMPTY) continue;
        for (const b of follow[y]!) {
          if (--purse.left < 0) return true;
          if (of[b.to]! < of[q]! || sets.meet(both, into[b.to]!) === EMPTY) continue;
          const next = (a.to * size + b.to) * size + c.to;
          if (next === goal) return true;
          if (seen.has(next)) continue;
          seen.add(next);
          open.push(next);
        }
      }
    }
  }
  return false;
};

/** The components other than `from` that can be walked round and that `from` leads to. */
const cyclesBehind = (
  automaton: Automaton,
  { of, members, cyclic }: Components,
  from: number,
  purse: Budget,
): readonly number[] => {
  const seen = new Set<number>([from]);
  for (const component of seen)
    for (const state of members[component]!)
      for (const edge of automaton.follow[state]!) {
        purse.left -= 1;
        seen.add(of[edge.to]!);
      }
  return [...seen].filter((component) => component !== from && cyclic[component]);
};

/**
 * The power of the text's length that a search can take at most: 1 for linear. Only for automata that are not
 * exponential. A state from which success is sure is never left again by backtracking, so it adds nothing.
 */
export const degreeOf = (
  automaton: Automaton,
  components: Components,
  sets: CharSets,
  purse: Budget,
): number => {
  const { members, cyclic } = components;
  /** Most growth on a way that ends in each component; what is reached has a lower number. */
  const growth = members.map(() => 0);
  const growsInto = (from: number, to: number): boolean =>
    members[from]!.some((p) =>
      members[to]!.some(
        (q) => !automaton.safe[q] && growsBetween(automaton, components, sets, [p, q], purse),
      ),
    );
  for (let from = members.length - 1; from >= 0 && purse.left >= 0; from -= 1) {
    if (!cyclic[from]) continue;
    for (const to of cyclesBehind(automaton, components, from, purse))
      growth[to] = Math.max(growth[to]!, growth[from]! + (growsInto(from, to) ? 1 : 0));
  }
  return purse.left < 0 ? Number.POSITIVE_INFINITY : Math.max(...growth) + 1;
};
