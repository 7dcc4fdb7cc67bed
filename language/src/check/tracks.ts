import type { Coverage, Track, TrackBody } from "../core/policy.ts";
import { TYPE_MISMATCH } from "../diagnostics/messages/types.ts";
import type { TrackItem } from "../syntax/ast.ts";
import { NUMBER } from "../types/build.ts";
import { printType } from "../types/print.ts";
import { type Context, complain, EMPTY_ENV, type Env, isPoison, muted, type Result } from "./expr/context.ts";
import { condition, elaborate } from "./expr/elaborate.ts";
import { kindOf } from "./expr/kinds.ts";
import { aside } from "./facts/aside.ts";
import { noteExpected } from "./facts/note.ts";
import { coverage } from "./patterns.ts";
import { checkPerTool } from "./per-tool.ts";
import { type FileScope, locate, type World } from "./world.ts";

/** What a track is, apart from its bodies; enough to read it. */
export const trackOf = (
  file: FileScope,
  item: TrackItem,
): Pick<Track, "id" | "figure" | "per" | "within" | "at"> => ({
  id: `${file.id}.${item.name?.text ?? ""}`,
  figure: item.figure,
  per: item.per?.key ?? "policy",
  within: item.within?.milliseconds ?? null,
  at: locate(file, item),
});

/** Checks a track for each tool that it watches. Null where it has an error. */
export const checkTrack = (world: World, file: FileScope, item: TrackItem): Track | null => {
  const covered = coverage(world, file, item.tools, undefined);
  if (covered.isBroken || item.name === undefined) {
    world.recorder?.later.push(() => void bodiesOf(aside(world), file, item, covered));
    return null;
  }
  const bodies = bodiesOf(world, file, item, covered);
  return { ...trackOf(file, item), bodies: bodies.filter(({ when }) => !isNever(when)) };
};

const bodiesOf = (
  world: World,
  file: FileScope,
  item: TrackItem,
  covered: Coverage,
): readonly TrackBody[] => {
  const parts = [item.sum, item.when].filter((part) => part !== undefined);
  return checkPerTool(world, file, covered, parts, "track", (cx) => bodyOf(item, cx));
};

const isNever = (when: TrackBody["when"]): boolean => when?.kind === "constant" && when.value === false;

const bodyOf = (item: TrackItem, cx: Context): Omit<TrackBody, "tools" | "unknown"> => {
  const when = item.when === undefined ? null : condition(item.when, cx, EMPTY_ENV);
  const env: Env = { ...EMPTY_ENV, facts: when?.yes ?? EMPTY_ENV.facts };
  // A tool for which `when` never holds adds nothing, whatever the sum would be of.
  return muted(cx, env.facts.dead, () => summed(item, when, cx, env)).value;
};

const summed = (
  item: TrackItem,
  when: Result | null,
  cx: Context,
  env: Env,
): Omit<TrackBody, "tools" | "unknown"> => {
  noteExpected(cx, item.sum, NUMBER);
  const amount = item.sum === undefined ? null : elaborate(item.sum, cx, env);
  if (item.sum !== undefined && amount !== null && !isPoison(amount) && kindOf(amount.type) !== "number") {
    const facts = { what: "what a track sums up", expected: "number", found: printType(amount.type) };
    complain(cx, TYPE_MISMATCH, facts, item.sum);
  }
  const isAlways = when?.core.kind === "constant" && when.core.value === true;
  return { amount: amount?.core ?? null, when: isAlways ? null : (when?.core ?? null) };
};
