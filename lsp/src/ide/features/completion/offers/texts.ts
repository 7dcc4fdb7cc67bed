import { type ClauseNode, isTestFile, membersOf, resolvePath } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import { nameFor } from "./items.ts";
import { FITTING, listedValues, NEEDED, type Offer, offer, USUAL } from "./offer.ts";

const quoted = (text: string): string => JSON.stringify(text);

/** Texts of all clauses of a kind in the policy, each with how often it stands there; but for what is being written. */
const written = (cursor: Cursor, kind: "from" | "requires"): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  const count = (clause: ClauseNode, path: string): void => {
    if (clause.kind !== kind || !("values" in clause)) return;
    for (const { value, start } of clause.values) {
      const isHere = path === cursor.path && start === cursor.quoted?.start;
      if (value !== "" && !isHere) found.set(value, (found.get(value) ?? 0) + 1);
    }
  };
  for (const [path, { tree }] of cursor.snapshot.files)
    for (const item of tree.items)
      for (const member of item.kind === "block" ? item.members : [])
        if (member.kind === "rule") for (const clause of member.clauses) count(clause, path);
  return found;
};

/** Who may approve: roles and ids that the policy names already, and the roles that an actor can have. */
export const approverOffers = (cursor: Cursor, before: readonly string[]): readonly Offer[] => {
  const used = written(cursor, "from");
  const { actor } = cursor.snapshot.result.facts.roots;
  const role = actor.kind === "record" ? actor.fields.get("role")?.type : undefined;
  const roles = role === undefined ? [] : membersOf(role).flatMap((type) => listedValues(type));
  const texts = roles.filter((value): value is string => typeof value === "string" && !used.has(value));
  return [
    ...[...used].map(([text, times]) => offer("value", quoted(text), { detail: uses(times), band: NEEDED })),
    ...texts.map((text) => offer("value", quoted(text), { detail: "a role of actors", band: FITTING })),
  ].filter(({ label }) => !before.includes(label));
};

const uses = (times: number): string => (times === 1 ? "used once" : `used ${times} times`);

/** Requirements that the policy names already. */
export const requirementOffers = (cursor: Cursor, before: readonly string[]): readonly Offer[] =>
  [...written(cursor, "requires")]
    .filter(([text]) => !before.includes(quoted(text)))
    .map(([text, times]) => offer("value", quoted(text), { detail: uses(times), band: NEEDED }));

/** A text to write; what may stand in its braces is offered once they are open. */
export const sentenceOffers = (of: "because" | "ask"): readonly Offer[] => [
  offer("snippet", '"…"', {
    insert: '"$1"',
    snippet: true,
    filter: '"',
    detail: of === "ask" ? "the question; `{…}` shows a value" : "the reason; `{…}` shows a value",
    band: NEEDED,
  }),
];

const DURATIONS: readonly (readonly [text: string, detail: string])[] = [
  ["15m", "15 minutes"],
  ["30m", "30 minutes"],
  ["1h", "an hour"],
  ["24h", "a day of 24 hours"],
  ["7d", "7 days"],
  ["30d", "30 days"],
  ["30s", "30 seconds"],
];

export const durationOffers = (): readonly Offer[] =>
  DURATIONS.map(([text, detail]) => offer("value", text, { detail, band: NEEDED }));

/** Paths of files beside the policy: policies, or JSON. */
export const fileOffers = (cursor: Cursor, of: "policy" | "catalogue" | "data"): readonly Offer[] => {
  const used = new Set(usedPaths(cursor));
  const wanted = cursor.files.filter((file) => {
    if (file === cursor.path) return false;
    return of === "policy" ? file.endsWith(".agentpolicy") && !isTestFile(file) : file.endsWith(".json");
  });
  return wanted.map((file) => {
    const path = relative(cursor.path, file);
    const isLikely = of !== "catalogue" || file.endsWith(".tools.json");
    const band = used.has(file) ? USUAL : isLikely ? NEEDED : FITTING;
    const as = of === "policy" && !/^as\b/.test(cursor.following) ? ` as ${nameFor(file)}` : "";
    return offer("file", quoted(path), { insert: `${quoted(path)}${as}`, filter: quoted(path), band });
  });
};

/** The files that the policy reads already. */
const usedPaths = ({ file, path }: Cursor): readonly string[] =>
  file.tree.items.flatMap((item) => {
    const from =
      item.kind === "import"
        ? item.path
        : item.kind === "tools" || item.kind === "let"
          ? item.from
          : undefined;
    return from === undefined ? [] : [resolvePath(path, from.value)];
  });

/** A file as another one names it: `./org.agentpolicy`, `../shared/org.agentpolicy`. */
const relative = (from: string, to: string): string => {
  const folder = from.split("/").slice(0, -1);
  const target = to.split("/");
  let shared = 0;
  while (shared < folder.length && shared < target.length - 1 && folder[shared] === target[shared])
    shared += 1;
  const up = folder.slice(shared).map(() => "..");
  const rest = [...up, ...target.slice(shared)].join("/");
  return up.length === 0 ? `./${rest}` : rest;
};
