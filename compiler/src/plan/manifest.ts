import { type CheckedPolicy, type Location, lineIndex } from "@agentpolicy/language";
import { ABI, type Manifest, type SourcePlace } from "@agentpolicy/runtime/abi";
import { canonicalJson } from "./canonical.ts";
import { order } from "./cover.ts";
import { sha256Hex } from "./sha256.ts";

/** The manifest of a policy, for every back end. `hash` is `policyHash`. All that has an order is sorted. */
export function manifestOf(policy: CheckedPolicy, hash: string): Manifest {
  const place = places(policy);
  return {
    name: policy.name,
    version: policy.version,
    hash,
    abi: ABI,
    sources: byName(policy.sources, ({ path, text }) => [path, sha256Hex(text)]),
    tools: byName(policy.tools.values(), ({ name, schema }) => [name, sha256Hex(canonicalJson(schema))]),
    rules: byName(policy.rules, ({ id, effect, nameAt }) => [id, { effect, at: place(nameAt) }]),
    tracks: [...policy.tracks.values()]
      .map(({ id, figure, per, within }) => ({ id, figure, per, within }))
      .sort((a, b) => order(a.id, b.id)),
  };
}

/** Own properties whatever their names are, `__proto__` too. */
function byName<T, V>(items: Iterable<T>, entry: (item: T) => readonly [string, V]): { [name: string]: V } {
  return Object.fromEntries([...items].map(entry).sort(([a], [b]) => order(a, b)));
}

function places(policy: CheckedPolicy): (at: Location) => SourcePlace {
  const texts = new Map(policy.sources.map(({ path, text }) => [path, text]));
  const indexes = new Map<string, ReturnType<typeof lineIndex>>();
  return ({ file, start }) => {
    let index = indexes.get(file);
    if (index === undefined) {
      index = lineIndex(texts.get(file) ?? "");
      indexes.set(file, index);
    }
    return { file, ...index.position(start) };
  };
}
