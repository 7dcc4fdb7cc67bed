/** Lines of two texts that stand in each other's place: `[from, to)` of the first, then of the second. */
export type Hunk = readonly [from: number, to: number, otherFrom: number, otherTo: number];

/** Where more is different than this, texts are taken to differ as a whole. */
const MOST = 400;

/** The stretches in which two lists of lines differ, in order (Myers, "An O(ND) Difference Algorithm", 1986). */
export function hunksOf(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  const [one, other] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  if (one.length + other.length === 0) return [];
  const hunks = one.length * other.length === 0 ? null : shortestScript(one, other);
  return (hunks ?? [[0, one.length, 0, other.length] as const]).map(([a, b, c, d]) => [
    a + head,
    b + head,
    c + head,
    d + head,
  ]);
}

/** Null where it is too long. */
function shortestScript(one: readonly string[], other: readonly string[]): readonly Hunk[] | null {
  const rounds: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= MOST; edits += 1) {
    rounds.push(reached);
    const next = new Map(reached);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOn(reached, diagonal, edits);
      while (x < one.length && x - diagonal < other.length && one[x] === other[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= one.length && x - diagonal >= other.length) return walkedBack(rounds, one, other);
    }
    reached = next;
  }
  return null;
}

const comesDown = (reached: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean =>
  diagonal === -edits ||
  (diagonal !== edits && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1));

const startOn = (reached: ReadonlyMap<number, number>, diagonal: number, edits: number): number =>
  comesDown(reached, diagonal, edits)
    ? (reached.get(diagonal + 1) ?? 0)
    : (reached.get(diagonal - 1) ?? 0) + 1;

function walkedBack(
  rounds: readonly ReadonlyMap<number, number>[],
  one: readonly string[],
  other: readonly string[],
): readonly Hunk[] {
  const hunks: [number, number, number, number][] = [];
  let [x, y] = [one.length, other.length];
  for (let edits = rounds.length - 1; edits > 0; edits -= 1) {
    const reached = rounds[edits] as ReadonlyMap<number, number>;
    const diagonal = x - y;
    const down = comesDown(reached, diagonal, edits);
    const from = reached.get(down ? diagonal + 1 : diagonal - 1) ?? 0;
    const fromY = from - (down ? diagonal + 1 : diagonal - 1);
    const [toX, toY] = down ? [from, fromY + 1] : [from + 1, fromY];
    const first = hunks[0];
    if (first !== undefined && first[0] === toX && first[2] === toY) [first[0], first[2]] = [from, fromY];
    else hunks.unshift([from, toX, fromY, toY]);
    [x, y] = [from, fromY];
  }
  return hunks;
}
