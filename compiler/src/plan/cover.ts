import type { CheckedPolicy, Coverage, Mask, Rule, RuleBody, Track, TrackBody } from "@agentpolicy/language";

/** All that a policy says about one tool, or about unknown tools. */
export interface Cover {
  readonly rules: readonly { readonly rule: Rule; readonly body: RuleBody }[];
  readonly masks: readonly Mask[];
  readonly watches: readonly { readonly track: Track; readonly body: TrackBody }[];
}

/** What covers one tool; null: unknown tools. Rules and tracks are sorted by id. */
export function coverOf(policy: CheckedPolicy, tool: string | null): Cover {
  const covers = (by: Coverage): boolean => (tool === null ? by.unknown : by.tools.includes(tool));
  return {
    rules: policy.rules
      .flatMap((rule) => rule.bodies.filter(covers).map((body) => ({ rule, body })))
      .sort((a, b) => order(a.rule.id, b.rule.id)),
    masks: policy.masks.filter(covers),
    watches: [...policy.tracks.values()]
      .flatMap((track) => track.bodies.filter(covers).map((body) => ({ track, body })))
      .sort((a, b) => order(a.track.id, b.track.id)),
  };
}

/** By code units, as everything that a decision holds is sorted. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What covers each tool (null: unknown tools), for all tools in one pass. Tools that the very same bodies and masks
 * cover get the same object.
 */
export function groupCovers(policy: CheckedPolicy): (tool: string | null) => Cover {
  const entries: Entry[] = [];
  const byTool = new Map<string | null, number[]>();
  const add = (entry: Entry, by: Coverage): void => {
    const number = entries.push(entry) - 1;
    for (const tool of by.unknown ? [...by.tools, null] : by.tools) {
      const numbers = byTool.get(tool);
      if (numbers === undefined) byTool.set(tool, [number]);
      else numbers.push(number);
    }
  };
  for (const rule of [...policy.rules].sort((a, b) => order(a.id, b.id))) {
    for (const body of rule.bodies) add({ kind: "rule", rule, body }, body);
  }
  for (const mask of policy.masks) add({ kind: "mask", mask }, mask);
  for (const track of [...policy.tracks.values()].sort((a, b) => order(a.id, b.id))) {
    for (const body of track.bodies) add({ kind: "watch", track, body }, body);
  }
  const groups = new Map<string, Cover>();
  return (tool) => {
    const numbers = byTool.get(tool) ?? [];
    const key = numbers.join();
    let cover = groups.get(key);
    if (cover === undefined) {
      cover = coverFrom(numbers.map((number) => entries[number]!));
      groups.set(key, cover);
    }
    return cover;
  };
}

type Entry =
  | { readonly kind: "rule"; readonly rule: Rule; readonly body: RuleBody }
  | { readonly kind: "mask"; readonly mask: Mask }
  | { readonly kind: "watch"; readonly track: Track; readonly body: TrackBody };

function coverFrom(entries: readonly Entry[]): Cover {
  return {
    rules: entries.filter((entry) => entry.kind === "rule"),
    masks: entries.filter((entry) => entry.kind === "mask").map(({ mask }) => mask),
    watches: entries.filter((entry) => entry.kind === "watch"),
  };
}
