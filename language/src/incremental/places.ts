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
