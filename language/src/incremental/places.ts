/** Where something stands: a node of a tree, a location, the span of a diagnostic. */
export interface Movable {
  start: number;
  end: number;
}

/** By file. */
export type Places = Map<string, Movable[]>;

/** Parts that hold plain JSON, which may look like anything. */
const JSON_PARTS: ReadonlySet<string> = new Set(["schema", "default", "given"]);

/**
 * Gathers all places below a value: a tree, rules, diagnostics, types. What has no file of its own stands in `file`.
 * What is in `seen` is left out, as it is somebody else's to move; whatever is met is put there.
 */
export const gatherPlaces = (root: unknown, file: string, seen: WeakSet<object>, into: Places): void => {
  if (typeof root !== "object" || root === null || seen.has(root)) return;
  seen.add(root);
  if (Array.isArray(root)) {
    for (const item of root) gatherPlaces(item, file, seen, into);
    return;
  }
  if (root instanceof Map || root instanceof Set) {
    for (const item of root.values()) gatherPlaces(item, file, seen, into);
    return;
  }
  const node = root as Readonly<Record<string, unknown>>;
  const here = typeof node.file === "string" ? node.file : file;
  if (isMovable(root)) placesOf(into, here).push(root);
  for (const key in node) if (!isJson(node, key)) gatherPlaces(node[key], here, seen, into);
};

const isMovable = (value: object): value is Movable =>
  "start" in value && "end" in value && typeof value.start === "number" && typeof value.end === "number";

/** The value of a constant and the input of a test's call are JSON, too. */
const isJson = (node: Readonly<Record<string, unknown>>, key: string): boolean =>
  JSON_PARTS.has(key) ||
  (key === "value" && node.kind === "constant") ||
  (key === "input" && node.kind === "call" && "expect" in node);

const placesOf = (places: Places, file: string): Movable[] => {
  const known = places.get(file);
  if (known !== undefined) return known;
  const made: Movable[] = [];
  places.set(file, made);
  return made;
};

/** Moves what stands at or behind `from`. */
export const moveAll = (places: readonly Movable[], from: number, by: number): void => {
  for (const place of places) {
    if (place.start < from) continue;
    place.start += by;
    place.end += by;
  }
};

/** The places of what was found out about an item: those within the item, which move with it, and others. */
export interface UnitPlaces {
  readonly path: string;
  /** Null for what is not about one item. */
  readonly item: Movable | null;
  readonly own: readonly Movable[];
  readonly others: Places;
}

export const unitPlaces = (key: object, path: string, places: Places): UnitPlaces => {
  if (!isMovable(key)) return { path, item: null, own: [], others: places };
  const own: Movable[] = [];
  const others: Places = new Map();
  for (const [file, found] of places)
    for (const place of found) {
      if (file === path && place.start >= key.start && place.end <= key.end) own.push(place);
      else placesOf(others, file).push(place);
    }
  return { path, item: key, own, others };
};

/** Moves what stands at or behind `from` in a file. The item itself must not have been moved yet. */
export const moveUnit = (
  { path, item, own, others }: UnitPlaces,
  file: string,
  from: number,
  by: number,
): void => {
  const other = others.get(file);
  if (other !== undefined) moveAll(other, from, by);
  if (path === file && item !== null && item.start >= from) moveAll(own, from, by);
};
