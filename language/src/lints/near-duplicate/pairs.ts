/** Lists up to this long are compared pair by pair; of longer ones only entries one slip apart are. */
const SHORT_LIST = 300;

/** The pairs of a list worth comparing, the earlier first. In long lists: those one letter apart by their keys. */
export const pairsOf = <T>(list: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, T])[] => {
  if (list.length <= SHORT_LIST)
    return list.flatMap((second, index) => list.slice(0, index).map((first) => [first, second] as const));
  const byShape = new Map<string, number[]>();
  const pairs = new Map<string, readonly [T, T]>();
  list.forEach((item, index) => {
    for (const shape of shapesOf(keyOf(item))) {
      const others = byShape.get(shape) ?? [];
      for (const other of others.slice(0, 8)) pairs.set(`${other} ${index}`, [list[other]!, item]);
      byShape.set(shape, [...others.slice(0, 8), index]);
    }
  });
  return [...pairs.values()];
};

/** A key and what is left of it when any one letter is struck out: two keys one letter apart share one of these. */
const shapesOf = (key: string): ReadonlySet<string> => {
  const shapes = new Set([key]);
  for (let at = 0; at < Math.min(key.length, 64); at += 1) shapes.add(key.slice(0, at) + key.slice(at + 1));
  return shapes;
};
