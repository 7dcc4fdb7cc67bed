import type { JsonNode } from "./json.ts";

/** Finds what a `$ref` means. `within` is the schema in which it stands. */
export interface References {
  readonly resolve: (reference: string, within: JsonNode) => Target | null;
}

export interface Target {
  readonly node: JsonNode;
  /** JSON pointer from the root of the whole schema. */
  readonly path: string;
}

/** What has no id of its own is at this address, so that relative ids have something to be relative to. */
const HERE = "schema:/";

/** Names that hold values, not schemas: what looks like an `$id` in there is none. */
const VALUES = new Set(["const", "enum", "default", "examples"]);

/**
 * References within one document (JSON Schema 2020-12 core, sections 8.2 and 9): JSON pointers, `$id`, `$anchor`. What is
 * in other documents is not fetched.
 */
export const references = (root: JsonNode): References => {
  const bases = new Map<JsonNode, string>();
  const targets = new Map<string, Target>([[HERE, { node: root, path: "#" }]]);
  index(root, "#", HERE, bases, targets);
  const known = new Map<string, Target | null>();
  return {
    resolve: (reference, within) => {
      const base = bases.get(within) ?? HERE;
      const key = `${base} ${reference}`;
      const found = known.get(key) ?? find(reference, base, targets);
      known.set(key, found);
      return found;
    },
  };
};

const find = (reference: string, base: string, targets: ReadonlyMap<string, Target>): Target | null => {
  const address = resolveAddress(reference, base);
  if (address === null) return null;
  const hash = address.indexOf("#");
  const fragment = hash < 0 ? "" : address.slice(hash + 1);
  const resource = targets.get(hash < 0 ? address : address.slice(0, hash));
  if (fragment === "") return resource ?? null;
  if (!fragment.startsWith("/")) return targets.get(address) ?? null;
  return resource === undefined ? null : follow(resource, fragment);
};

const index = (
  node: JsonNode,
  path: string,
  base: string,
  bases: Map<JsonNode, string>,
  targets: Map<string, Target>,
): void => {
  const id = node.entries?.get("$id")?.node.value;
  const own = typeof id === "string" ? (resolveAddress(id, base)?.replace(/#$/, "") ?? base) : base;
  if (own !== base && !own.includes("#") && !targets.has(own)) targets.set(own, { node, path });
  for (const name of ["$anchor", "$dynamicAnchor"]) {
    const anchor = node.entries?.get(name)?.node.value;
    if (typeof anchor === "string") targets.set(`${own}#${anchor}`, { node, path });
  }
  // Draft 7 writes an anchor as an id that is a fragment.
  if (typeof id === "string" && /^#[^/]/.test(id)) targets.set(`${base}${id}`, { node, path });
  const inside = own.includes("#") ? base : own;
  if (inside !== HERE) bases.set(node, inside);
  for (const [key, entry] of node.entries ?? []) {
    if (!VALUES.has(key)) index(entry.node, `${path}/${escapeKey(key)}`, inside, bases, targets);
  }
  node.items?.forEach((item, at) => {
    index(item, `${path}/${at}`, inside, bases, targets);
  });
};

const escapeKey = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

const resolveAddress = (reference: string, base: string): string | null => {
  if (reference.startsWith("#")) return `${base}${reference}`;
  return URL.canParse(reference, base) ? new URL(reference, base).href : null;
};

/** RFC 6901, sections 4 and 6: percent-decoded, then `~1` and `~0`. */
const follow = (from: Target, pointer: string): Target | null => {
  let { node, path } = from;
  for (const step of pointer.slice(1).split("/")) {
    const key = decode(step).replaceAll("~1", "/").replaceAll("~0", "~");
    const next = node.entries?.get(key)?.node ?? (/^\d+$/.test(key) ? node.items?.[Number(key)] : undefined);
    if (next === undefined) return null;
    node = next;
    path = `${path}/${escapeKey(key)}`;
  }
  return { node, path };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
