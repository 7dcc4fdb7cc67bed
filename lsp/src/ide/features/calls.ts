import type { Location, NameUse, RuleNode, Span } from "@agentpolicy/language";
import type { CallEdge, CallItem } from "../model.ts";
import { byPlace, distinct, keyOf, locationOf, namesOf } from "../names/index.ts";
import type { Snapshot, SnapshotFile } from "../snapshot.ts";

type Item = SnapshotFile["tree"]["items"][number];

/** The functions, tracks and rules that the name at a place stands for. */
export function callItems(snapshot: Snapshot, path: string, offset: number): readonly CallItem[] {
  const place = namesOf(snapshot).at(path, offset);
  return (place?.declared ?? []).flatMap((declared) => itemOf(snapshot, declared) ?? []);
}

/** Who uses a function, track or rule, in all of the policies. */
export function incomingCalls(snapshots: readonly Snapshot[], item: CallItem): readonly CallEdge[] {
  return edges(
    snapshots.flatMap((snapshot) =>
      namesOf(snapshot)
        .usesOf(item)
        .map((use) => ({ item: userAt(snapshot, use.at), at: use.at })),
    ),
  );
}

/** The functions and tracks that a function, track or rule uses, and the rules that a test expects. */
export function outgoingCalls(snapshots: readonly Snapshot[], item: CallItem): readonly CallEdge[] {
  const isInside = ({ at }: NameUse) => at.start >= item.all.start && at.end <= item.all.end;
  return edges(
    snapshots.flatMap((snapshot) =>
      namesOf(snapshot)
        .usesIn(item.file)
        .filter(isInside)
        .map((use) => ({ item: itemOf(snapshot, use.declared), at: use.at })),
    ),
  );
}

/** One edge for each item, by file and place. */
function edges(
  found: readonly { readonly item: CallItem | null; readonly at: Location }[],
): readonly CallEdge[] {
  const known = new Map<string, { readonly item: CallItem; readonly at: Location[] }>();
  for (const { item, at } of found) {
    if (item === null) continue;
    const edge = known.get(keyOf(item));
    if (edge === undefined) known.set(keyOf(item), { item, at: [at] });
    else edge.at.push(at);
  }
  return [...known.values()]
    .sort((one, other) => byPlace(one.item, other.item))
    .map(({ item, at }) => ({
      item,
      at: [...distinct(at)].sort(byPlace).map(({ start, end }) => ({ start, end })),
    }));
}

const KINDS = { fn: "function", track: "track", rule: "rule" } as const;

/** What is declared there, where it is a function, track or rule. */
function itemOf(snapshot: Snapshot, at: Location): CallItem | null {
  const found = namesOf(snapshot).declaration(at);
  if (found === null || !(found.kind in KINDS)) return null;
  const { kind, name, all } = found;
  return { ...locationOf(found), name, kind: KINDS[kind as keyof typeof KINDS], all };
}

/** Whoever a use stands in. */
function userAt({ files }: Snapshot, at: Location): CallItem | null {
  const file = files.get(at.file);
  const item = file?.tree.items.find(({ start, end }) => start <= at.start && at.end <= end);
  return file === undefined || item === undefined ? null : userIn(file, item, at);
}

function userIn({ path, text }: SnapshotFile, item: Item, at: Location): CallItem | null {
  const user = (kind: CallItem["kind"], name: string, named: Span | undefined, all: Span): CallItem => {
    const { start, end } = named ?? { start: all.start, end: all.start };
    return { file: path, start, end, name, kind, all: { start: all.start, end: all.end } };
  };
  switch (item.kind) {
    case "fn":
      return user("function", item.name?.text ?? "fn", item.name, item);
    case "track":
      return user("track", item.name?.text ?? "track", item.name, item);
    case "let":
      return user("constant", item.name?.text ?? "let", item.name, item);
    case "test":
      return user("test", item.name?.value ?? "test", item.name, item);
    case "prove":
      return user("proof", item.name?.value ?? "prove", item.name, item);
    case "block": {
      const holds = ({ start, end }: Span) => start <= at.start && at.end <= end;
      const rule = item.members.find((member): member is RuleNode => member.kind === "rule" && holds(member));
      if (rule !== undefined) return user("rule", rule.name?.text ?? "rule", rule.name, rule);
      const { start, end } = item.tools;
      return user("block", `on ${text.slice(start, end).replace(/\s+/g, " ")}`, item.tools, item);
    }
    default:
      return null;
  }
}
